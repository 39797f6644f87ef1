package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The small pages the load balancer answers with when no target did. */
enum GeneratedResponse {
    BAD_REQUEST(400, "Bad Request"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    REQUEST_TIMEOUT(408, "Request Time-out"),
    CLIENT_CLOSED(460, "Client Closed Request"),
    UPGRADE_UNSUPPORTED(501, "Not Implemented: local-aws does not proxy protocol upgrades (WebSocket)"),
    BAD_GATEWAY(502, "Bad Gateway"),
    UNAVAILABLE(503, "Service Temporarily Unavailable"),
    GATEWAY_TIMEOUT(504, "Gateway Time-out");

    private static final HttpField SERVER = new PreEncodedHttpField(HttpHeader.SERVER, "awselb/2.0");
    private static final HttpField HTML = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/html");

    private final int status;
    private final byte[] page;

    GeneratedResponse(int status, String title) {
        this.status = status;
        this.page =
                """
                <html>
                <head><title>TITLE</title></head>
                <body>
                <center><h1>TITLE</h1></center>
                </body>
                </html>
                """
                        .replace("TITLE", status + " " + title)
                        .getBytes(StandardCharsets.US_ASCII);
    }

    int status() {
        return status;
    }

    void send(Request request, Response response, Callback callback) {
        response.reset();
        response.setStatus(status);
        response.getHeaders().put(SERVER).put(HTML).put(HttpHeader.CONTENT_LENGTH, page.length);
        response.getHeaders()
                .put(request.getConnectionMetaData().getConnector().getServer().getDateField());
        boolean head = "HEAD".equals(request.getMethod());
        response.write(true, ByteBuffer.wrap(page, 0, head ? 0 : page.length), callback);
    }
}
