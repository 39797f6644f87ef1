package io.jenkins.plugins.ecscanary.engine.model;

import java.util.Objects;

/**
 * One thing preflight looked at.
 *
 * @param name stable, such as {@code group-free}
 * @param detail what was found, with names and values
 * @param remedy what to do, or null where nothing is to be done
 */
public record Check(String name, CheckOutcome outcome, String detail, String remedy) {

    public Check {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
    }

    /** Whether the deployment may go on. */
    public enum CheckOutcome {
        PASSED,
        WARNED,
        REFUSED
    }

    public static Check passed(String name, String detail) {
        return new Check(name, CheckOutcome.PASSED, detail, null);
    }

    public static Check warned(String name, String detail, String remedy) {
        return new Check(name, CheckOutcome.WARNED, detail, remedy);
    }

    public static Check refused(String name, String detail, String remedy) {
        return new Check(name, CheckOutcome.REFUSED, detail, remedy);
    }
}
