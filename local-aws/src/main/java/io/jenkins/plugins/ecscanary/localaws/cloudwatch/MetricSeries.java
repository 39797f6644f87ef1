package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * One metric's values in one unit, by simulated minute, or by second where they were put with a storage resolution of 1.
 *
 * <p>What AWS's services measure is seen when the minute has closed and its ingest delay has passed, not before; what is
 * put with a time stamp is seen a little after it was put, as it comes. As on AWS seconds become minutes after three
 * hours, and minutes are kept for 15 days. Thread-safe.
 */
public final class MetricSeries {

    static final Duration MINUTE = Duration.ofMinutes(1);
    /** As long as CloudWatch keeps 60-second data points. */
    private static final Duration RETENTION = Duration.ofDays(15);

    private final MetricKey key;
    private final SimTime time;
    private final IngestDelay delay;
    private final NavigableMap<Instant, Bucket> buckets = new TreeMap<>();
    /** What was put and can't be seen yet, first what is seen first. */
    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
    /** Before it there are whole minutes only. */
    private Instant coarseTo = Instant.EPOCH;

    MetricSeries(MetricKey key, SimTime time, IngestDelay delay) {
        this.key = key;
        this.time = time;
        this.delay = delay;
    }

    /** Adds a value at the present simulated instant, to be seen with its minute. */
    public void add(double value) {
        Instant minute = time.now().truncatedTo(ChronoUnit.MINUTES);
        synchronized (this) {
            measured(minute).values.add(value);
        }
    }

    /** Makes the present minute have a data point, a sum of 0 if nothing is added to it. */
    public void touch() {
        Instant minute = time.now().truncatedTo(ChronoUnit.MINUTES);
        synchronized (this) {
            measured(minute);
        }
    }

    /**
     * Adds values with a time stamp.
     *
     * @param seconds the storage resolution, 1 or 60
     * @param visibleIn how long it takes until they are seen
     */
    synchronized void put(Instant at, int seconds, StatisticSet values, Duration visibleIn) {
        Instant now = time.now();
        arrivals.add(new Arrival(now.plus(visibleIn), MetricStore.floor(at, Duration.ofSeconds(seconds)), values));
        settle(now);
    }

    private Bucket measured(Instant minute) {
        Bucket found = buckets.get(minute);
        if (found == null) {
            found = new Bucket(minute.plus(MINUTE).plus(delay.delay(key, minute)), new StatisticSet());
            buckets.put(minute, found);
            buckets.headMap(minute.minus(RETENTION)).clear();
        }
        return found;
    }

    /** Lets what is due be seen, and forgets detail and data that have grown old. */
    private void settle(Instant now) {
        Instant coarse = now.minus(MetricStore.FINE_RETENTION).truncatedTo(ChronoUnit.MINUTES);
        while (!arrivals.isEmpty() && !arrivals.peek().visibleFrom.isAfter(now)) {
            Arrival due = arrivals.remove();
            Instant begin = due.begin.isBefore(coarse) ? due.begin.truncatedTo(ChronoUnit.MINUTES) : due.begin;
            bucket(begin).addAll(due.values);
        }
        if (!coarse.isAfter(coarseTo)) {
            return;
        }
        buckets.headMap(now.minus(RETENTION)).clear();
        List<Instant> fine = buckets.subMap(coarseTo, coarse).keySet().stream()
                .filter(begin -> !begin.equals(begin.truncatedTo(ChronoUnit.MINUTES)))
                .toList();
        for (Instant begin : fine) {
            StatisticSet old = buckets.remove(begin).values;
            bucket(begin.truncatedTo(ChronoUnit.MINUTES)).addAll(old);
        }
        coarseTo = coarse;
    }

    private StatisticSet bucket(Instant begin) {
        return buckets.computeIfAbsent(begin, any -> new Bucket(Instant.EPOCH, new StatisticSet())).values;
    }

    synchronized boolean hasValueSince(Instant since, Instant now) {
        settle(now);
        return !(since.equals(Instant.MIN) ? buckets : buckets.tailMap(since)).isEmpty();
    }

    synchronized void gather(
            Instant from, Instant to, Duration period, Instant now, Map<Instant, StatisticSet> periods) {
        settle(now);
        Collection<Map.Entry<Instant, Bucket>> range =
                from.isBefore(to) ? buckets.subMap(from, to).entrySet() : List.of();
        for (Map.Entry<Instant, Bucket> entry : range) {
            if (!entry.getValue().visibleFrom.isAfter(now)) {
                periods.computeIfAbsent(MetricStore.floor(entry.getKey(), period), any -> new StatisticSet())
                        .addAll(entry.getValue().values);
            }
        }
    }

    synchronized List<KeptPoint> snapshot(Instant since) {
        List<KeptPoint> points = new ArrayList<>();
        buckets.tailMap(since)
                .forEach((begin, bucket) ->
                        points.add(new KeptPoint(begin, bucket.visibleFrom, false, bucket.values.values())));
        arrivals.forEach(arrival ->
                points.add(new KeptPoint(arrival.begin, arrival.visibleFrom, true, arrival.values.values())));
        return points;
    }

    synchronized void restore(List<KeptPoint> points) {
        for (KeptPoint point : points) {
            StatisticSet values = StatisticSet.of(point.values());
            if (point.arriving()) {
                arrivals.add(new Arrival(point.visibleFrom(), point.begin(), values));
            } else {
                buckets.put(point.begin(), new Bucket(point.visibleFrom(), values));
            }
        }
    }

    private record Bucket(Instant visibleFrom, StatisticSet values) {}

    private record Arrival(Instant visibleFrom, Instant begin, StatisticSet values) implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            return visibleFrom.compareTo(other.visibleFrom);
        }
    }

    /**
     * A data point as it is kept across restarts.
     *
     * @param arriving whether it had been put and could not be seen yet
     */
    record KeptPoint(Instant begin, Instant visibleFrom, boolean arriving, StatisticSet.Values values) {}
}
