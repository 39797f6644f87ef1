package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Metric values by simulated minute. A minute's values can be seen when the minute has closed and its ingest delay has
 * passed, not before. Thread-safe, and free of the world's lock: the data plane writes here for every request.
 */
public final class MetricStore {

    static final Duration MINUTE = Duration.ofMinutes(1);
    /** As long as CloudWatch keeps 60-second data points. */
    private static final Duration RETENTION = Duration.ofDays(15);

    private final SimTime time;
    private final IngestDelay delay;
    private final Map<MetricKey, Series> all = new ConcurrentHashMap<>();

    public MetricStore(SimTime time, IngestDelay delay) {
        this.time = time;
        this.delay = delay;
    }

    /** Where a metric's values are put; the same object for the same key. */
    public Series series(MetricKey key) {
        return all.computeIfAbsent(key, Series::new);
    }

    /** Metrics that have ever had a value, in a stable order. */
    List<MetricKey> keys() {
        return all.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(MetricKey::toString))
                .toList();
    }

    /**
     * What can be seen now, gathered by periods.
     *
     * @param from the first period's begin
     * @param to the last period's end
     * @param period whole minutes
     */
    NavigableMap<Instant, StatisticSet> visible(MetricKey key, Instant from, Instant to, Duration period) {
        Series series = all.get(key);
        NavigableMap<Instant, StatisticSet> periods = new TreeMap<>();
        if (series != null) {
            series.gather(from, to, period, time.now(), periods);
        }
        return periods;
    }

    /** The begin of the period an instant is in. */
    static Instant floor(Instant at, Duration period) {
        long seconds = period.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }

    /** One metric's values. */
    public final class Series {

        private final MetricKey key;
        private final NavigableMap<Instant, Bucket> buckets = new TreeMap<>();

        private Series(MetricKey key) {
            this.key = key;
        }

        /** Adds a value at the present simulated instant. */
        public void add(double value) {
            Instant minute = time.now().truncatedTo(ChronoUnit.MINUTES);
            synchronized (this) {
                bucket(minute).values.add(value);
            }
        }

        /** Makes the present minute have a data point, a sum of 0 if nothing is added to it. */
        public void touch() {
            Instant minute = time.now().truncatedTo(ChronoUnit.MINUTES);
            synchronized (this) {
                bucket(minute);
            }
        }

        private Bucket bucket(Instant minute) {
            Bucket found = buckets.get(minute);
            if (found == null) {
                found = new Bucket(minute.plus(MINUTE).plus(delay.delay(key, minute)), new StatisticSet());
                buckets.put(minute, found);
                buckets.headMap(minute.minus(RETENTION)).clear();
            }
            return found;
        }

        private synchronized boolean isEmpty() {
            return buckets.isEmpty();
        }

        private synchronized void gather(
                Instant from, Instant to, Duration period, Instant now, Map<Instant, StatisticSet> periods) {
            Collection<Map.Entry<Instant, Bucket>> range =
                    new ArrayList<>(from.isBefore(to) ? buckets.subMap(from, to).entrySet() : List.of());
            for (Map.Entry<Instant, Bucket> entry : range) {
                if (!entry.getValue().visibleFrom.isAfter(now)) {
                    periods.computeIfAbsent(floor(entry.getKey(), period), any -> new StatisticSet())
                            .addAll(entry.getValue().values);
                }
            }
        }
    }

    private record Bucket(Instant visibleFrom, StatisticSet values) {}
}
