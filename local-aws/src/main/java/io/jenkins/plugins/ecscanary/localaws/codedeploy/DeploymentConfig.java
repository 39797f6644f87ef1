package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How traffic is moved: the five configurations CodeDeploy predefines for ECS. */
record DeploymentConfig(String name, String type, int percentage, int intervalMinutes) {

    static final String ALL_AT_ONCE = "CodeDeployDefault.ECSAllAtOnce";

    static final List<DeploymentConfig> PREDEFINED = List.of(
            linear("CodeDeployDefault.ECSLinear10PercentEvery1Minutes", 10, 1),
            linear("CodeDeployDefault.ECSLinear10PercentEvery3Minutes", 10, 3),
            canary("CodeDeployDefault.ECSCanary10Percent5Minutes", 10, 5),
            canary("CodeDeployDefault.ECSCanary10Percent15Minutes", 10, 15),
            new DeploymentConfig(ALL_AT_ONCE, "AllAtOnce", 100, 0));

    private static DeploymentConfig linear(String name, int percentage, int minutes) {
        return new DeploymentConfig(name, "TimeBasedLinear", percentage, minutes);
    }

    private static DeploymentConfig canary(String name, int percentage, int minutes) {
        return new DeploymentConfig(name, "TimeBasedCanary", percentage, minutes);
    }

    /** @throws AwsError DeploymentConfigDoesNotExistException */
    static DeploymentConfig named(String name) {
        return PREDEFINED.stream()
                .filter(config -> config.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new AwsError(
                        "DeploymentConfigDoesNotExistException",
                        "No deployment configuration found for name: " + name));
    }

    /** The replacement's share after each shift, in percent, ending with 100. */
    List<Integer> shifts() {
        List<Integer> shifts = new ArrayList<>();
        if ("TimeBasedLinear".equals(type)) {
            for (int share = percentage; share < 100; share += percentage) {
                shifts.add(share);
            }
        } else if ("TimeBasedCanary".equals(type)) {
            shifts.add(percentage);
        }
        shifts.add(100);
        return shifts;
    }

    Duration interval() {
        return Duration.ofMinutes(intervalMinutes);
    }
}
