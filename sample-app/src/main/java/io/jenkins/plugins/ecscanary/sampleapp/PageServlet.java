package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page at {@code /}; every other path it is asked for does not exist. */
final class PageServlet extends ReadOnlyServlet {
    private static final long serialVersionUID = 1L;

    private final transient Page page;

    PageServlet(Page page) {
        this.page = page;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Route.PAGE.path.equals(request.getRequestURI())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        // In the spelling that Jetty has ready. The page's policy is among the ResponseHeaders.
        send(response, HttpServletResponse.SC_OK, "text/html;charset=utf-8", page.html());
    }
}
