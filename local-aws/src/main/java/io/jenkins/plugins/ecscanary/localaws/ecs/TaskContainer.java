package io.jenkins.plugins.ecscanary.localaws.ecs;

/** One container of a task. Guarded by the world's lock. */
final class TaskContainer {

    enum Health {
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    final ContainerDefinition definition;

    /** What the task runtime started; null before. */
    TaskRuntime.Container running;

    String imageDigest;
    Integer exitCode;
    boolean exited;
    String reason;
    Health health = Health.UNKNOWN;
    boolean listening;

    TaskContainer(ContainerDefinition definition) {
        this.definition = definition;
    }

    boolean checked() {
        return definition.healthCheck() != null && definition.healthCheck().isCheck();
    }

    boolean alive() {
        return running != null && !exited;
    }

    String lastStatus(Task task) {
        if (exited || task.lastStatus == Task.Status.STOPPED) {
            return "STOPPED";
        }
        return running == null ? "PENDING" : "RUNNING";
    }
}
