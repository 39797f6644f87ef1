package io.jenkins.plugins.ecscanary.jenkins.step;

import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Why the steps inside a deploying step were stopped. */
public final class DeploymentFailed extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    /** Null where it was kept by a version that did not note it. */
    private final String id;

    private final String summary;

    /** @param id the record's */
    DeploymentFailed(String id, String summary) {
        this.id = id;
        this.summary = summary;
    }

    /** Whether something was stopped because that deployment failed; another one's failure is one like any other's. */
    static boolean isCauseOf(Throwable problem, String id) {
        return problem instanceof FlowInterruptedException interrupted
                && interrupted.getCauses().stream()
                        .anyMatch(cause -> cause instanceof DeploymentFailed failed && failed.isOf(id));
    }

    /** Whether it was stopped because some deployment failed. */
    static boolean isCauseOf(Throwable problem) {
        return problem instanceof FlowInterruptedException interrupted
                && interrupted.getCauses().stream().anyMatch(DeploymentFailed.class::isInstance);
    }

    private boolean isOf(String other) {
        return id == null || id.equals(other);
    }

    @Override
    public String getShortDescription() {
        return summary;
    }
}
