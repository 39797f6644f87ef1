package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The values of a period: sum, count and extremes exactly, and counts per value, values rounded to three significant
 * digits, for percentiles. Not thread-safe.
 */
final class StatisticSet {

    private double sum;
    private double count;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    /** Whether every value was told, rather than only a summary of some. */
    private boolean distributed = true;

    private final NavigableMap<Double, Double> counts = new TreeMap<>();

    void add(double value) {
        add(value, 1);
    }

    /** @param times how often the value occurred; AWS takes fractions */
    void add(double value, double times) {
        sum += value * times;
        count += times;
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        counts.merge(rounded(value), times, Double::sum);
    }

    /**
     * Adds what is known of values only in summary. As on AWS, percentiles are still told if there was one value or all were
     * the same.
     */
    void addSummary(double sampleCount, double total, double least, double most) {
        sum += total;
        count += sampleCount;
        minimum = Math.min(minimum, least);
        maximum = Math.max(maximum, most);
        if (sampleCount == 1 || least == most) {
            counts.merge(rounded(most), sampleCount, Double::sum);
        } else {
            distributed = false;
        }
    }

    void addAll(StatisticSet other) {
        sum += other.sum;
        count += other.count;
        minimum = Math.min(minimum, other.minimum);
        maximum = Math.max(maximum, other.maximum);
        distributed &= other.distributed;
        other.counts.forEach((value, times) -> counts.merge(value, times, Double::sum));
    }

    private static double rounded(double value) {
        if (value == 0 || value == Math.rint(value) && Math.abs(value) < 1000) {
            return value;
        }
        double scale = Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
        // Beyond what a double scales, the value stays as it is.
        double rounded = Math.rint(value * scale) / scale;
        return Double.isFinite(rounded) ? rounded : value;
    }

    double sum() {
        return sum;
    }

    double count() {
        return count;
    }

    OptionalDouble minimum() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(minimum);
    }

    OptionalDouble maximum() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(maximum);
    }

    /**
     * The smallest value that at least {@code percent} of the values do not exceed. As on AWS there is none if a value is
     * negative or only a summary is known.
     */
    OptionalDouble percentile(double percent) {
        if (!distributed || minimum < 0) {
            return OptionalDouble.empty();
        }
        double wanted = count * percent / 100;
        double seen = 0;
        for (Map.Entry<Double, Double> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= wanted) {
                // Rounding must not lead beyond what there was.
                return OptionalDouble.of(Math.max(minimum, Math.min(maximum, entry.getKey())));
            }
        }
        return counts.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(maximum);
    }

    Values values() {
        return new Values(
                sum,
                count,
                count == 0 ? null : minimum,
                count == 0 ? null : maximum,
                distributed,
                new ArrayList<>(counts.keySet()),
                new ArrayList<>(counts.values()));
    }

    /** @throws IllegalArgumentException if values and counts do not belong together */
    static StatisticSet of(Values kept) {
        if (kept.values().size() != kept.counts().size()) {
            throw new IllegalArgumentException(
                    kept.values().size() + " values with " + kept.counts().size() + " counts");
        }
        StatisticSet set = new StatisticSet();
        for (int i = 0; i < kept.values().size(); i++) {
            set.counts.put(kept.values().get(i), kept.counts().get(i));
        }
        set.sum = kept.sum();
        set.count = kept.count();
        set.minimum = kept.minimum() == null ? Double.POSITIVE_INFINITY : kept.minimum();
        set.maximum = kept.maximum() == null ? Double.NEGATIVE_INFINITY : kept.maximum();
        set.distributed = kept.distributed();
        return set;
    }

    /** All of it, as it is kept across restarts. {@code minimum} and {@code maximum} are null if there is no value. */
    record Values(
            double sum,
            double count,
            Double minimum,
            Double maximum,
            boolean distributed,
            List<Double> values,
            List<Double> counts) {
        Values {
            values = List.copyOf(values);
            counts = List.copyOf(counts);
        }
    }
}
