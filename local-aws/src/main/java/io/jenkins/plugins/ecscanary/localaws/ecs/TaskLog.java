package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;

/** The readable line for each change of a task's state. */
final class TaskLog {

    private TaskLog() {}

    static void moved(World world, Task task) {
        world.log(
                "ecs %s: task %s %s on %s (%s, %s)",
                owner(task),
                shortId(task),
                task.lastStatus,
                task.balanced() ? task.ip + ":" + task.set.containerPort : task.ip,
                task.definition().shortName(),
                task.set == null ? "on its own" : task.set.role());
    }

    static void stopping(World world, Task task) {
        world.log("ecs %s: task %s %s: %s", owner(task), shortId(task), task.lastStatus, task.stoppedReason);
    }

    static void health(World world, Task task, TaskContainer container) {
        world.log(
                "ecs %s: task %s container %s %s by its health check",
                owner(task), shortId(task), container.definition.name(), container.health);
    }

    private static String owner(Task task) {
        return task.set == null ? task.spec.group() : task.set.service.name;
    }

    private static String shortId(Task task) {
        return task.id.substring(0, 8) + "…";
    }
}
