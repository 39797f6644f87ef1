package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Objects;

/**
 * A place where a rule found what looks like a key or a password. What it found there is not read from the report, so that it
 * can't be shown, logged or stored.
 *
 * @param ruleId such as {@code aws-access-key-id}
 * @param category such as {@code AWS}
 * @param title the rule's
 * @param startLine from 1 on, or 0 where none is said
 */
public record ExposedSecret(
        String ruleId,
        Severity severity,
        String target,
        String place,
        String category,
        String title,
        int startLine,
        int endLine)
        implements Finding {

    public static final String KIND = "secret";

    public ExposedSecret {
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(title, "title");
    }

    @Override
    public String id() {
        return ruleId;
    }

    /** The file. */
    @Override
    public String subject() {
        return place;
    }

    @Override
    public String url() {
        return null;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
