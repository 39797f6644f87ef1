package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import java.time.Duration;
import java.time.Instant;

/** How long after a minute has closed its data points can be seen. Asked once per metric and minute. */
@FunctionalInterface
public interface IngestDelay {

    /** @param minute the minute's begin */
    Duration delay(MetricKey metric, Instant minute);

    static IngestDelay none() {
        return (metric, minute) -> Duration.ZERO;
    }

    /**
     * As a published run saw it: an alarm 133 s after the minute had closed, of which up to 60 s are the wait for the next
     * evaluation. Drawn once: the minutes come as regularly as they close, or an alarm on a single data point could step
     * over one.
     */
    static IngestDelay asObserved(Ids ids) {
        Duration drawn = ids.between(Duration.ofSeconds(80), Duration.ofSeconds(120));
        return (metric, minute) -> drawn;
    }
}
