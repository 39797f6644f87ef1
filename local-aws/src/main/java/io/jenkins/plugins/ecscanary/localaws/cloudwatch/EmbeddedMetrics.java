package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.logs.LogTap;
import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes metrics out of log events in the embedded metric format. An event that is not quite in it stays a log line only, and
 * is counted in {@code AWS/Logs EMFValidationErrors} of its log group, as on AWS.
 *
 * <p>A task stamps its metrics by the machine's clock, which simulated time runs away from. So what a task prints is stamped
 * as long before the line's arrival, in simulated time, as its own stamp was before it by the machine's. What a client
 * sends is in simulated time already, as everything on the wire.
 */
public final class EmbeddedMetrics implements LogTap {

    private final MetricStore store;
    private final SimTime time;
    private final Duration visibleIn;
    private final InstantSource machine;

    public EmbeddedMetrics(MetricStore store, SimTime time, CloudWatchSettings settings) {
        this(store, time, settings, InstantSource.system());
    }

    /** @param machine the clock that tasks go by */
    EmbeddedMetrics(MetricStore store, SimTime time, CloudWatchSettings settings, InstantSource machine) {
        this.store = store;
        this.time = time;
        this.visibleIn = settings.embeddedDelay();
        this.machine = machine;
    }

    @Override
    public void fromTask(String logGroup, Instant at, String message) {
        read(logGroup, message).ifPresent(event -> take(logGroup, event, simulated(event.timestamp(), at)));
    }

    @Override
    public void fromClient(String logGroup, String message) {
        read(logGroup, message).ifPresent(event -> take(logGroup, event, event.timestamp()));
    }

    /** In real time the two clocks are one. */
    private Instant simulated(Instant stamp, Instant arrived) {
        if (time.speed() == 1) {
            return stamp;
        }
        double seconds = Duration.between(stamp, machine.instant()).toMillis() / 1000.0;
        return arrived.minusMillis((long) (seconds * time.speed() * 1000));
    }

    private Optional<EmbeddedFormat> read(String logGroup, String message) {
        try {
            return EmbeddedFormat.read(message);
        } catch (IllegalArgumentException e) {
            invalid(logGroup);
            return Optional.empty();
        }
    }

    private void take(String logGroup, EmbeddedFormat event, Instant at) {
        Instant now = time.now();
        if (at.isBefore(now.minus(PutMetricData.EARLIEST)) || at.isAfter(now.plus(PutMetricData.LATEST))) {
            invalid(logGroup);
            return;
        }
        for (EmbeddedFormat.Measured measured : event.measured()) {
            if (store.hasRoomFor(List.of(measured.key()))) {
                store.series(measured.key(), measured.unit())
                        .put(at, measured.resolution(), measured.values(), visibleIn);
            } else {
                invalid(logGroup);
            }
        }
    }

    private void invalid(String logGroup) {
        StatisticSet one = new StatisticSet();
        one.add(1);
        List<Dimension> dimensions = List.of(new Dimension("LogGroupName", logGroup));
        store.series(new MetricKey("AWS/Logs", "EMFValidationErrors", dimensions), MetricUnit.COUNT)
                .put(time.now(), 60, one, visibleIn);
    }
}
