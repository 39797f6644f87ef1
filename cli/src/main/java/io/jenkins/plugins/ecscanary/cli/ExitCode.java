package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;

/** What the process answers its caller with. Documented in {@code docs/cli.md}; never renumbered. */
public enum ExitCode {
    /** The command did what it was asked to; for a deployment: {@link Outcome#PROMOTED}. */
    OK(0, "promoted; for the other commands: done"),
    /** Something went wrong that is no verdict: a file that cannot be read, an internal error. */
    FAILED(1, "the command failed before there was a verdict"),
    /** picocli's own code for a command line that makes no sense; ours for deploy.config and the template too. */
    USAGE(2, "the command line, deploy.config or the template is wrong; nothing was asked of AWS"),
    ROLLED_BACK(3, "rolled back: all traffic is on the original"),
    ROLLBACK_FAILED(4, "rollback failed: the weights are mixed, someone must look"),
    REFUSED(5, "refused before anything was created"),
    INCONCLUSIVE(6, "completed, but with too few requests to judge the new revision by"),
    UNKNOWN(7, "the end was not seen: left before the verdict, or AWS could not be asked"),
    ABORTED(8, "given up before a deployment was created"),
    NOT_WELL(9, "status: something is wrong with the service now"),
    DIFFERENT(10, "diff --exit-code: the revisions differ"),
    SCAN_FAILED(11, "scan: more was found than is accepted"),
    SCAN_CLOSED(12, "scan: nothing could be known: the scanner failed, or its report can't be read"),
    SCAN_UNSTABLE(13, "scan: more was found than --unstable accepts, but nothing that fails it");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** For the help text. */
    public String meaning() {
        return meaning;
    }

    public static ExitCode of(Outcome outcome) {
        return switch (outcome) {
            case PROMOTED -> OK;
            case ROLLED_BACK -> ROLLED_BACK;
            case ROLLBACK_FAILED -> ROLLBACK_FAILED;
            case REFUSED -> REFUSED;
            case ABORTED -> ABORTED;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
