package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import java.time.Duration;
import java.util.List;

/**
 * How traffic is to be shifted and judged, whatever is deployed.
 *
 * @param deploymentConfig a CodeDeploy config's name, or null for the group's own
 */
public record PlanSettings(
        String deploymentConfig, Criterion criterion, List<String> alarms, List<Integer> milestones, Duration timeout) {

    /** Longer than any predefined config with its usual waits takes. */
    private static final Duration TIMEOUT = Duration.ofHours(2);

    /** What holds where nobody says anything. */
    public static final PlanSettings DEFAULT =
            new PlanSettings(null, Criterion.REFERENCE, List.of(), DeploymentRequest.REFERENCE_MILESTONES, TIMEOUT);

    public PlanSettings {
        alarms = List.copyOf(alarms);
        milestones = List.copyOf(milestones);
    }

    /** As an earlier deployment had it. */
    public static PlanSettings of(Planned planned) {
        return new PlanSettings(
                planned.codeDeploy().config(),
                planned.criterion(),
                planned.alarms(),
                planned.milestones(),
                planned.timeout());
    }
}
