package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a rolling update has to keep to, from {@code deploymentConfiguration} and the desired count (API reference,
 * DeploymentConfiguration, DeploymentCircuitBreaker and ThresholdConfiguration).
 *
 * @param atLeast healthy tasks: minimumHealthyPercent, rounded up
 * @param atMost running and pending tasks: maximumPercent, rounded down
 * @param failures so many failed tasks fail the deployment; 0 if the circuit breaker is off
 * @param rollback whether a failed deployment goes back to the last completed one
 * @param reset whether a healthy task makes the failures before it count no more
 */
record DeploymentLimits(int atLeast, int atMost, int failures, boolean rollback, boolean reset) {

    static DeploymentLimits of(JsonNode configuration, int desired) {
        JsonNode breaker = configuration.path("deploymentCircuitBreaker");
        return new DeploymentLimits(
                (int) Math.ceil(
                        desired * configuration.path("minimumHealthyPercent").asDouble(100) / 100),
                (int) Math.floor(desired * configuration.path("maximumPercent").asDouble(200) / 100),
                breaker.path("enable").asBoolean() ? threshold(breaker.path("thresholdConfiguration"), desired) : 0,
                breaker.path("rollback").asBoolean(),
                breaker.path("resetOnHealthyTask").asBoolean(true));
    }

    /** Half the desired count, at least 3 and at most 200, unless configured otherwise. */
    private static int threshold(JsonNode configuration, int desired) {
        int value = configuration.path("value").asInt(50);
        int percent = (int) Math.ceil(desired * value / 100.0);
        return switch (configuration.path("type").asText("BOUNDED_PERCENT")) {
            case "COUNT" -> value;
            case "UNBOUNDED_PERCENT" -> Math.max(1, percent);
            default -> Math.min(200, Math.max(3, percent));
        };
    }
}
