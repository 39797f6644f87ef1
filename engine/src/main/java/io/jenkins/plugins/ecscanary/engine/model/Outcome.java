package io.jenkins.plugins.ecscanary.engine.model;

/** How a deployment ended. */
public enum Outcome {
    /** All traffic is on the replacement and AWS completed the deployment; weights and health were read back. */
    PROMOTED,
    /** All traffic is on the original again (or never left it), whoever or whatever asked for that. */
    ROLLED_BACK,
    /** The deployment stopped or failed and the listener's weights are not wholly on the original: someone must look. */
    ROLLBACK_FAILED,
    /** Preflight said no: nothing was created. */
    REFUSED,
    /** Given up before a deployment was created in AWS. */
    ABORTED,
    /** AWS completed the deployment, but there were too few requests to judge the replacement by. */
    INCONCLUSIVE,
    /** The end could not be seen: the deployment vanished, was superseded, or AWS could not be asked any more. */
    UNKNOWN
}
