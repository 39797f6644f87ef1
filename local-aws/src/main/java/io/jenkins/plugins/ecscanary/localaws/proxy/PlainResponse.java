package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer of the load balancer's own. */
final class PlainResponse {

    private static final HttpField SERVER = new PreEncodedHttpField(HttpHeader.SERVER, "awselb/2.0");

    private final int status;
    private final String contentType;
    private final String location;
    private final byte[] body;

    /** @param location null if the client is not sent elsewhere */
    private PlainResponse(int status, String contentType, String location, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.location = location;
        this.body = body;
    }

    static PlainResponse page(int status, String title) {
        String page =
                """
                <html>
                <head><title>TITLE</title></head>
                <body>
                <center><h1>TITLE</h1></center>
                </body>
                </html>
                """
                        .replace("TITLE", status + " " + title);
        return new PlainResponse(status, "text/html", null, page.getBytes(StandardCharsets.US_ASCII));
    }

    static PlainResponse redirect(RouteAction.Redirect redirect, String location) {
        PlainResponse page = page(redirect.status(), redirect.status() == 301 ? "Moved Permanently" : "Found");
        return new PlainResponse(redirect.status(), page.contentType, location, page.body);
    }

    static PlainResponse of(RouteAction.FixedResponse fixed) {
        byte[] body = fixed.body().getBytes(StandardCharsets.UTF_8);
        return new PlainResponse(fixed.status(), fixed.contentType() + "; charset=utf-8", null, body);
    }

    void send(Request request, Response response, Callback callback) {
        response.reset();
        response.setStatus(status);
        response.getHeaders().put(SERVER).put(HttpHeader.CONTENT_TYPE, contentType);
        if (location != null) {
            response.getHeaders().put(HttpHeader.LOCATION, location);
        }
        boolean bodiless = status == HttpStatus.NO_CONTENT_204;
        if (!bodiless) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.getHeaders()
                .put(request.getConnectionMetaData().getConnector().getServer().getDateField());
        boolean shown = !bodiless && !"HEAD".equals(request.getMethod());
        response.write(true, ByteBuffer.wrap(body, 0, shown ? body.length : 0), callback);
    }
}
