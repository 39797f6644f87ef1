package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can't be together where ECS itself deploys, and what can't be without that. */
final class EcsRules {

    /** That ECS keeps a deployment in one stage. */
    private static final int MOST_WAIT = 1_440;
    /** Of a deployment's shift and wait together, for a service that CloudFormation makes: 33 hours. */
    private static final int MOST_BY_CLOUDFORMATION = 33 * 60;

    private final Map<Setting, Object> values;
    private final List<String> problems = new ArrayList<>();

    private EcsRules(Map<Setting, Object> values) {
        this.values = values;
    }

    /** @param values of the right types, those with a usual value all there */
    static List<String> problems(Map<Setting, Object> values) {
        EcsRules rules = new EcsRules(values);
        EcsStrategy strategy = (EcsStrategy) values.get(Setting.ECS_STRATEGY);
        if (strategy == null) {
            rules.byCodeDeploy();
        } else {
            rules.byEcs(strategy);
        }
        return rules.problems;
    }

    private void byCodeDeploy() {
        Stream.of(Setting.PAUSE_AT, Setting.PAUSE_TIMEOUT)
                .filter(values::containsKey)
                .forEach(setting -> problems.add(setting.context()
                        + ": CodeDeploy has no such pause, and without ecsStrategy it deploys; set ecsStrategy, or leave it"
                        + " out"));
        if (breaker()) {
            problems.add("circuitBreaker: ECS has it for rolling deployments only, and this service is deployed by"
                    + " CodeDeploy, which rolls back by itself; leave it out");
        }
    }

    private void byEcs(EcsStrategy strategy) {
        Stream.of(Setting.APPLICATION, Setting.DEPLOYMENT_GROUP, Setting.DEPLOYMENT_CONFIG, Setting.TRAFFIC_PLAN)
                .filter(values::containsKey)
                .forEach(setting -> problems.add(setting.context()
                        + setting.deployConfig().map(key -> " (" + key + ")").orElse("")
                        + ": it is CodeDeploy's, and by ecsStrategy ECS itself deploys; leave one of them out"));
        if (values.containsKey(Setting.DEPLOYER_FEATURES)) {
            problems.add(
                    "deployerFeatures: they are of ecs-canary, which deploys services of CodeDeploy only; leave it out"
                            + " with ecsStrategy");
        }
        int wait = (Integer) values.get(Setting.TERMINATION_WAIT);
        if (wait > MOST_WAIT) {
            problems.add("terminationWaitMinutes: ECS keeps the original tasks for at most " + MOST_WAIT
                    + " minutes; got " + wait);
        }
        int minutes = strategy.shiftMinutes() + wait;
        if (minutes > MOST_BY_CLOUDFORMATION) {
            problems.add(
                    "ecsStrategy: CloudFormation takes no service whose deployment needs more than 33 hours, and with"
                            + " terminationWaitMinutes this one needs " + minutes / 60 + " h " + minutes % 60
                            + " min; take greater steps or shorter times");
        }
        if (breaker() && strategy.shifts()) {
            problems.add(
                    "circuitBreaker: ECS has it for rolling deployments only; the others end by alarm and by the limits"
                            + " of their stages; leave it out, or set ecsStrategy to rolling");
        }
        if (values.containsKey(Setting.PAUSE_AT) && !strategy.shifts()) {
            problems.add("pauseAt: a rolling deployment has no traffic to hold back at a stage; leave it out, or choose"
                    + " another ecsStrategy");
        }
        if (values.containsKey(Setting.PAUSE_TIMEOUT) && !values.containsKey(Setting.PAUSE_AT)) {
            problems.add("pauseTimeoutMinutes: there is no pause without pauseAt; set both or neither");
        }
    }

    private boolean breaker() {
        return values.get(Setting.CIRCUIT_BREAKER).equals(true);
    }
}
