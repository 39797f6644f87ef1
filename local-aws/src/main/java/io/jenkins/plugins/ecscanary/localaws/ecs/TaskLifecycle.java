package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.Task.Status;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskLauncher.Launch;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.CannotStart;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.Container;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.List;

/**
 * Walks a task up: PROVISIONING, PENDING, ACTIVATING, RUNNING; {@link TaskShutdown} walks it down again. Everything is
 * called holding the world's lock; containers are started in the background meanwhile.
 */
final class TaskLifecycle {

    private final World world;
    private final Timings timings;
    private final Background background;
    private final LoadBalancing loadBalancing;
    private final TaskLauncher launcher;
    private final TaskShutdown shutdown;
    private final ContainerHealthChecks healthChecks;
    private final BindingWatch bindingWatch;
    private final TaskListener listener;

    TaskLifecycle(
            World world,
            Timings timings,
            Background background,
            LoadBalancing loadBalancing,
            TaskLauncher launcher,
            TaskShutdown shutdown,
            HostContract contract,
            TaskListener listener) {
        this.world = world;
        this.timings = timings;
        this.background = background;
        this.loadBalancing = loadBalancing;
        this.launcher = launcher;
        this.shutdown = shutdown;
        this.healthChecks = new ContainerHealthChecks(world, timings, background, listener);
        this.bindingWatch = new BindingWatch(world, timings, background, contract, shutdown);
        this.listener = listener;
    }

    void begin(Task task) {
        TaskLog.moved(world, task);
        after(timings.provisioning(), () -> pull(task));
    }

    private void pull(Task task) {
        if (task.stopping()) {
            return;
        }
        task.moveTo(Status.PENDING);
        task.pullStartedAt = world.now();
        listener.changed();
        after(timings.pulling(), () -> launch(task));
    }

    private void launch(Task task) {
        if (task.stopping()) {
            return;
        }
        task.pullStoppedAt = world.now();
        List<Launch> launches;
        try {
            launches = launcher.prepare(task);
        } catch (CannotStart e) {
            shutdown.fail(task, "TaskFailedToStart", e.getMessage());
            return;
        }
        task.moveTo(Status.ACTIVATING);
        task.launching = true;
        listener.changed();
        background.execute(() -> start(task, launches));
    }

    private void start(Task task, List<Launch> launches) {
        try {
            List<Container> started = launcher.start(launches);
            background.report(() -> started(task, started));
        } catch (CannotStart e) {
            background.report(() -> notStarted(task, e.getMessage()));
        } catch (RuntimeException e) {
            background.report(() -> notStarted(task, "CannotStartContainerError: " + e));
            throw e;
        }
    }

    private void notStarted(Task task, String reason) {
        task.launching = false;
        if (task.stopping()) {
            shutdown.stopContainers(task);
        } else {
            shutdown.fail(task, "TaskFailedToStart", reason);
        }
    }

    private void started(Task task, List<Container> started) {
        task.launching = false;
        for (int i = 0; i < started.size(); i++) {
            task.containers.get(i).running = started.get(i);
            task.containers.get(i).startedAt = world.now();
        }
        for (TaskContainer container : task.containers) {
            container
                    .running
                    .exited()
                    .whenComplete((code, error) -> background.report(() -> shutdown.exited(task, container, code)));
        }
        if (task.stopping()) {
            if (task.lastStatus == Status.ACTIVATING) {
                shutdown.stopContainers(task);
            }
            return;
        }
        bindingWatch.start(task);
        healthChecks.start(task);
        after(timings.activating(), () -> run(task));
    }

    private void run(Task task) {
        if (task.stopping()) {
            return;
        }
        task.moveTo(Status.RUNNING);
        task.startedAt = world.now();
        TaskLog.moved(world, task);
        if (task.balanced()) {
            task.registered = true;
            task.addressInUse = true;
            loadBalancing.register(task.set.targetGroupArn, task.target());
            task.set.service.events.add(
                    task.set.eventName() + " registered 1 targets in (target-group " + task.set.targetGroupArn + ")");
        }
        if (task.set != null) {
            Duration grace = Duration.ofSeconds(task.set.service.healthCheckGracePeriodSeconds);
            world.after(grace, timings.graceFloor(), () -> {
                task.graceOver = true;
                listener.changed();
            });
        }
        listener.changed();
    }

    private void after(Timings.Span span, Runnable action) {
        world.after(world.ids().between(span.min(), span.max()), action);
    }
}
