package io.jenkins.plugins.ecscanary.localaws.proxy;

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

    private final int status;
    private final PlainResponse page;

    GeneratedResponse(int status, String title) {
        this.status = status;
        this.page = PlainResponse.page(status, title);
    }

    int status() {
        return status;
    }

    void send(Request request, Response response, Callback callback) {
        page.send(request, response, callback);
    }
}
