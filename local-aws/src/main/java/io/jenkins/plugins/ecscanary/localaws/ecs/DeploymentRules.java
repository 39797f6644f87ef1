package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.Members.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.Service.Controller;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/** What {@code deploymentConfiguration} may say: a rolling update's limits and its circuit breaker. */
final class DeploymentRules {

    private DeploymentRules() {}

    /** Before anything that belongs to such a strategy is refused without saying what it belongs to. */
    static void checkStrategy(JsonNode configuration) {
        if (Copies.given(configuration) && Copies.given(configuration.path("strategy"))) {
            checkStrategy(configuration.path("strategy").asText());
        }
    }

    static void check(JsonNode configuration, Controller controller) {
        if (!Copies.given(configuration)) {
            return;
        }
        configuration.properties().forEach(member -> {
            switch (member.getKey()) {
                case "maximumPercent", "minimumHealthyPercent" -> checkPercent(member.getKey(), member.getValue());
                case "deploymentCircuitBreaker", "alarms" -> {} // judged below
                case "strategy" -> checkStrategy(configuration);
                default -> throw AwsError.unsupported("parameter deploymentConfiguration." + member.getKey());
            }
        });
        JsonNode breaker = configuration.path("deploymentCircuitBreaker");
        if (breaker.path("enable").asBoolean() && controller == Controller.CODE_DEPLOY) {
            throw invalid("Deployment circuit breaker feature is not supported with the CODE_DEPLOY deployment"
                    + " controller.");
        }
        if (Copies.given(breaker)) {
            checkBreaker(breaker);
        }
        if (configuration.path("alarms").path("enable").asBoolean()) {
            if (controller == Controller.CODE_DEPLOY) {
                throw invalid("Deployment alarms are not supported with the CODE_DEPLOY deployment controller.");
            }
            throw AwsError.unsupported("parameter deploymentConfiguration.alarms; only the circuit breaker");
        }
        if (controller == Controller.ECS) {
            checkRoom(
                    configuration.path("minimumHealthyPercent").asInt(100),
                    configuration.path("maximumPercent").asInt(200));
        }
    }

    private static void checkPercent(String name, JsonNode value) {
        if (!value.isInt()) {
            throw invalid("deploymentConfiguration." + name + " must be a whole number.");
        }
        if (value.asInt() < 0) {
            throw invalid("deploymentConfiguration." + name + " must not be negative, not " + value.asInt() + ".");
        }
    }

    private static void checkStrategy(String strategy) {
        switch (strategy) {
            case "ROLLING" -> {}
            case "BLUE_GREEN", "LINEAR", "CANARY" ->
                throw AwsError.unsupported("parameter deploymentConfiguration.strategy " + strategy
                        + "; only ROLLING: ECS-native blue/green, linear and canary deployments are not made here, traffic is"
                        + " shifted by CodeDeploy (deploymentController CODE_DEPLOY)");
            default ->
                throw invalid("Invalid deploymentConfiguration.strategy '" + strategy
                        + "': ROLLING, BLUE_GREEN, LINEAR or CANARY.");
        }
    }

    private static void checkBreaker(JsonNode breaker) {
        breaker.properties().forEach(member -> {
            if (!List.of("enable", "rollback", "resetOnHealthyTask", "thresholdConfiguration")
                    .contains(member.getKey())) {
                throw AwsError.unsupported(
                        "parameter deploymentConfiguration.deploymentCircuitBreaker." + member.getKey());
            }
        });
        for (String needed : List.of("enable", "rollback")) {
            if (!breaker.path(needed).isBoolean()) {
                throw invalid("deploymentConfiguration.deploymentCircuitBreaker." + needed + " must be true or false.");
            }
        }
        JsonNode threshold = breaker.path("thresholdConfiguration");
        if (Copies.given(threshold)) {
            if (!List.of("BOUNDED_PERCENT", "UNBOUNDED_PERCENT", "COUNT")
                    .contains(threshold.path("type").asText())) {
                throw invalid("Invalid thresholdConfiguration.type '"
                        + threshold.path("type").asText() + "': BOUNDED_PERCENT, UNBOUNDED_PERCENT or COUNT.");
            }
            if (!threshold.path("value").isInt() || threshold.path("value").asInt() < 1) {
                throw invalid("thresholdConfiguration.value must be a whole number of at least 1.");
            }
        }
    }

    /** Both at 100 leave none, as AWS says at once; other pairs may turn out to for a small desired count. */
    private static void checkRoom(int minimum, int maximum) {
        if (minimum == 100 && maximum == 100) {
            throw invalid(
                    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block" + " deployments.");
        }
        if (maximum < minimum) {
            throw invalid("maximumPercent must be at least minimumHealthyPercent: " + maximum + " is less than "
                    + minimum + ".");
        }
    }
}
