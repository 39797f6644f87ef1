package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An answer of the load balancer's own. */
final class PlainResponse {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int NO_CONTENT = 204;

    private final int status;
    private final String title;
    private final String contentType;
    private final String location;
    private final byte[] body;

    /** @param location null if the client is not sent elsewhere */
    private PlainResponse(int status, String title, String contentType, String location, byte[] body) {
        this.status = status;
        this.title = title;
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
        return new PlainResponse(status, title, "text/html", null, page.getBytes(StandardCharsets.US_ASCII));
    }

    static PlainResponse redirect(RouteAction.Redirect redirect, String location) {
        PlainResponse page = page(redirect.status(), redirect.status() == 301 ? "Moved Permanently" : "Found");
        return new PlainResponse(page.status, page.title, page.contentType, location, page.body);
    }

    static PlainResponse of(RouteAction.FixedResponse fixed) {
        byte[] body = fixed.body().getBytes(StandardCharsets.UTF_8);
        return new PlainResponse(fixed.status(), "Fixed Response", fixed.contentType() + "; charset=utf-8", null, body);
    }

    int status() {
        return status;
    }

    /** @param connection what the client is told of its connection; null for nothing */
    byte[] bytes(boolean head, String connection) {
        StringBuilder to = new StringBuilder(256);
        to.append("HTTP/1.1 ").append(status).append(' ').append(title).append("\r\n");
        ForwardedHeaders.header(to, "Server", "awselb/2.0");
        ForwardedHeaders.header(to, "Date", DATE.format(Instant.now()));
        ForwardedHeaders.header(to, "Content-Type", contentType);
        if (status != NO_CONTENT) {
            ForwardedHeaders.header(to, "Content-Length", Integer.toString(body.length));
        }
        if (location != null) {
            ForwardedHeaders.header(to, "Location", location);
        }
        if (connection != null) {
            ForwardedHeaders.header(to, "Connection", connection);
        }
        byte[] text = to.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (head || status == NO_CONTENT) {
            return text;
        }
        byte[] whole = java.util.Arrays.copyOf(text, text.length + body.length);
        System.arraycopy(body, 0, whole, text.length, body.length);
        return whole;
    }
}
