package io.jenkins.plugins.ecscanary.jenkins.redeploy;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import java.util.List;

/** Makes the deploying step of a build that runs its job's own Pipeline ship a recorded revision instead of what it names. */
public final class PipelineRedeployAction extends InvisibleAction implements Queue.QueueAction {

    private final RecordedRevision revision;

    PipelineRedeployAction(RecordedRevision revision) {
        this.revision = revision;
    }

    public RecordedRevision revision() {
        return revision;
    }

    /** Two of them are two deployments. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }
}
