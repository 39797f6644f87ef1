package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import java.time.Instant;
import java.util.List;

/** One task: where it is in its life and why. Guarded by the world's lock; only {@link TaskLifecycle} moves it on. */
final class Task {

    /** In the order in which a task goes through them; a failure skips some. */
    enum Status {
        PROVISIONING,
        PENDING,
        ACTIVATING,
        RUNNING,
        DEACTIVATING,
        STOPPING,
        DEPROVISIONING,
        STOPPED
    }

    final Cluster cluster;

    /** Whose task it is, or null if RunTask started it. */
    final TaskSet set;

    final TaskSpec spec;
    final String id;
    final String arn;
    final String ip;
    final NetworkInterface network;
    final Instant createdAt;
    final List<TaskContainer> containers;

    List<Tag> tags;
    Status lastStatus = Status.PROVISIONING;
    long version = 1;
    Instant pullStartedAt;
    Instant pullStoppedAt;
    Instant startedAt;
    Instant stoppingAt;
    Instant executionStoppedAt;
    Instant stoppedAt;
    String stopCode;
    String stoppedReason;

    /** Its containers are being started, outside the lock. */
    boolean launching;

    boolean registered;

    /** The load balancer still knows its address, so no other task may get it. */
    boolean addressInUse;

    /** From now on the load balancer's verdict counts. */
    boolean graceOver;

    /** It has been healthy by every check there is; a failure after that says nothing about the revision. */
    boolean everHealthy;

    /** @param set null if RunTask started it */
    Task(Cluster cluster, TaskSet set, TaskSpec spec, Ids ids, String ip, NetworkInterface network, Instant createdAt) {
        this.cluster = cluster;
        this.set = set;
        this.spec = spec;
        this.id = ids.task();
        this.arn = Arns.of("task", cluster.arn, id);
        this.ip = ip;
        this.network = network;
        this.createdAt = createdAt;
        this.tags = spec.tags();
        this.containers = spec.definition().containerDefinitions().stream()
                .map(definition ->
                        new TaskContainer(definition, spec.overrides().of(definition.name()), ids.task()))
                .toList();
    }

    TaskDefinition definition() {
        return spec.definition();
    }

    /** Whether a load balancer sends to it. */
    boolean balanced() {
        return set != null && set.targetGroupArn != null;
    }

    String desiredStatus() {
        return stopping() ? "STOPPED" : "RUNNING";
    }

    /** Whether its desired status is STOPPED. */
    boolean stopping() {
        return stoppingAt != null;
    }

    void moveTo(Status status) {
        lastStatus = status;
        version++;
    }

    TargetAddress target() {
        return new TargetAddress(ip, set.containerPort);
    }

    /** HEALTHY if all essential containers' own checks say so, UNKNOWN while one has not, or none has a check. */
    TaskContainer.Health health() {
        List<TaskContainer> checked = containers.stream()
                .filter(container -> container.definition.essential() && container.checked())
                .toList();
        if (checked.stream().anyMatch(container -> container.health == TaskContainer.Health.UNHEALTHY)) {
            return TaskContainer.Health.UNHEALTHY;
        }
        return !checked.isEmpty()
                        && checked.stream().allMatch(container -> container.health == TaskContainer.Health.HEALTHY)
                ? TaskContainer.Health.HEALTHY
                : TaskContainer.Health.UNKNOWN;
    }

    /** Whether some essential container is checked, so that the task's health says something. */
    boolean checked() {
        return containers.stream().anyMatch(container -> container.definition.essential() && container.checked());
    }

    /** The load-balanced container has accepted a connection at some time. */
    boolean everListened() {
        return containers.stream()
                .filter(container -> container.definition.name().equals(set.containerName))
                .anyMatch(container -> container.listening);
    }

    /** The elastic network interface awsvpc gives a task, by its ids; the address is loopback's. */
    record NetworkInterface(String attachmentId, String interfaceId, String macAddress, String subnetId) {}
}
