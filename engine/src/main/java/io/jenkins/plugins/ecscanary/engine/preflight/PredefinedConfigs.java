package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The deployment configs for ECS that every account has (CodeDeploy user guide, "Predefined deployment configurations for an
 * Amazon ECS compute platform").
 */
final class PredefinedConfigs {

    private static final Map<String, TrafficPlan> PLANS = new LinkedHashMap<>();

    static {
        PLANS.put(
                "CodeDeployDefault.ECSLinear10PercentEvery1Minutes", new TrafficPlan.Linear(10, Duration.ofMinutes(1)));
        PLANS.put(
                "CodeDeployDefault.ECSLinear10PercentEvery3Minutes", new TrafficPlan.Linear(10, Duration.ofMinutes(3)));
        PLANS.put("CodeDeployDefault.ECSCanary10Percent5Minutes", new TrafficPlan.Canary(10, Duration.ofMinutes(5)));
        PLANS.put("CodeDeployDefault.ECSCanary10Percent15Minutes", new TrafficPlan.Canary(10, Duration.ofMinutes(15)));
        PLANS.put("CodeDeployDefault.ECSAllAtOnce", new TrafficPlan.AllAtOnce());
    }

    private PredefinedConfigs() {}

    static String names() {
        return String.join(", ", PLANS.keySet());
    }

    /** The config that shifts like this. */
    static Optional<String> of(TrafficPlan wanted) {
        return PLANS.entrySet().stream()
                .filter(config -> config.getValue().steps().equals(wanted.steps()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What to do to get a plan that the chosen config is not. */
    static String remedy(TrafficPlan wanted) {
        Optional<String> config = of(wanted);
        if (config.isPresent()) {
            return "use the deployment config " + config.get();
        }
        if (wanted instanceof TrafficPlan.Linear linear && wholeMinutes(linear.every())) {
            return "create a deployment config for ECS with TimeBasedLinear, " + linear.percent() + " % every "
                    + linear.every().toMinutes() + " min, and name it";
        }
        if (wanted instanceof TrafficPlan.Canary canary && wholeMinutes(canary.bake())) {
            return "create a deployment config for ECS with TimeBasedCanary, " + canary.percent() + " % for "
                    + canary.bake().toMinutes() + " min, and name it";
        }
        return "CodeDeploy shifts only in equal steps, in two steps or at once, in whole minutes; choose one of "
                + names() + ", and report the weights in between as milestones";
    }

    private static boolean wholeMinutes(Duration duration) {
        return duration.toSeconds() % 60 == 0;
    }
}
