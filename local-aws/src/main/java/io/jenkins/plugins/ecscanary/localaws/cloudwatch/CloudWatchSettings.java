package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.time.Duration;

/**
 * All in simulated time.
 *
 * @param stateHeld when all of an evaluation range is missing, an alarm keeps its state until its last data point is this
 *     old, since CloudWatch evaluates the last set again for a while after a metric has stopped: a published run saw an
 *     alarm stay red for more than six minutes after its single data point. That alarm had a period of a minute; for
 *     shorter ones nothing is known, and it is taken to be as many periods.
 * @param putDelay from PutMetricData to where the value can be seen. AWS says up to two minutes and gives no usual figure;
 *     this one is an assumption
 * @param embeddedDelay from a log event in the embedded metric format to where its values can be seen; an assumption too
 */
public record CloudWatchSettings(Duration stateHeld, Duration putDelay, Duration embeddedDelay) {

    public static CloudWatchSettings defaults() {
        return new CloudWatchSettings(Duration.ofMinutes(7), Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    Duration stateHeld(Duration period) {
        return period.compareTo(MetricSeries.MINUTE) < 0
                ? stateHeld.multipliedBy(period.toSeconds()).dividedBy(60)
                : stateHeld;
    }
}
