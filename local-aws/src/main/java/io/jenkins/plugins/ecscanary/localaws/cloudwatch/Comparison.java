package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.Arrays;

/** How a data point is held against the threshold. */
enum Comparison {
    GREATER_OR_EQUAL("GreaterThanOrEqualToThreshold", "greater than or equal to"),
    GREATER("GreaterThanThreshold", "greater than"),
    LESS("LessThanThreshold", "less than"),
    LESS_OR_EQUAL("LessThanOrEqualToThreshold", "less than or equal to");

    private final String wire;
    private final String words;

    Comparison(String wire, String words) {
        this.wire = wire;
        this.words = words;
    }

    static Comparison parse(String text) {
        return Arrays.stream(values())
                .filter(comparison -> comparison.wire.equals(text))
                .findFirst()
                .orElseThrow(() -> new AwsError(
                        "ValidationError",
                        "Value '" + text + "' for ComparisonOperator is not one of "
                                + Arrays.stream(values()).map(Comparison::wire).toList()));
    }

    String wire() {
        return wire;
    }

    String words() {
        return words;
    }

    boolean breaches(double value, double threshold) {
        return switch (this) {
            case GREATER_OR_EQUAL -> value >= threshold;
            case GREATER -> value > threshold;
            case LESS -> value < threshold;
            case LESS_OR_EQUAL -> value <= threshold;
        };
    }
}
