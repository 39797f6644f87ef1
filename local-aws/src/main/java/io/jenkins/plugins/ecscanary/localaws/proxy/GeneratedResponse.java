package io.jenkins.plugins.ecscanary.localaws.proxy;

/** The small pages the load balancer answers with when no target did. */
enum GeneratedResponse {
    BAD_REQUEST(400, "Bad Request"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    REQUEST_TIMEOUT(408, "Request Time-out"),
    URI_TOO_LONG(414, "Request-URI Too Large"),
    HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
    CLIENT_CLOSED(460, "Client Closed Request"),
    ENCODING_UNKNOWN(501, "Not Implemented"),
    UPGRADE_UNSUPPORTED(501, "Not Implemented: local-aws does not proxy protocol upgrades (WebSocket)"),
    BAD_GATEWAY(502, "Bad Gateway"),
    UNAVAILABLE(503, "Service Temporarily Unavailable"),
    GATEWAY_TIMEOUT(504, "Gateway Time-out"),
    VERSION_UNSUPPORTED(505, "HTTP Version Not Supported");

    private final PlainResponse page;

    GeneratedResponse(int status, String title) {
        this.page = PlainResponse.page(status, title);
    }

    /** The first with this status. */
    static GeneratedResponse of(int status) {
        for (GeneratedResponse each : values()) {
            if (each.status() == status) {
                return each;
            }
        }
        return BAD_REQUEST;
    }

    int status() {
        return page.status();
    }

    PlainResponse page() {
        return page;
    }
}
