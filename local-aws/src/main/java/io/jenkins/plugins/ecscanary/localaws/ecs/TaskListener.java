package io.jenkins.plugins.ecscanary.localaws.ecs;

/** Hears what becomes of tasks. Called holding the world's lock. */
interface TaskListener {

    void changed();

    /** The task is being stopped for a reason of its own, not because it is no longer wanted. */
    void failed(Task task);
}
