package io.jenkins.plugins.ecscanary.sampleapp;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this version does wrong on purpose, for demonstrations only. Page requests are affected; {@code /health}, {@code /version} and
 * {@code /metrics} answer truthfully and at once.
 *
 * @param errorsPerMillion of a million page requests, how many are answered 500; {@code FAULT_ERROR_RATE} × 1 000 000
 * @param latency added before each page request is handled; {@code FAULT_LATENCY_MS}
 * @param startupDelay how long health stays 503 after the port is open; {@code FAULT_STARTUP_DELAY_MS}
 * @param unhealthyAfter how long after becoming ready health turns 503 for good; {@code FAULT_UNHEALTHY_AFTER_S}
 */
public record Faults(int errorsPerMillion, Duration latency, Duration startupDelay, Optional<Duration> unhealthyAfter) {

    public static final Faults NONE = new Faults(0, Duration.ZERO, Duration.ZERO, Optional.empty());

    private static final int TEN_MINUTES_MS = 600_000;
    private static final int ONE_DAY_S = 86_400;

    static Faults from(Environment environment) throws InvalidSettingException {
        int latency = environment.integer("FAULT_LATENCY_MS", 0, TEN_MINUTES_MS).orElse(0);
        int delay =
                environment.integer("FAULT_STARTUP_DELAY_MS", 0, TEN_MINUTES_MS).orElse(0);
        var unhealthy = environment.integer("FAULT_UNHEALTHY_AFTER_S", 0, ONE_DAY_S);
        return new Faults(
                environment.millionths("FAULT_ERROR_RATE"),
                Duration.ofMillis(latency),
                Duration.ofMillis(delay),
                unhealthy.isPresent() ? Optional.of(Duration.ofSeconds(unhealthy.getAsInt())) : Optional.empty());
    }

    /** One sentence for each fault that is on, for people; empty when this version behaves. */
    public List<String> descriptions() {
        List<String> lines = new ArrayList<>();
        if (errorsPerMillion > 0) {
            lines.add(percent() + " % of page requests are answered with an error (FAULT_ERROR_RATE)");
        }
        if (!latency.isZero()) {
            lines.add("page requests are answered " + latency.toMillis() + " ms late (FAULT_LATENCY_MS)");
        }
        if (!startupDelay.isZero()) {
            lines.add("health says starting for the first " + startupDelay.toMillis() + " ms (FAULT_STARTUP_DELAY_MS)");
        }
        unhealthyAfter.ifPresent(after ->
                lines.add("health says unhealthy " + after.toSeconds() + " s after ready (FAULT_UNHEALTHY_AFTER_S)"));
        return List.copyOf(lines);
    }

    private String percent() {
        return BigDecimal.valueOf(errorsPerMillion, 4).stripTrailingZeros().toPlainString();
    }
}
