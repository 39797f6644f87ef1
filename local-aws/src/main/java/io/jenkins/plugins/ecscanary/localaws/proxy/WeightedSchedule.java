package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Weighted choice with exact shares over short runs: the smooth weighted round robin known from nginx, unrolled once into
 * a cycle. With weights 90 and 10 every tenth choice is the second one, evenly spread; choosing is one atomic increment.
 */
public final class WeightedSchedule<T> {

    private final List<T> cycle;
    private final AtomicInteger position = new AtomicInteger();

    private WeightedSchedule(List<T> cycle) {
        this.cycle = cycle;
    }

    /**
     * @param weights 0 or more; with none above 0 nothing can be chosen
     * @throws IllegalArgumentException if a weight is negative
     */
    public static <T> WeightedSchedule<T> of(Map<T, Integer> weights) {
        List<T> items = new ArrayList<>();
        List<Integer> shares = new ArrayList<>();
        int divisor = 0;
        for (Map.Entry<T, Integer> entry : weights.entrySet()) {
            int weight = entry.getValue();
            if (weight < 0) {
                throw new IllegalArgumentException("weight " + weight + " is negative");
            }
            if (weight > 0) {
                items.add(entry.getKey());
                shares.add(weight);
                divisor = BigInteger.valueOf(divisor)
                        .gcd(BigInteger.valueOf(weight))
                        .intValueExact();
            }
        }
        return new WeightedSchedule<>(unroll(items, shares, Math.max(1, divisor)));
    }

    private static <T> List<T> unroll(List<T> items, List<Integer> shares, int divisor) {
        int[] credit = new int[items.size()];
        int total = shares.stream().mapToInt(Integer::intValue).sum() / divisor;
        List<T> cycle = new ArrayList<>(total);
        for (int step = 0; step < total; step++) {
            int best = 0;
            for (int i = 0; i < credit.length; i++) {
                credit[i] += shares.get(i) / divisor;
                if (credit[i] > credit[best]) {
                    best = i;
                }
            }
            credit[best] -= total;
            cycle.add(items.get(best));
        }
        return List.copyOf(cycle);
    }

    /** Empty if no weight is above 0. */
    public Optional<T> next() {
        if (cycle.isEmpty()) {
            return Optional.empty();
        }
        int turn = position.getAndUpdate(now -> now + 1 >= cycle.size() ? 0 : now + 1);
        return Optional.of(cycle.get(turn));
    }
}
