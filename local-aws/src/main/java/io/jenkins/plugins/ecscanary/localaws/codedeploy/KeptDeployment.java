package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.Deployment.ErrorInformation;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.Deployment.RollbackInfo;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.LifecycleEvent;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Instant;
import java.util.List;

/**
 * A deployment as it is kept across restarts.
 *
 * @param groupId of its group, which may have been deleted since
 * @param progress how far it came; of one that is over, what a rollback needs to know
 */
record KeptDeployment(
        String id,
        String groupId,
        String applicationName,
        String groupName,
        DeploymentGroup.Settings settings,
        DeploymentConfig config,
        RevisionLocation revision,
        RevisionLocation previousRevision,
        String description,
        String creator,
        AutoRollbackConfiguration autoRollback,
        AlarmConfiguration overrideAlarms,
        String status,
        Instant createTime,
        Instant startTime,
        Instant completeTime,
        Instant lastUpdated,
        ErrorInformation error,
        RollbackInfo rollback,
        TaskSetInfo original,
        TaskSetInfo replacement,
        boolean terminationWaitStarted,
        List<LifecycleEvent> events,
        List<String> finishedHooks,
        KeptProgress progress) {

    KeptDeployment {
        events = List.copyOf(events);
        finishedHooks = List.copyOf(finishedHooks);
    }

    static KeptDeployment of(Deployment deployment, Instant now) {
        Deployment.Request request = deployment.request;
        return new KeptDeployment(
                deployment.id,
                deployment.group.id,
                deployment.group.applicationName,
                deployment.group.name,
                deployment.settings,
                request.config(),
                request.revision(),
                deployment.previousRevision,
                request.description(),
                request.creator(),
                request.autoRollback(),
                request.overrideAlarms(),
                deployment.status(),
                deployment.createTime,
                deployment.startTime(),
                deployment.completeTime(),
                deployment.lastUpdated(),
                deployment.error(),
                deployment.rollback(),
                deployment.original,
                deployment.replacement,
                deployment.terminationWaitStarted,
                deployment.events.all(),
                List.copyOf(deployment.finishedHooks),
                KeptProgress.of(deployment.progress, now));
    }

    /** @throws IllegalArgumentException if it makes no sense */
    Deployment restored(DeploymentGroup group, Instant now) {
        Deployment deployment = new Deployment(
                id,
                group,
                settings,
                new Deployment.Request(config, revision, appSpec(), description, creator, autoRollback, overrideAlarms),
                previousRevision,
                createTime);
        deployment.restore(status, startTime, completeTime, lastUpdated, error, rollback);
        deployment.original = original;
        deployment.replacement = replacement;
        deployment.terminationWaitStarted = terminationWaitStarted;
        deployment.events = LifecycleEvents.of(events);
        deployment.finishedHooks.addAll(finishedHooks);
        progress.into(deployment.progress, now);
        requireSomethingToDo(deployment);
        return deployment;
    }

    private void requireSomethingToDo(Deployment deployment) {
        boolean waits = "Created".equals(status)
                || deployment.progress.waiting != Progress.Wait.NONE
                || deployment.progress.stopRequested
                || deployment.events.inProgress().isPresent();
        if (!deployment.isOver() && !waits) {
            throw new IllegalArgumentException(
                    "deployment " + id + " is " + status + " with no lifecycle event in progress and no wait");
        }
    }

    private AppSpec appSpec() {
        try {
            return AppSpec.of(revision);
        } catch (AwsError e) {
            throw new IllegalArgumentException("deployment " + id + ": " + e.getMessage(), e);
        }
    }
}
