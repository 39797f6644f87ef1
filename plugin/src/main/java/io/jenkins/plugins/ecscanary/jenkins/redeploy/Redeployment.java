package io.jenkins.plugins.ecscanary.jenkins.redeploy;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;

/** Schedules a build that ships a recorded revision again, in the one way that the recorded step has declared. */
public final class Redeployment {

    private Redeployment() {}

    /**
     * @param run the build whose deployment is shipped again, of the same job
     * @return what waits in the queue now
     * @throws IllegalArgumentException saying why it can't be
     */
    public static Queue.Item schedule(Run<?, ?> run, String recordId) {
        RecordSummary record = Deployments.get()
                .records()
                .find(recordId)
                .orElseThrow(() -> new IllegalArgumentException(Messages.Redeployment_NeverBegun(recordId)));
        if (record.verdict() == null) {
            throw new IllegalArgumentException(Messages.Redeployment_NotOver());
        }
        RecordedRevision revision = new RecordedRevision(record);
        Owner owner = Deployments.get()
                .owner(recordId)
                .orElseThrow(() -> new IllegalArgumentException(Messages.Redeployment_NoOwner()));
        Job<?, ?> job = run.getParent();
        List<Action> actions = new ArrayList<>();
        actions.add(new CauseAction(new Cause.UserIdCause(), new RedeployCause(recordId, run)));
        actions.add(
                owner.redeploy() == RedeployMode.PIPELINE
                        ? new PipelineRedeployAction(revision)
                        : new RedeployAction(recordId, owner));
        for (ParametersAction parameters : run.getActions(ParametersAction.class)) {
            actions.add(handedOn(parameters, owner.redeploy()));
        }
        Queue.Item item = ParameterizedJobMixIn.scheduleBuild2(job, 0, actions.toArray(new Action[0]));
        if (item == null) {
            throw new IllegalArgumentException(Messages.Redeployment_NotBuildable(job.getFullDisplayName()));
        }
        return item;
    }

    /** Secrets that somebody gave to one build are not another one's: Pipeline's own Replay hands on none, either. */
    private static ParametersAction handedOn(ParametersAction parameters, RedeployMode mode) {
        List<String> secret = parameters.getParameters().stream()
                .filter(ParameterValue::isSensitive)
                .map(ParameterValue::getName)
                .toList();
        if (secret.isEmpty()) {
            return parameters;
        }
        if (mode == RedeployMode.PIPELINE) {
            throw new IllegalArgumentException(Messages.Redeployment_SecretParameters(String.join(", ", secret)));
        }
        // Nothing in such a build reads them.
        return new ParametersAction(
                parameters.getParameters().stream()
                        .filter(value -> !value.isSensitive())
                        .toList(),
                parameters.getParameters().stream().map(ParameterValue::getName).toList());
    }
}
