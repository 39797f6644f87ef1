package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.time.Duration;

/**
 * How a load balancer treats what it forwards: the part of its attributes that the data plane needs.
 *
 * @param idle without a byte while a request is in flight; null for the data plane's own
 * @param forwardedFor what becomes of {@code X-Forwarded-For}
 * @param clientPort whether the client's port is told in it, too
 * @param preserveHost whether the {@code Host} header stays as it is; otherwise a listener port other than the protocol's own is
 *     told in it where the client told none
 * @param dropInvalid whether headers whose names are not only letters, digits and hyphens are left out
 * @param secure whether the listener's protocol is HTTPS, as far as targets are told
 */
public record ForwardOptions(
        Duration idle,
        ForwardedFor forwardedFor,
        boolean clientPort,
        boolean preserveHost,
        boolean dropInvalid,
        boolean secure) {

    /** AWS's defaults. */
    public static final ForwardOptions DEFAULT =
            new ForwardOptions(null, ForwardedFor.APPEND, false, false, false, false);

    /** {@code http} or {@code https}. */
    String scheme() {
        return secure ? "https" : "http";
    }

    /** What becomes of {@code X-Forwarded-For}. */
    public enum ForwardedFor {
        APPEND,
        PRESERVE,
        REMOVE
    }
}
