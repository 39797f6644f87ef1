package io.jenkins.plugins.ecscanary.engine.scan;

/** How a scan was judged. */
public enum ScanVerdict {
    PASSED,
    UNSTABLE,
    FAILED,

    /** It could not be judged: the scanner failed, or its report can't be read. Never a success. */
    CLOSED
}
