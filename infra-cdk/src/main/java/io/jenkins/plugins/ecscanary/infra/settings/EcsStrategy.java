package io.jenkins.plugins.ecscanary.infra.settings;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How ECS itself deploys. The limits are those of the ECS API's LinearConfiguration and CanaryConfiguration.
 *
 * @param percent of a step, in tenths; 0 where there are no steps
 * @param minutes between two steps, 0–1440
 */
public record EcsStrategy(Kind kind, BigDecimal percent, int minutes) {

    /** ECS's own names. */
    public enum Kind {
        /** Task by task: no second target group, no shift. */
        ROLLING,
        /** All traffic at once. */
        BLUE_GREEN,
        /** In equal steps. */
        LINEAR,
        /** One step, and then the rest. */
        CANARY
    }

    private static final Pattern STEPS = Pattern.compile("(linear|canary):([0-9]{1,3}(?:\\.[0-9])?):([0-9]{1,4})");
    private static final BigDecimal ALL = new BigDecimal(100);
    private static final BigDecimal LEAST_LINEAR = new BigDecimal(3);
    private static final BigDecimal LEAST_CANARY = new BigDecimal("0.1");
    private static final int MOST_MINUTES = 1_440;

    /** Null for a text that is none. */
    static EcsStrategy parse(String text) {
        return switch (text) {
            case "rolling" -> new EcsStrategy(Kind.ROLLING, BigDecimal.ZERO, 0);
            case "blue-green" -> new EcsStrategy(Kind.BLUE_GREEN, BigDecimal.ZERO, 0);
            default -> inSteps(text).orElse(null);
        };
    }

    private static Optional<EcsStrategy> inSteps(String text) {
        Matcher matcher = STEPS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean linear = matcher.group(1).equals("linear");
        BigDecimal percent = new BigDecimal(matcher.group(2));
        int minutes = Integer.parseInt(matcher.group(3));
        boolean valid = percent.compareTo(linear ? LEAST_LINEAR : LEAST_CANARY) >= 0
                && percent.compareTo(ALL) <= 0
                && minutes <= MOST_MINUTES;
        return valid
                ? Optional.of(new EcsStrategy(linear ? Kind.LINEAR : Kind.CANARY, percent, minutes))
                : Optional.empty();
    }

    /** Whether there is a second target group to shift to. */
    public boolean shifts() {
        return kind != Kind.ROLLING;
    }

    /** From the first step to the last. */
    int shiftMinutes() {
        return switch (kind) {
            case LINEAR -> (int) (Math.ceil(ALL.doubleValue() / percent.doubleValue()) - 1) * minutes;
            case CANARY -> minutes;
            case BLUE_GREEN, ROLLING -> 0;
        };
    }
}
