package io.jenkins.plugins.ecscanary.bench;

import java.util.List;
import java.util.Locale;

/** Order statistics of a sorted sample. */
record Figures(int count, double median, double p95, double max) {

    static Figures of(List<Double> sorted) {
        return sorted.isEmpty()
                ? new Figures(0, Double.NaN, Double.NaN, Double.NaN)
                : new Figures(sorted.size(), at(sorted, 0.5), at(sorted, 0.95), sorted.get(sorted.size() - 1));
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }

    /** Each so many times as much: real seconds to those of a faster clock. */
    Figures times(double factor) {
        return new Figures(count, median * factor, p95 * factor, max * factor);
    }

    /** Of seconds: {@code median / p95 / most}. */
    String text() {
        return String.format(Locale.ROOT, "%.2f / %.2f / %.2f s", median, p95, max);
    }
}
