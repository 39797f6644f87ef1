package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;

/** GET and HEAD; every other method, TRACE included, is answered 405. */
abstract class ReadOnlyServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (request.getMethod()) {
            case "GET" -> doGet(request, response);
            case "HEAD" -> doHead(request, response);
            default -> {
                response.setHeader("Allow", "GET, HEAD");
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
    }

    @Override
    protected abstract void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException;

    static void send(HttpServletResponse response, int status, String contentType, ByteBuffer body) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.remaining());
        response.getOutputStream().write(body);
    }

    static void sendJson(HttpServletResponse response, int status, Map<String, Object> members) throws IOException {
        send(response, status, "application/json", StandardCharsets.UTF_8.encode(new JSON().toJSON(members)));
    }
}
