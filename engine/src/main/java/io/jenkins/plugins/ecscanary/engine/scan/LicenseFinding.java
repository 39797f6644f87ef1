package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Objects;

/**
 * A license that a package or file is under.
 *
 * @param license its name, such as {@code AGPL-3.0}
 * @param category such as {@code forbidden}, {@code restricted} or {@code notice}
 * @param packageName or null where it is a file's
 * @param file or null where it is a package's
 */
public record LicenseFinding(
        String license,
        Severity severity,
        String target,
        String place,
        String category,
        String packageName,
        String file,
        String url)
        implements Finding {

    public static final String KIND = "license";

    public LicenseFinding {
        Objects.requireNonNull(license, "license");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(category, "category");
    }

    @Override
    public String id() {
        return license;
    }

    /** The package, else the file. */
    @Override
    public String subject() {
        if (packageName != null) {
            return packageName;
        }
        return file == null ? place : file;
    }

    @Override
    public String title() {
        return category;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
