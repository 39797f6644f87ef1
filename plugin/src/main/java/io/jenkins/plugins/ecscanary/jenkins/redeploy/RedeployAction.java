package io.jenkins.plugins.ecscanary.jenkins.redeploy;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * Makes a build ship a recorded revision again and do nothing else: in place of the job's own Pipeline, whatever it is made of, it
 * runs one step of ours in the sandbox. So no code of the job's runs, and nobody needs the right to change what runs.
 */
public final class RedeployAction extends InvisibleAction implements CpsFlowFactoryAction2, Queue.QueueAction {

    private static final String SCRIPT = "ecsCanaryRedeploy()";

    private final String recordId;
    private final Access access;
    private final String approvers;

    /**
     * @param recordId whose revision is shipped
     * @param access as the job has reached the service before
     * @param approvers who may promote, as for the recorded one
     */
    public RedeployAction(String recordId, Access access, String approvers) {
        this.recordId = recordId;
        this.access = access;
        this.approvers = approvers;
    }

    public String recordId() {
        return recordId;
    }

    public Access access() {
        return access;
    }

    public String approvers() {
        return approvers;
    }

    @Override
    public CpsFlowExecution create(FlowDefinition definition, FlowExecutionOwner owner, List<? extends Action> actions)
            throws IOException {
        return new CpsFlowExecution(SCRIPT, true, owner);
    }

    /** Two of them are two deployments. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }
}
