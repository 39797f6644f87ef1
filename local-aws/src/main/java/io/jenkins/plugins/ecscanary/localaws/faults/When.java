package io.jenkins.plugins.ecscanary.localaws.faults;

/** Whether the operation has really run when its answer goes wrong. */
public enum When {
    /** It has not: nothing was done. */
    BEFORE,
    /** It has: what was asked for is done, and only the answer is lost. */
    AFTER
}
