package io.jenkins.plugins.ecscanary.jenkins.deployments;

/** What becomes of a deployment whose build is aborted or gone. */
public enum OnAbort {
    /** AWS is asked to roll back, and that is seen through. */
    ROLLBACK,
    /** It goes on in AWS, and is followed to its verdict. */
    LEAVE
}
