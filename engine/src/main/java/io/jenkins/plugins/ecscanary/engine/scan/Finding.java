package io.jenkins.plugins.ecscanary.engine.scan;

/** One thing that the scanner found. Texts are cut to a length that can be shown and hold no half characters. */
public sealed interface Finding permits Vulnerability, Misconfiguration, ExposedSecret, LicenseFinding {

    /** The advisory, check, rule or license, such as {@code CVE-2023-0286}; what a waiver names. */
    String id();

    Severity severity();

    /** Where it is, in the scanner's words: an image with its operating system, or a path in it. */
    String target();

    /**
     * {@link #target()} without what changes from version to version: the image's name, tag or digest; what {@link #key()} is
     * made of.
     */
    String place();

    /** What it is in: a package's name, a file, or a resource in one; what a waiver's {@code package} names. */
    String subject();

    /** One line, or empty. */
    String title();

    /** What to read about it, http or https; or null. */
    String url();

    /** {@code vulnerability}, {@code misconfiguration}, {@code secret} or {@code license}. */
    String kind();

    /** What it is known by from one version of an image to the next: kind, id, subject and place, none of them a version. */
    default String key() {
        return FindingKey.of(kind(), id(), subject(), place());
    }
}
