package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.Task.Status;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;

/**
 * Walks a task down: DEACTIVATING (out of the target group, requests in flight finish), STOPPING (SIGTERM, stop time-out,
 * SIGKILL), DEPROVISIONING, STOPPED. Called holding the world's lock.
 */
final class TaskShutdown {

    private final World world;
    private final Timings timings;
    private final Background background;
    private final LoadBalancing loadBalancing;
    private final LoopbackAddresses addresses;
    private final TaskListener listener;

    TaskShutdown(
            World world,
            Timings timings,
            Background background,
            LoadBalancing loadBalancing,
            LoopbackAddresses addresses,
            TaskListener listener) {
        this.world = world;
        this.timings = timings;
        this.background = background;
        this.loadBalancing = loadBalancing;
        this.addresses = addresses;
        this.listener = listener;
    }

    /** Because it is no longer wanted. */
    void stop(Task task, String stopCode, String reason) {
        if (!task.stopping()) {
            mark(task, stopCode, reason);
            deactivate(task, true);
        }
    }

    /** Because something is wrong with it. */
    void fail(Task task, String stopCode, String reason) {
        if (!task.stopping()) {
            mark(task, stopCode, reason);
            listener.failed(task);
            boolean serving = task.containers.stream()
                    .filter(container -> container.definition.essential())
                    .allMatch(TaskContainer::alive);
            deactivate(task, serving);
        }
    }

    /** A container has exited, asked to or not. */
    void exited(Task task, TaskContainer container, Integer code) {
        container.exited = true;
        container.exitCode = code;
        container.finishedAt = world.now();
        task.version++;
        if (task.stopping()) {
            if (task.lastStatus == Status.STOPPING) {
                deprovisionIfExited(task);
            }
        } else if (container.definition.essential()) {
            fail(task, "EssentialContainerExited", "Essential container in task exited");
        }
        listener.changed();
    }

    /** SIGTERM to all containers, SIGKILL after each one's own stop time-out. */
    void stopContainers(Task task) {
        if (task.containers.stream().anyMatch(TaskContainer::alive)) {
            task.moveTo(Status.STOPPING);
            for (TaskContainer container : task.containers) {
                if (container.alive()) {
                    Duration grace = Duration.ofSeconds(container.definition.stopTimeoutSeconds());
                    background.execute(() -> container.running.stop(grace));
                }
            }
        } else {
            deprovisionIfExited(task);
        }
        listener.changed();
    }

    private void mark(Task task, String stopCode, String reason) {
        task.stoppingAt = world.now();
        task.stopCode = stopCode;
        task.stoppedReason = reason;
        task.version++;
        listener.changed();
    }

    /** @param wait for requests in flight; pointless where nothing is left to answer them */
    private void deactivate(Task task, boolean wait) {
        if (task.launching) {
            return; // goes on when the start has been reported
        }
        if (!task.registered) {
            stopContainers(task);
            return;
        }
        task.moveTo(Status.DEACTIVATING);
        TaskLog.stopping(world, task);
        task.registered = false;
        task.set.service.events.add(
                task.set.eventName() + " deregistered 1 targets in (target-group " + task.set.targetGroupArn + ")");
        loadBalancing.deregister(task.set.targetGroupArn, task.target(), () -> {
            task.addressInUse = false;
            if (task.lastStatus == Status.STOPPED) {
                addresses.free(task.ip);
            } else if (wait) {
                stopContainers(task);
            }
        });
        if (!wait) {
            stopContainers(task);
        }
    }

    private void deprovisionIfExited(Task task) {
        if (task.containers.stream().anyMatch(TaskContainer::alive)) {
            return;
        }
        task.executionStoppedAt = world.now();
        task.moveTo(Status.DEPROVISIONING);
        world.after(
                world.ids()
                        .between(
                                timings.deprovisioning().min(),
                                timings.deprovisioning().max()),
                () -> stopped(task));
    }

    private void stopped(Task task) {
        task.moveTo(Status.STOPPED);
        task.stoppedAt = world.now();
        if (task.set != null) {
            task.set.tasks.remove(task);
        }
        if (!task.addressInUse) {
            addresses.free(task.ip);
        }
        TaskLog.stopping(world, task);
        world.after(timings.keepStopped(), () -> task.cluster.tasks.remove(task.id));
        listener.changed();
    }
}
