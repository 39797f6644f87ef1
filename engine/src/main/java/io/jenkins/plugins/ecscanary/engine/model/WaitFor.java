package io.jenkins.plugins.ecscanary.engine.model;

/** When a deployment that goes well counts as promoted. */
public enum WaitFor {
    /** All traffic is shifted. AWS can still roll back while the original is kept: the verdict says it is provisional. */
    SHIFTED,
    /** AWS has completed the deployment, its termination wait included. */
    COMPLETED
}
