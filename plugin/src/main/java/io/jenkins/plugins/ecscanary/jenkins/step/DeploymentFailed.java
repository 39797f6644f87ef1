package io.jenkins.plugins.ecscanary.jenkins.step;

import jenkins.model.CauseOfInterruption;

/** Why the steps inside a deploying step were stopped. */
public final class DeploymentFailed extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String summary;

    DeploymentFailed(String summary) {
        this.summary = summary;
    }

    @Override
    public String getShortDescription() {
        return summary;
    }
}
