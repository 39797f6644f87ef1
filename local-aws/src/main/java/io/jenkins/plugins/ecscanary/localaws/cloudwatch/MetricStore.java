package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All metrics' values. Thread-safe, and free of the world's lock: the data plane writes here for every request, and tasks
 * for every line they print.
 *
 * <p>Metrics that a client or a task puts are limited to {@value #MOST_METRICS}, since each takes memory for 15 days:
 * beyond, {@link #hasRoomFor} says no and the writer tells.
 */
public final class MetricStore {

    static final int MOST_METRICS = 20_000;
    /** As long as CloudWatch keeps data points of less than a minute. */
    static final Duration FINE_RETENTION = Duration.ofHours(3);

    private final SimTime time;
    private final IngestDelay delay;
    private final Map<MetricKey, Map<String, MetricSeries>> all = new ConcurrentHashMap<>();

    public MetricStore(SimTime time, IngestDelay delay) {
        this.time = time;
        this.delay = delay;
    }

    /**
     * Where a metric's values are put; the same object for the same key and unit.
     *
     * @param unit as CloudWatch spells it: values of different units are different series of one metric
     */
    MetricSeries series(MetricKey key, String unit) {
        return all.computeIfAbsent(key, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(unit, any -> new MetricSeries(key, time, delay));
    }

    boolean hasRoomFor(Collection<MetricKey> keys) {
        long more =
                keys.stream().filter(key -> !all.containsKey(key)).distinct().count();
        return more == 0 || all.size() + more <= MOST_METRICS;
    }

    /** Metrics that have a value that can be seen, in a stable order. */
    List<MetricKey> keys() {
        return keys(Instant.MIN);
    }

    /** As {@link #keys()}, of those with a value at or after an instant. */
    List<MetricKey> keys(Instant since) {
        return all.entrySet().stream()
                .filter(entry ->
                        entry.getValue().values().stream().anyMatch(series -> series.hasValueSince(since, time.now())))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(MetricKey::toString))
                .toList();
    }

    /** The units a metric has been put in, in alphabetical order. */
    List<String> units(MetricKey key) {
        return all.getOrDefault(key, Map.of()).keySet().stream().sorted().toList();
    }

    /**
     * What can be seen now, gathered by periods.
     *
     * @param unit null for the values of all units together
     * @param from the first period's begin
     * @param to the last period's end
     * @param period whole seconds; for less than a minute, only the last three hours are told
     */
    NavigableMap<Instant, StatisticSet> visible(MetricKey key, String unit, Instant from, Instant to, Duration period) {
        Instant now = time.now();
        Instant oldest = floor(now.minus(FINE_RETENTION), period);
        Instant first = period.compareTo(MetricSeries.MINUTE) < 0 && from.isBefore(oldest) ? oldest : from;
        NavigableMap<Instant, StatisticSet> periods = new TreeMap<>();
        all.getOrDefault(key, Map.of()).forEach((put, series) -> {
            if (unit == null || unit.equals(put)) {
                series.gather(first, to, period, now, periods);
            }
        });
        return periods;
    }

    /** The begin of the period an instant is in. */
    static Instant floor(Instant at, Duration period) {
        long seconds = period.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }

    /** The last three hours of everything. */
    List<KeptSeries> snapshot() {
        Instant since = time.now().minus(FINE_RETENTION);
        List<KeptSeries> kept = new ArrayList<>();
        all.forEach((key, units) -> units.forEach((unit, series) -> {
            List<MetricSeries.KeptPoint> points = series.snapshot(since);
            if (!points.isEmpty()) {
                kept.add(new KeptSeries(key.namespace(), key.name(), key.dimensions(), unit, points));
            }
        }));
        return kept;
    }

    void restore(List<KeptSeries> kept) {
        for (KeptSeries series : kept) {
            series(new MetricKey(series.namespace(), series.name(), series.dimensions()), series.unit())
                    .restore(series.points());
        }
    }

    /** One metric in one unit, as it is kept across restarts. */
    record KeptSeries(
            String namespace,
            String name,
            List<Dimension> dimensions,
            String unit,
            List<MetricSeries.KeptPoint> points) {
        KeptSeries {
            dimensions = List.copyOf(dimensions);
            points = List.copyOf(points);
        }
    }
}
