package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The values of a period, kept so that percentiles can be told: counts per value, values rounded to three significant
 * digits. Not thread-safe.
 */
final class StatisticSet {

    private double sum;
    private long count;
    private final NavigableMap<Double, Long> counts = new TreeMap<>();

    void add(double value) {
        sum += value;
        count++;
        counts.merge(rounded(value), 1L, Long::sum);
    }

    void addAll(StatisticSet other) {
        sum += other.sum;
        count += other.count;
        other.counts.forEach((value, times) -> counts.merge(value, times, Long::sum));
    }

    private static double rounded(double value) {
        if (value == 0 || value == Math.rint(value) && Math.abs(value) < 1000) {
            return value;
        }
        double scale = Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
        return Math.rint(value * scale) / scale;
    }

    double sum() {
        return sum;
    }

    long count() {
        return count;
    }

    OptionalDouble minimum() {
        return counts.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(counts.firstKey());
    }

    OptionalDouble maximum() {
        return counts.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(counts.lastKey());
    }

    /** The smallest value that at least {@code percent} of the values do not exceed. */
    OptionalDouble percentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long seen = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= wanted) {
                return OptionalDouble.of(entry.getKey());
            }
        }
        return OptionalDouble.empty();
    }
}
