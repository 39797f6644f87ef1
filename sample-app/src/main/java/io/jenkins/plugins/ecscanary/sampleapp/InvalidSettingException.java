package io.jenkins.plugins.ecscanary.sampleapp;

/** An environment variable whose value cannot be used; the message is one line that names it and says what is allowed. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String variable, String value, String allowed) {
        super(variable + "=" + printable(value) + ": must be " + allowed);
    }

    /** Keeps the message on one line, whatever the value holds. */
    private static String printable(String value) {
        return value.replaceAll("\\p{Cntrl}", "?");
    }
}
