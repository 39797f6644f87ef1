package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps web pages out. The server runs commands and binds loopback only, but a browser on the same machine reaches
 * loopback too: with an {@code Origin}, or, after DNS rebinding, with another site's name as {@code Host}.
 */
final class LoopbackGuard {

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private LoopbackGuard() {}

    /** Why the request is refused, or empty. */
    static Optional<String> refusal(WireRequest request) {
        if (request.headers().containsKey("origin")) {
            return Optional.of("local-aws answers no web page: the request has an Origin header");
        }
        String host = request.header("host");
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            return Optional.of("local-aws answers on loopback only: Host is neither localhost, 127.x.y.z nor [::1]");
        }
        return Optional.empty();
    }
}
