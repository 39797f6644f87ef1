package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.time.Duration;

/**
 * @param stateHeld when all of an evaluation range is missing, an alarm keeps its state until its last data point is this
 *     old, since CloudWatch evaluates the last set again for a while after a metric has stopped: a published run saw an
 *     alarm stay red for more than six minutes after its single data point. In simulated time.
 */
public record CloudWatchSettings(Duration stateHeld) {

    public static CloudWatchSettings defaults() {
        return new CloudWatchSettings(Duration.ofMinutes(7));
    }
}
