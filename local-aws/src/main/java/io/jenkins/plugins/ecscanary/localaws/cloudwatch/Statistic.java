package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of the values of a period.
 *
 * @param name as AWS spells it: {@code Sum Average Minimum Maximum SampleCount}, or a percentile such as {@code p99}
 * @param percentile 0–100 for a percentile, else negative
 */
record Statistic(String name, double percentile) {

    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,10})?)");

    static Statistic parse(String name) {
        switch (name) {
            case "Sum", "Average", "Minimum", "Maximum", "SampleCount":
                return new Statistic(name, -1);
            default:
                Matcher match = PERCENTILE.matcher(name);
                if (match.matches() && Double.parseDouble(match.group(1)) <= 100) {
                    return new Statistic(name, Double.parseDouble(match.group(1)));
                }
                throw new AwsError(
                        "ValidationError",
                        "Value '" + name + "' is not a statistic local-aws knows: Sum, Average, Minimum, Maximum, "
                                + "SampleCount, or a percentile such as p99");
        }
    }

    boolean isPercentile() {
        return percentile >= 0;
    }

    /** Empty where the statistic is not defined, as the average of nothing. */
    OptionalDouble of(StatisticSet values) {
        if (isPercentile()) {
            return values.percentile(percentile);
        }
        return switch (name) {
            case "Sum" -> OptionalDouble.of(values.sum());
            case "SampleCount" -> OptionalDouble.of(values.count());
            case "Average" ->
                values.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(values.sum() / values.count());
            case "Minimum" -> values.minimum();
            default -> values.maximum();
        };
    }
}
