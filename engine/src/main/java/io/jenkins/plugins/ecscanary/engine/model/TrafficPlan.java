package io.jenkins.plugins.ecscanary.engine.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How traffic moves from the original to the replacement. Which of these can be done depends on the driver. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrafficPlan.Linear.class, name = "linear"),
    @JsonSubTypes.Type(value = TrafficPlan.Canary.class, name = "canary"),
    @JsonSubTypes.Type(value = TrafficPlan.AllAtOnce.class, name = "allAtOnce"),
    @JsonSubTypes.Type(value = TrafficPlan.Weights.class, name = "weights")
})
public sealed interface TrafficPlan {

    /** The weights the replacement goes through, in order; the last is 100 and is not held. */
    List<Step> steps();

    /** In words, such as {@code 10 % every minute}. */
    String label();

    /** A weight of the replacement in percent and how long it is held before the next one. */
    record Step(int weight, Duration hold) {}

    /** Equal increments at equal intervals. */
    record Linear(int percent, Duration every) implements TrafficPlan {
        public Linear {
            requirePercent(percent);
            requirePositive(Objects.requireNonNull(every, "every"));
        }

        @Override
        public List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            for (int weight = percent; weight < 100; weight += percent) {
                steps.add(new Step(weight, every));
            }
            steps.add(new Step(100, Duration.ZERO));
            return List.copyOf(steps);
        }

        @Override
        public String label() {
            return percent + " % every " + words(every);
        }
    }

    /** One increment, a bake, then the rest. */
    record Canary(int percent, Duration bake) implements TrafficPlan {
        public Canary {
            requirePercent(percent);
            requirePositive(Objects.requireNonNull(bake, "bake"));
        }

        @Override
        public List<Step> steps() {
            return List.of(new Step(percent, bake), new Step(100, Duration.ZERO));
        }

        @Override
        public String label() {
            return percent + " % for " + words(bake) + ", then all";
        }
    }

    /** Everything in one shift. */
    record AllAtOnce() implements TrafficPlan {
        @Override
        public List<Step> steps() {
            return List.of(new Step(100, Duration.ZERO));
        }

        @Override
        public String label() {
            return "all at once";
        }
    }

    /** Given weights, rising, the last 100. */
    record Weights(List<Integer> weights, Duration every) implements TrafficPlan {
        public Weights {
            weights = List.copyOf(Objects.requireNonNull(weights, "weights"));
            requirePositive(Objects.requireNonNull(every, "every"));
            int previous = 0;
            for (int weight : weights) {
                if (weight <= previous || weight > 100) {
                    throw new IllegalArgumentException("weights " + weights + " do not rise to 100");
                }
                previous = weight;
            }
            if (previous != 100) {
                throw new IllegalArgumentException("weights " + weights + " do not rise to 100");
            }
        }

        @Override
        public List<Step> steps() {
            return weights.stream()
                    .map(weight -> new Step(weight, weight == 100 ? Duration.ZERO : every))
                    .toList();
        }

        @Override
        public String label() {
            return weights + " % every " + words(every);
        }
    }

    private static void requirePercent(int percent) {
        if (percent < 1 || percent > 99) {
            throw new IllegalArgumentException("percent is " + percent + ", not between 1 and 99");
        }
    }

    private static void requirePositive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("the time between shifts is " + duration + ", not above zero");
        }
    }

    private static String words(Duration duration) {
        if (duration.equals(Duration.ofMinutes(1))) {
            return "minute";
        }
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " s";
    }
}
