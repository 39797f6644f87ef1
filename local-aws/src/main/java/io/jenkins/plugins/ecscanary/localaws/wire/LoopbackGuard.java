package io.jenkins.plugins.ecscanary.localaws.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps web pages out. The server runs commands and binds loopback only, but a browser on the same machine reaches
 * loopback too: with an {@code Origin}, or, after DNS rebinding, with another site's name as {@code Host}.
 */
final class LoopbackGuard extends Handler.Wrapper {

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    LoopbackGuard(Handler guarded) {
        super(guarded);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<String> refusal = refusal(request.getHeaders());
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        response.setStatus(403);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.write(true, ByteBuffer.wrap((refusal.get() + "\n").getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    /** Why the request is refused, or empty. */
    private static Optional<String> refusal(HttpFields headers) {
        if (headers.contains(HttpHeader.ORIGIN)) {
            return Optional.of("local-aws answers no web page: the request has an Origin header");
        }
        String host = headers.get(HttpHeader.HOST);
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            return Optional.of("local-aws answers on loopback only: Host is neither localhost, 127.x.y.z nor [::1]");
        }
        return Optional.empty();
    }
}
