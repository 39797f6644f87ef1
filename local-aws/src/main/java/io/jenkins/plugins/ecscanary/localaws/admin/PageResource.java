package io.jenkins.plugins.ecscanary.localaws.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code GET /_local/}: the page for people, with its script and its stylesheet. */
final class PageResource extends Handler.Abstract.NonBlocking {

    static final String PATH = "/_local/";

    /** Its own script and stylesheet and nothing else, nothing inline, no frame around it, no string becomes markup. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'";

    private static final Map<String, String> TYPES = Map.of(
            "local.html", "text/html; charset=utf-8",
            "local.js", "text/javascript; charset=utf-8",
            "local.css", "text/css; charset=utf-8");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path.equals("/_local")) {
            Response.sendRedirect(request, response, callback, PATH);
            return true;
        }
        String file = path.equals(PATH) ? "local.html" : path.startsWith(PATH) ? path.substring(PATH.length()) : "";
        if (!TYPES.containsKey(file)) {
            return false;
        }
        if (!"GET".equals(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET");
            Answers.message(405, request.getMethod() + " is not for this: " + path, response, callback);
            return true;
        }
        response.getHeaders().put("Content-Security-Policy", POLICY).put("X-Frame-Options", "DENY");
        Answers.cacheable(TYPES.get(file), read(file), request, response, callback);
        return true;
    }

    private static byte[] read(String file) {
        try (InputStream in = PageResource.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
