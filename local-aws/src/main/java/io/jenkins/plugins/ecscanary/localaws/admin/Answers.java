package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** How {@code /_local/} answers: never guessed at, never embedded elsewhere, never used without asking again. */
final class Answers {

    private Answers() {}

    static void json(int status, JsonNode json, Response response, Callback callback) {
        bytes(status, "application/json", json.toString().getBytes(StandardCharsets.UTF_8), response, callback);
    }

    /** {@code {"message": …}}. */
    static void message(int status, String message, Response response, Callback callback) {
        json(status, JsonNodeFactory.instance.objectNode().put("message", message), response, callback);
    }

    /** 200, or 304 where the client has it already. */
    static void cacheable(String contentType, byte[] body, Request request, Response response, Callback callback) {
        String etag = StateResource.etag(body);
        response.getHeaders().put(HttpHeader.ETAG, etag);
        if (etag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            response.write(true, null, callback);
        } else {
            bytes(200, contentType, body, response, callback);
        }
    }

    private static void bytes(int status, String contentType, byte[] body, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, contentType)
                .put(HttpHeader.CACHE_CONTROL, "no-cache")
                .put("X-Content-Type-Options", "nosniff")
                .put("Cross-Origin-Resource-Policy", "same-origin");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
