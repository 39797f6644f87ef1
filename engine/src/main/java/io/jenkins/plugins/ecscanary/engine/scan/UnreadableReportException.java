package io.jenkins.plugins.ecscanary.engine.scan;

/**
 * A report, or a result that was kept, from which nothing can be known. The message names the file and says what is wrong with
 * it, where, and what to do; nothing of what is in the file is quoted but single names and words. A gate is closed by it.
 */
public final class UnreadableReportException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableReportException(String message) {
        super(message);
    }

    public UnreadableReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
