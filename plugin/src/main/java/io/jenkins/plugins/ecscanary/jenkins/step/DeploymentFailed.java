package io.jenkins.plugins.ecscanary.jenkins.step;

import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Why the steps inside a deploying step were stopped. */
public final class DeploymentFailed extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String summary;

    DeploymentFailed(String summary) {
        this.summary = summary;
    }

    /** Whether a step was stopped for this. */
    static boolean isCauseOf(Throwable problem) {
        return problem instanceof FlowInterruptedException interrupted
                && interrupted.getCauses().stream().anyMatch(DeploymentFailed.class::isInstance);
    }

    @Override
    public String getShortDescription() {
        return summary;
    }
}
