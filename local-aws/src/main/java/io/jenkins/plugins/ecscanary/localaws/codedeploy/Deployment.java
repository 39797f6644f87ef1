package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** A deployment's state: what GetDeployment and the deployment target show. Guarded by the world's lock. */
final class Deployment {

    /** The creator of a rollback deployment. */
    static final String ROLLBACK = "codeDeployRollback";

    private static final Set<String> OVER = Set.of("Succeeded", "Failed", "Stopped");

    final String id;
    final DeploymentGroup group;
    final Request request;
    final Instant createTime;
    final RevisionLocation previousRevision;
    final DeploymentGroup.Settings settings;
    final Progress progress = new Progress();

    /** Ids of the hooks that were run to their end. */
    final Set<String> finishedHooks = new LinkedHashSet<>();

    LifecycleEvents events = new LifecycleEvents();

    private String status = "Created";
    private Instant startTime;
    private Instant completeTime;
    private Instant lastUpdated;
    private ErrorInformation error;
    private RollbackInfo rollback;

    /** The task sets as last seen; null while there is none. */
    TaskSetInfo original;

    TaskSetInfo replacement;

    boolean terminationWaitStarted;

    Deployment(
            String id,
            DeploymentGroup group,
            DeploymentGroup.Settings settings,
            Request request,
            RevisionLocation previousRevision,
            Instant createTime) {
        this.id = id;
        this.group = group;
        this.settings = settings;
        this.request = request;
        this.previousRevision = previousRevision;
        this.createTime = createTime;
        this.lastUpdated = createTime;
    }

    void inProgress(Instant now) {
        status = "InProgress";
        startTime = now;
        lastUpdated = now;
    }

    void ready(Instant now) {
        status = "Ready";
        lastUpdated = now;
    }

    void continued(Instant now) {
        status = "InProgress";
        lastUpdated = now;
    }

    void end(String finalStatus, ErrorInformation cause, Instant now) {
        status = finalStatus;
        error = cause;
        completeTime = now;
        lastUpdated = now;
    }

    void touch(Instant now) {
        lastUpdated = now;
    }

    /** Takes over what another process kept. */
    void restore(
            String keptStatus,
            Instant started,
            Instant completed,
            Instant updated,
            ErrorInformation cause,
            RollbackInfo link) {
        status = keptStatus;
        startTime = started;
        completeTime = completed;
        lastUpdated = updated;
        error = cause;
        rollback = link;
    }

    /** Both deployments of a rollback tell of each other. */
    static void link(Deployment stopped, Deployment rollback) {
        stopped.rollback = new RollbackInfo(
                rollback.id,
                null,
                "Deployment " + stopped.id + " terminated. Automatic rollback is triggered with a DeploymentId "
                        + rollback.id + ".");
        rollback.rollback = new RollbackInfo(
                null,
                stopped.id,
                "Deployment " + rollback.id + " is triggered to roll back deployment " + stopped.id + ".");
    }

    boolean isRollback() {
        return ROLLBACK.equals(request.creator());
    }

    boolean isOver() {
        return OVER.contains(status);
    }

    String status() {
        return status;
    }

    Instant startTime() {
        return startTime;
    }

    Instant completeTime() {
        return completeTime;
    }

    Instant lastUpdated() {
        return lastUpdated;
    }

    ErrorInformation error() {
        return error;
    }

    RollbackInfo rollback() {
        return rollback;
    }

    /** A deployment's own alarms, if it came with some, replace the group's: they do not add to them. */
    AlarmConfiguration alarms() {
        return request.overrideAlarms() != null ? request.overrideAlarms() : settings.alarms();
    }

    AutoRollbackConfiguration autoRollback() {
        return request.autoRollback() != null ? request.autoRollback() : settings.autoRollback();
    }

    /**
     * What was asked for.
     *
     * @param creator {@code user} or {@code codeDeployRollback}
     * @param autoRollback null for the group's
     * @param overrideAlarms null for the group's
     */
    record Request(
            DeploymentConfig config,
            RevisionLocation revision,
            AppSpec appSpec,
            String description,
            String creator,
            AutoRollbackConfiguration autoRollback,
            AlarmConfiguration overrideAlarms) {}

    /** As on the wire. */
    record ErrorInformation(String code, String message) {}

    /** As on the wire. */
    record RollbackInfo(String rollbackDeploymentId, String rollbackTriggeringDeploymentId, String rollbackMessage) {}
}
