package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How traffic is moved.
 *
 * @param type {@code TimeBasedLinear}, {@code TimeBasedCanary} or {@code AllAtOnce}
 * @param percentage moved with each shift but the last, 1 to 99; 100 for {@code AllAtOnce}
 * @param intervalMinutes between two shifts; 0 for {@code AllAtOnce}
 * @param id null for a predefined one
 * @param createTime null for a predefined one
 */
record DeploymentConfig(String name, String type, int percentage, int intervalMinutes, String id, Instant createTime) {

    static final String LINEAR = "TimeBasedLinear";
    static final String CANARY = "TimeBasedCanary";
    static final String AT_ONCE = "AllAtOnce";

    /** The five configurations CodeDeploy predefines for ECS. */
    static final List<DeploymentConfig> PREDEFINED = List.of(
            predefined("CodeDeployDefault.ECSLinear10PercentEvery1Minutes", LINEAR, 10, 1),
            predefined("CodeDeployDefault.ECSLinear10PercentEvery3Minutes", LINEAR, 10, 3),
            predefined("CodeDeployDefault.ECSCanary10Percent5Minutes", CANARY, 10, 5),
            predefined("CodeDeployDefault.ECSCanary10Percent15Minutes", CANARY, 10, 15),
            predefined("CodeDeployDefault.ECSAllAtOnce", AT_ONCE, 100, 0));

    static final DeploymentConfig ALL_AT_ONCE = PREDEFINED.get(4);

    private static DeploymentConfig predefined(String name, String type, int percentage, int minutes) {
        return new DeploymentConfig(name, type, percentage, minutes, null, null);
    }

    /**
     * The replacement's share after each shift, in percent, ending with 100. Where a linear percentage does not divide 100,
     * the last shift moves what is left.
     */
    List<Integer> shifts() {
        List<Integer> shifts = new ArrayList<>();
        if (LINEAR.equals(type)) {
            for (int share = percentage; share < 100; share += percentage) {
                shifts.add(share);
            }
        } else if (CANARY.equals(type)) {
            shifts.add(percentage);
        }
        shifts.add(100);
        return shifts;
    }

    Duration interval() {
        return Duration.ofMinutes(intervalMinutes);
    }

    /** From the first shift to the last. */
    Duration length() {
        return interval().multipliedBy(shifts().size() - 1L);
    }
}
