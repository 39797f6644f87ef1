package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
     * evaluation. All metrics of a minute come together, as a load balancer publishes them.
     */
    static IngestDelay asObserved(Ids ids) {
        Map<Instant, Duration> drawn = new ConcurrentHashMap<>();
        return (metric, minute) -> drawn.computeIfAbsent(minute, any -> {
            drawn.keySet().removeIf(old -> old.isBefore(minute.minus(Duration.ofMinutes(10))));
            return ids.between(Duration.ofSeconds(80), Duration.ofSeconds(120));
        });
    }
}
