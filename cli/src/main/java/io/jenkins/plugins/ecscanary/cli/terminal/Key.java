package io.jenkins.plugins.ecscanary.cli.terminal;

/** A key someone pressed, as far as it means something here. */
public enum Key {
    SPACE,
    LEFT,
    RIGHT,
    HOME,
    END,
    PLUS,
    MINUS,
    QUIT,
    /** Anything else. */
    OTHER
}
