package io.jenkins.plugins.ecscanary.localaws.ecs;

/**
 * How the roll-out of a task set goes where the controller is ECS: there each task set is a deployment. Guarded by the
 * world's lock.
 */
final class Deployment {

    enum State {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    State state = State.IN_PROGRESS;
    String reason;

    /** How many tasks the rolling update wants of it at present. */
    int wanted;

    /** Tasks that failed since one of this deployment was last healthy. */
    int failedTasks;

    /** It has been told that the configuration leaves no room to start or stop anything. */
    boolean stuckTold;

    Deployment(String id) {
        reason = "ECS deployment " + id + " in progress.";
    }

    boolean inProgress() {
        return state == State.IN_PROGRESS;
    }
}
