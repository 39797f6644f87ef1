package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** What an expression results in. */
sealed interface MathValue {

    /** The value at a period's begin; empty where a series has no data point. */
    Optional<Double> at(Instant period);

    MathValue map(DoubleUnaryOperator change);

    record Number(double value) implements MathValue {
        @Override
        public Optional<Double> at(Instant period) {
            return Optional.of(value);
        }

        @Override
        public Number map(DoubleUnaryOperator change) {
            return new Number(change.applyAsDouble(value));
        }
    }

    /** By the period's begin. Never holds what is not a finite number: dividing by zero gives no data point. */
    record Series(NavigableMap<Instant, Double> points) implements MathValue {

        public Series {
            NavigableMap<Instant, Double> finite = new TreeMap<>();
            for (Map.Entry<Instant, Double> point : points.entrySet()) {
                if (Double.isFinite(point.getValue())) {
                    finite.put(point.getKey(), point.getValue());
                }
            }
            points = Collections.unmodifiableNavigableMap(finite);
        }

        @Override
        public Optional<Double> at(Instant period) {
            return Optional.ofNullable(points.get(period));
        }

        @Override
        public Series map(DoubleUnaryOperator change) {
            NavigableMap<Instant, Double> changed = new TreeMap<>();
            points.forEach((period, value) -> changed.put(period, change.applyAsDouble(value)));
            return new Series(changed);
        }
    }
}
