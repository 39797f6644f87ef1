package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.time.Duration;

/**
 * @param lastSetHeld when all of an evaluation range is missing, the last data points are evaluated again until they are
 *     this old, as CloudWatch does for a while after a metric has stopped: a published run saw an alarm stay red for more
 *     than six minutes after its single data point. In simulated time.
 */
public record CloudWatchSettings(Duration lastSetHeld) {

    public static CloudWatchSettings defaults() {
        return new CloudWatchSettings(Duration.ofMinutes(7));
    }
}
