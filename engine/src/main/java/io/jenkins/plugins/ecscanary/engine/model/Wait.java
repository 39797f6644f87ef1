package io.jenkins.plugins.ecscanary.engine.model;

/** What AWS can wait for in the middle of a deployment, and someone can end. */
public enum Wait {
    /** Before traffic shifts: for someone to let it go on. If nobody does in time, AWS stops the deployment. */
    READY,
    /** After the last shift: before the original task set is stopped. Ended, AWS completes the deployment at once. */
    TERMINATION
}
