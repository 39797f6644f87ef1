package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.AppSpecShapes;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.LoadBalancerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import java.util.ArrayList;
import java.util.List;

/** Can AWS be given what the AppSpec says beyond the task definition? */
final class AppSpecChecks {

    private static final String NAME = "appspec";

    private final Checks checks;
    private final AppSpecExtras wanted;

    AppSpecChecks(Checks checks, AppSpecExtras wanted) {
        this.checks = checks;
        this.wanted = wanted;
    }

    /**
     * @param lb the service's, or null if it could not be read
     * @param group or null if it could not be read
     */
    void check(LoadBalancerSeen lb, GroupSeen group) {
        if (wanted.equals(AppSpecExtras.NONE)) {
            return;
        }
        List<String> problems = new ArrayList<>(AppSpecShapes.problems(wanted));
        if (lb != null
                && wanted.containerName() != null
                && !wanted.containerName().equals(lb.containerName())) {
            problems.add("ContainerName: it is " + wanted.containerName()
                    + ", but the service's load balancer sends requests to container " + lb.containerName());
        }
        if (lb != null && wanted.containerPort() != null && wanted.containerPort() != lb.containerPort()) {
            problems.add("ContainerPort: it is " + wanted.containerPort()
                    + ", but the service's load balancer sends requests to port " + lb.containerPort());
        }
        if (!problems.isEmpty()) {
            checks.refused(NAME, String.join("; ", problems), "correct the AppSpec");
        } else if (wanted.hooks().containsKey("AfterAllowTestTraffic")
                && group != null
                && group.testListenerArn() == null) {
            checks.warned(
                    NAME,
                    "there is a hook for AfterAllowTestTraffic, but the deployment group has no test listener",
                    "give the group a test listener, or leave the hook out");
        } else {
            checks.passed(NAME, words());
        }
    }

    private String words() {
        List<String> parts = new ArrayList<>();
        wanted.hooks().forEach((event, function) -> parts.add("hook " + event + ": " + function));
        if (wanted.networkConfiguration() != null) {
            parts.add("its own network configuration");
        }
        if (wanted.capacityProviderStrategy() != null) {
            parts.add("its own capacity provider strategy");
        }
        if (wanted.platformVersion() != null) {
            parts.add("platform version " + wanted.platformVersion());
        }
        return parts.isEmpty() ? "the service's container and port" : String.join(", ", parts);
    }
}
