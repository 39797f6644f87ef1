package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;

/**
 * Looks whether a started container binds its own address, and stops the task with the reason if it never does. A task on
 * its own need not serve anything, so there it only has to keep off the others' addresses.
 */
final class BindingWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration INTERVAL_FLOOR = Duration.ofMillis(200);

    private final World world;
    private final Timings timings;
    private final Background background;
    private final HostContract contract;
    private final TaskShutdown shutdown;

    BindingWatch(World world, Timings timings, Background background, HostContract contract, TaskShutdown shutdown) {
        this.world = world;
        this.timings = timings;
        this.background = background;
        this.contract = contract;
        this.shutdown = shutdown;
    }

    void start(Task task) {
        for (TaskContainer container : task.containers) {
            if (container.definition.firstPort() != 0) {
                look(task, container);
                if (task.set != null) {
                    world.after(timings.startUpAllowance(), timings.startUpFloor(), () -> giveUp(task, container));
                }
            }
        }
    }

    private void look(Task task, TaskContainer container) {
        if (task.stopping() || !container.alive()) {
            return;
        }
        int port = container.definition.firstPort();
        background.execute(() -> {
            HostContract.Binding binding = contract.binding(task.ip, port);
            background.report(() -> found(task, container, binding));
        });
    }

    private void found(Task task, TaskContainer container, HostContract.Binding binding) {
        switch (binding) {
            case NONE -> world.after(INTERVAL, INTERVAL_FLOOR, () -> look(task, container));
            case ITS_OWN -> container.listening = true;
            case ALL_ADDRESSES -> refuse(task, container, HostContract.bindsAll(container.definition.firstPort()));
        }
    }

    private void giveUp(Task task, TaskContainer container) {
        if (!container.listening && container.alive()) {
            Duration waited = Duration.between(startOf(task), world.now());
            refuse(
                    task,
                    container,
                    HostContract.nothingListens(task.ip, container.definition.firstPort()) + " (waited "
                            + waited.toSeconds() + " s)");
        }
    }

    private static Instant startOf(Task task) {
        return task.pullStoppedAt;
    }

    private void refuse(Task task, TaskContainer container, String why) {
        container.reason = why;
        shutdown.fail(
                task,
                "TaskFailedToStart",
                "CannotStartContainerError: container " + container.definition.name() + ": " + why);
    }
}
