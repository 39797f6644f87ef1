package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.time.Duration;

/**
 * The data plane's time-outs, in wall-clock time.
 *
 * @param connect to a target; then 504
 * @param idle without a byte from a target, or from a client, while a request is in flight; then 504
 * @param pooled after which an unused connection to a target is closed; short, so that targets seldom close it first
 */
public record ProxySettings(Duration connect, Duration idle, Duration pooled) {

    /** AWS's: ten seconds to connect, sixty seconds idle. */
    public static ProxySettings defaults() {
        return new ProxySettings(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(15));
    }

    /** The load balancer's own where it has one. */
    Duration idle(Route route) {
        Duration own = route.options().idle();
        return own == null ? idle : own;
    }
}
