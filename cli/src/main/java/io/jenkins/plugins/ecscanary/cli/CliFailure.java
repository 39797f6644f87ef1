package io.jenkins.plugins.ecscanary.cli;

/** Ends a command with one message for the person at the terminal and an exit code. */
public final class CliFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** @param message what is wrong, where, and what to do */
    public CliFailure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public CliFailure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
