package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.proxy.ProxySettings;
import java.time.Duration;

/**
 * What is wall-clock time in the load balancer, however fast the simulated clock.
 *
 * @param checkInterval the shortest time between two health checks of a target
 * @param checkTimeout the shortest time a health check may take
 * @param startGrace a new target is not called unhealthy before this has passed: the process behind it is starting
 */
public record ElbSettings(ProxySettings proxy, Duration checkInterval, Duration checkTimeout, Duration startGrace) {

    public static ElbSettings defaults() {
        return new ElbSettings(
                ProxySettings.defaults(), Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(15));
    }
}
