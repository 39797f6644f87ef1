package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A number of tasks of one revision behind one target group. Guarded by the world's lock. */
final class TaskSet {

    enum Status {
        PRIMARY,
        ACTIVE,
        DRAINING
    }

    final Service service;
    final String id;
    final String arn;
    final TaskDefinition definition;
    final String targetGroupArn;
    final String containerName;
    final int containerPort;

    /** The deployment's id, or null for the set a service was created with. */
    final String externalId;

    final Instant createdAt;

    /** Those that are not STOPPED yet, oldest first. */
    final List<Task> tasks = new ArrayList<>();

    Status status;

    /** What its deployment says otherwise than the service; null where nothing does. */
    ServiceControl.Placement placement = new ServiceControl.Placement(null, null, null);

    /** It was PRIMARY before another one took over. */
    boolean replaced;

    double scale = 100;
    Instant updatedAt;
    boolean steady;
    Instant steadySince;

    int failedTasks;
    String lastFailure;

    /** Failures since the set was last steady; they slow down replacement. */
    int failuresInARow;

    /** While true no task is started: the pause after repeated failures. */
    boolean backingOff;

    TaskSet(
            Service service,
            String id,
            TaskDefinition definition,
            String targetGroupArn,
            String containerName,
            int containerPort,
            String externalId,
            Status status,
            Instant now) {
        this.service = service;
        this.id = id;
        this.arn = Arns.of("task-set", service.cluster.arn, service.name + "/" + id);
        this.definition = definition;
        this.targetGroupArn = targetGroupArn;
        this.containerName = containerName;
        this.containerPort = containerPort;
        this.externalId = externalId;
        this.status = status;
        this.createdAt = now;
        this.updatedAt = now;
        this.steadySince = now;
    }

    int computedDesiredCount() {
        return (int) Math.ceil(service.desiredCount * scale / 100);
    }

    List<Task> wanted() {
        return tasks.stream().filter(task -> !task.stopping()).toList();
    }

    int runningCount() {
        return (int) wanted().stream()
                .filter(task -> task.lastStatus == Task.Status.RUNNING)
                .count();
    }

    int pendingCount() {
        return wanted().size() - runningCount();
    }

    /** For the log: which side of a deployment this is. */
    String role() {
        return switch (status) {
            case PRIMARY -> "primary";
            case DRAINING -> "draining";
            case ACTIVE -> replaced || externalId == null ? "original" : "replacement " + externalId;
        };
    }

    /** How service events name it. */
    String eventName() {
        return "(service " + service.name + ", taskSet " + id + ")";
    }
}
