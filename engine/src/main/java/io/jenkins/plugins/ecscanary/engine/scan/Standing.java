package io.jenkins.plugins.ecscanary.engine.scan;

/** Whether a finding counts, and if not, why. */
public enum Standing {
    COUNTED,

    /** The baseline has it and only what is new counts. */
    KNOWN,

    /** No version fixes it, and such ones don't count. */
    UNFIXED,

    /** Its severity has no limit. */
    BELOW,

    WAIVED
}
