package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Objects;

/**
 * A check that a configuration file, or the image's own configuration, fails. The scanner's message about the single case is not kept: it may quote
 * what is in the file.
 *
 * @param id the check's, such as {@code DS002} or {@code AVD-AWS-0107}
 * @param resource what in the file it is about, such as {@code aws_s3_bucket.logs}; or null
 * @param line the first one, or 0 where none is said
 * @param resolution what to do, or empty
 */
public record Misconfiguration(
        String id,
        Severity severity,
        String target,
        String place,
        String resource,
        int line,
        String title,
        String resolution,
        String url)
        implements Finding {

    public static final String KIND = "misconfiguration";

    public Misconfiguration {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(resolution, "resolution");
    }

    @Override
    public String subject() {
        return resource == null ? place : resource;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
