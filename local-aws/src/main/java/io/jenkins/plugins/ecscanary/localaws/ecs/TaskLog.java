package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;

/** The readable line for each change of a task's state. */
final class TaskLog {

    private TaskLog() {}

    static void moved(World world, Task task) {
        TaskSet set = task.set;
        world.log(
                "ecs %s: task %s %s on %s:%d (%s, %s)",
                set.service.name,
                shortId(task),
                task.lastStatus,
                task.ip,
                set.containerPort,
                set.definition.shortName(),
                set.role());
    }

    static void stopping(World world, Task task) {
        world.log("ecs %s: task %s %s: %s", task.set.service.name, shortId(task), task.lastStatus, task.stoppedReason);
    }

    static void health(World world, Task task, TaskContainer container) {
        world.log(
                "ecs %s: task %s container %s %s by its health check",
                task.set.service.name, shortId(task), container.definition.name(), container.health);
    }

    private static String shortId(Task task) {
        return task.id.substring(0, 8) + "…";
    }
}
