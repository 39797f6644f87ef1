package io.jenkins.plugins.ecscanary.localaws.faults;

/** A fault rule that can't be: the message says what of it, and what would do. */
public final class InvalidFaultException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidFaultException(String message) {
        super(message);
    }
}
