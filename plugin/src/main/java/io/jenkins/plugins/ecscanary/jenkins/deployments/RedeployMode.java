package io.jenkins.plugins.ecscanary.jenkins.deployments;

/** What a build does that ships the revision of a recorded deployment again. */
public enum RedeployMode {
    /** It deploys and does nothing else: no code of the job's Pipeline runs. */
    DEPLOY_ONLY,
    /** It runs the job's Pipeline, whose deploying step ships the recorded revision. */
    PIPELINE
}
