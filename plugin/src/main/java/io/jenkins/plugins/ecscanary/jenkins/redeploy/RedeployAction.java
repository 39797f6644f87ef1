package io.jenkins.plugins.ecscanary.jenkins.redeploy;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.jenkins.access.Access;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OnAbort;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2;
import org.jenkinsci.plugins.workflow.flow.DurabilityHintProvider;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.flow.GlobalDefaultFlowDurabilityLevel;

/**
 * Makes a build ship a recorded revision again and do nothing else: in place of the job's own Pipeline, whatever it is made of, it
 * runs one step of ours in the sandbox. So no code of the job's runs, and nobody needs the right to change what runs.
 */
public final class RedeployAction extends InvisibleAction implements CpsFlowFactoryAction2, Queue.QueueAction {

    /** The step itself: a variable of that name in an implicit library would come before a plain call. */
    private static final String SCRIPT = "steps.ecsCanaryRedeploy()";

    private final String recordId;
    private final Access access;
    private final OnAbort onAbort;
    private final String approvers;
    private final String requireScan;

    /**
     * @param recordId whose revision is shipped
     * @param owner of the recorded one: what it said of access, aborts, approvers and scans counts again
     */
    RedeployAction(String recordId, Owner owner) {
        this.recordId = recordId;
        this.access = owner.access();
        this.onAbort = owner.onAbort();
        this.approvers = owner.approvers();
        this.requireScan = owner.requireScan();
    }

    public String recordId() {
        return recordId;
    }

    public Access access() {
        return access;
    }

    public OnAbort onAbort() {
        return onAbort;
    }

    public String approvers() {
        return approvers;
    }

    /** As the step has it; null where none is required. */
    public String requireScan() {
        return requireScan;
    }

    /** As durable as the job's own Pipeline would be. */
    @Override
    public CpsFlowExecution create(FlowDefinition definition, FlowExecutionOwner owner, List<? extends Action> actions)
            throws IOException {
        FlowDurabilityHint hint = owner.getExecutable() instanceof Run<?, ?> run
                ? DurabilityHintProvider.suggestedFor(run.getParent())
                : GlobalDefaultFlowDurabilityLevel.getDefaultDurabilityHint();
        return new CpsFlowExecution(SCRIPT, true, owner, hint);
    }

    /** Two of them are two deployments. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }
}
