package io.jenkins.plugins.ecscanary.cli.scan;

import java.util.List;

/** The scanner has not done what it was asked to, so that nothing is known: the gate is closed. */
public final class ScannerFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> said;

    /** @param message one sentence: why, and what to do */
    ScannerFailure(String message) {
        this(message, List.of(), null);
    }

    /** @param said by the scanner at last, fit to be shown */
    ScannerFailure(String message, List<String> said, Throwable cause) {
        super(message, cause);
        this.said = List.copyOf(said);
    }

    public List<String> said() {
        return said;
    }
}
