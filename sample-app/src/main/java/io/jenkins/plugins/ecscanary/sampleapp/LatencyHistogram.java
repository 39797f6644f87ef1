package io.jenkins.plugins.ecscanary.sampleapp;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations in fixed buckets, without locks. */
final class LatencyHistogram {

    /** Upper bounds in seconds, as text too: that is how they are labelled. */
    static final List<String> BOUNDS =
            List.of("0.001", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10");

    private static final long[] BOUNDS_NANOS = BOUNDS.stream()
            .mapToLong(bound -> Math.round(Double.parseDouble(bound) * 1e9))
            .toArray();

    /** One more than there are bounds: the last is for what is longer than all of them. */
    private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];

    private final LongAdder sumNanos = new LongAdder();

    LatencyHistogram() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void record(long nanos) {
        int i = 0;
        while (i < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[i]) {
            i++;
        }
        buckets[i].increment();
        sumNanos.add(nanos);
    }

    /** @return how many were at most as long as each bound, and last how many there were at all */
    long[] cumulative() {
        long[] counts = new long[buckets.length];
        long sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += buckets[i].sum();
            counts[i] = sum;
        }
        return counts;
    }

    double sumSeconds() {
        return sumNanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
