package io.jenkins.plugins.ecscanary.localaws.wire;

import java.time.Duration;
import java.time.Instant;

/**
 * A call that was answered.
 *
 * @param service signing name, such as {@code codedeploy}
 * @param operation such as {@code GetDeployment}
 * @param accessKeyId who called
 * @param status HTTP status of the answer; 0 if the connection was closed without one, by a fault that is switched on
 * @param error the error's code, or null
 * @param fault the kind of fault that was at work, such as {@code throttle}, or null
 * @param at simulated time at which it came
 * @param took wall-clock time until it was answered
 */
public record WireCall(
        String service,
        String operation,
        String accessKeyId,
        int status,
        String error,
        String fault,
        Instant at,
        Duration took) {

    WireCall took(Duration time) {
        return new WireCall(service, operation, accessKeyId, status, error, fault, at, time);
    }
}
