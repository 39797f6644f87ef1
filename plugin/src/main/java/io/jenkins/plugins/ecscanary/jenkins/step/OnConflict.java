package io.jenkins.plugins.ecscanary.jenkins.step;

/** What to do where another deployment of the service is under way. */
public enum OnConflict {
    /** Nothing is created, and the step fails saying which one it is. */
    FAIL,
    /** The step waits for its end, within its own time-out. */
    WAIT
}
