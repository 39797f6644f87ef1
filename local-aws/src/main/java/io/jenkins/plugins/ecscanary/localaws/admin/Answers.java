package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** How {@code /_local/} answers: never guessed at, never embedded elsewhere, never kept. */
final class Answers {

    private Answers() {}

    static void json(int status, JsonNode json, Response response, Callback callback) {
        bytes(status, "application/json", json.toString().getBytes(StandardCharsets.UTF_8), response, callback);
    }

    /** {@code {"message": …}}. */
    static void message(int status, String message, Response response, Callback callback) {
        json(status, JsonNodeFactory.instance.objectNode().put("message", message), response, callback);
    }

    static void bytes(int status, String contentType, byte[] body, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, contentType)
                .put("X-Content-Type-Options", "nosniff")
                .put("Cross-Origin-Resource-Policy", "same-origin");
        response.getHeaders().ensureField(new org.eclipse.jetty.http.HttpField(HttpHeader.CACHE_CONTROL, "no-cache"));
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
