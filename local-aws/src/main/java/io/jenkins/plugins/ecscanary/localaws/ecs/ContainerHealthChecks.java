package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.ContainerDefinition.HealthCheck;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskContainer.Health;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Runs the health checks of the task definition, as Docker does: the first one {@code interval} after the start,
 * failures within {@code startPeriod} do not count until one check has passed, {@code retries} in a row make the
 * container UNHEALTHY.
 */
final class ContainerHealthChecks {

    private final World world;
    private final Timings timings;
    private final Background background;
    private final TaskListener listener;

    ContainerHealthChecks(World world, Timings timings, Background background, TaskListener listener) {
        this.world = world;
        this.timings = timings;
        this.background = background;
        this.listener = listener;
    }

    void start(Task task) {
        for (TaskContainer container : task.containers) {
            if (container.checked()) {
                HealthCheck check = container.definition.healthCheck();
                Instant counting = world.now().plusSeconds(check.startPeriodSeconds());
                schedule(new Run(task, container, check, counting), 0);
            }
        }
    }

    private void schedule(Run run, int failures) {
        world.after(Duration.ofSeconds(run.check.interval()), timings.healthCheckFloor(), () -> check(run, failures));
    }

    private void check(Run run, int failures) {
        if (run.task.stopping() || !run.container.alive()) {
            return;
        }
        List<String> command =
                run.check.command().subList(1, run.check.command().size());
        Duration timeout = wallClock(Duration.ofSeconds(run.check.timeout()));
        background.execute(() -> run.container
                .running
                .exec(command, timeout)
                .whenComplete(
                        (code, error) -> background.report(() -> judge(run, failures, error == null && code == 0))));
    }

    private void judge(Run run, int failures, boolean passed) {
        if (run.task.stopping() || !run.container.alive()) {
            return;
        }
        if (passed) {
            become(run, Health.HEALTHY);
            schedule(run, 0);
            return;
        }
        boolean counts = run.container.health != Health.UNKNOWN || !world.now().isBefore(run.counting);
        int inARow = counts ? failures + 1 : failures;
        if (inARow >= run.check.retries()) {
            become(run, Health.UNHEALTHY);
        }
        schedule(run, inARow);
    }

    private void become(Run run, Health health) {
        if (run.container.health != health) {
            run.container.health = health;
            TaskLog.health(world, run.task, run.container);
            listener.changed();
        }
    }

    /** A check is a real process, so its time-out is scaled only down to the floor. */
    private Duration wallClock(Duration simulated) {
        Duration scaled =
                Duration.ofNanos((long) (simulated.toNanos() / world.time().speed()));
        return scaled.compareTo(timings.healthCheckFloor()) < 0 ? timings.healthCheckFloor() : scaled;
    }

    /** @param counting from when on failures count */
    private record Run(Task task, TaskContainer container, HealthCheck check, Instant counting) {}
}
