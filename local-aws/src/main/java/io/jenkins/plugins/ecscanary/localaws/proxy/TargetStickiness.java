package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.time.Duration;

/**
 * A target group keeps a client with one target.
 *
 * @param applicationCookie the application's cookie that begins a session; null if every answer does
 * @param duration for how long after the last answer, in wall-clock time
 */
public record TargetStickiness(String applicationCookie, Duration duration) {

    /** The name of the load balancer's cookie. */
    String cookie() {
        return applicationCookie == null ? "AWSALB" : "AWSALBAPP-0";
    }
}
