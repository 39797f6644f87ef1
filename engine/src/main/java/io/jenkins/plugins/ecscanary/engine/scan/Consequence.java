package io.jenkins.plugins.ecscanary.engine.scan;

/** What comes of a limit that is passed. */
public enum Consequence {
    UNSTABLE,
    FAIL
}
