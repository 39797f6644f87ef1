package io.jenkins.plugins.ecscanary.localaws.admin;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET /_local/state}: {@link StateDocument}, with an ETag. The simulated time is in the header {@code Local-Now}, in
 * milliseconds since 1970, so that a world in which nothing happens stays the same document.
 */
final class StateResource extends Handler.Abstract {

    static final String PATH = "/_local/state";

    private final World world;
    private final StateDocument document;

    StateResource(World world, StateDocument document) {
        this.world = world;
        this.document = document;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!request.getHttpURI().getPath().equals(PATH)) {
            return false;
        }
        if (!"GET".equals(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET");
            Answers.message(405, request.getMethod() + " is not for this: " + PATH, response, callback);
            return true;
        }
        response.getHeaders().put("Local-Now", world.now().toEpochMilli());
        Answers.cacheable(
                "application/json",
                document.json().toString().getBytes(StandardCharsets.UTF_8),
                request,
                response,
                callback);
        return true;
    }

    static String etag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
