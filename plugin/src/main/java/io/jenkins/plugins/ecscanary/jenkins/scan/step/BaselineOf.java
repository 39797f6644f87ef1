package io.jenkins.plugins.ecscanary.jenkins.scan.step;

/** What a scan is compared with where only what is new counts. */
enum BaselineOf {
    /** The last scan of the same thing that this job's gate let through. */
    PREVIOUS,
    /** The scan of what the job's service serves now. */
    DEPLOYED
}
