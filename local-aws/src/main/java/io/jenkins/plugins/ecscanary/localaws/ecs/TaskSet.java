package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A number of tasks of one revision, behind one target group if the service has a load balancer. Guarded by the world's
 * lock.
 */
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

    /** Null without a load balancer, as is the container's name. */
    final String targetGroupArn;

    final String containerName;
    final int containerPort;

    /** The deployment's id, or null for the set a service was created with. */
    final String externalId;

    final Instant createdAt;

    /** Those that are not STOPPED yet, oldest first. */
    final List<Task> tasks = new ArrayList<>();

    Status status;

    /** The service's, but for what its deployment says otherwise. */
    ServiceRevision revision;

    /** It was PRIMARY before another one took over. */
    boolean replaced;

    /** Where the controller is ECS; null elsewhere. */
    Deployment deployment;

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

    TaskSet(Service service, String id, ServiceRevision revision, String externalId, Status status, Instant now) {
        this.service = service;
        this.id = id;
        this.arn = Arns.of("task-set", service.cluster.arn, service.name + "/" + id);
        this.revision = revision;
        this.definition = revision.definition();
        boolean balanced = revision.loadBalancer() != null;
        this.targetGroupArn = balanced ? revision.loadBalancer().targetGroupArn() : null;
        this.containerName = balanced ? revision.loadBalancer().containerName() : null;
        this.containerPort = balanced ? revision.loadBalancer().containerPort() : 0;
        this.externalId = externalId;
        this.status = status;
        this.createdAt = now;
        this.updatedAt = now;
        this.steadySince = now;
    }

    /** Where its next task goes, or null where there is a launch type. */
    String nextCapacityProvider() {
        return CapacityProviders.next(
                revision.capacityProviderStrategy(),
                wanted().stream()
                        .filter(task -> task.spec.capacityProvider() != null)
                        .collect(Collectors.groupingBy(task -> task.spec.capacityProvider(), Collectors.counting())));
    }

    int computedDesiredCount() {
        return deployment != null ? deployment.wanted : (int) Math.ceil(service.desiredCount * scale / 100);
    }

    /** False for a newest deployment that is to have more tasks than the rolling update wants of it so far. */
    boolean isWhole() {
        return deployment == null || status != Status.PRIMARY || deployment.wanted == service.desiredCount;
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
        if (deployment != null) {
            return "deployment " + id;
        }
        return switch (status) {
            case PRIMARY -> "primary";
            case DRAINING -> "draining";
            case ACTIVE -> replaced || externalId == null ? "original" : "replacement " + externalId;
        };
    }

    /** For the log: what it is called. */
    String kindAndId() {
        return (deployment != null ? "deployment " : "task set ") + id;
    }

    /** How service events name it. */
    String eventName() {
        return deployment != null
                ? "(service " + service.name + ")"
                : "(service " + service.name + ", taskSet " + id + ")";
    }
}
