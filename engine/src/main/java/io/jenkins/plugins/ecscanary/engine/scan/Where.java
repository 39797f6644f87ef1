package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.regex.Pattern;

/**
 * Where the findings of one result are.
 *
 * @param target as it is shown
 * @param place the same for every version
 */
record Where(String target, String place) {

    static final Where UNKNOWN = new Where("", "");

    private static final String IMAGE = "image";
    private static final String OS = "os";

    /** {@code name:tag (alpine 3.10.2)}: how a result about the packages of an operating system is called. */
    private static final Pattern WITH_OS = Pattern.compile(".* \\([a-z][a-z0-9.-]* [^()]*\\)");

    /**
     * @param resultClass or null, as in reports of schema version 1
     * @param artifact what was scanned, or null where the report does not say
     */
    static Where of(String target, String resultClass, String artifact) {
        if ("os-pkgs".equals(resultClass)
                || (resultClass == null && WITH_OS.matcher(target).matches())) {
            return new Where(target, OS);
        }
        boolean whole = artifact != null && (target.equals(artifact) || target.startsWith(artifact + " ("));
        return new Where(target, whole ? IMAGE : target);
    }

    /** A finding that was read before its result's target was. */
    Finding apply(Finding finding) {
        if (finding instanceof Vulnerability found) {
            return new Vulnerability(
                    found.id(),
                    found.severity(),
                    target,
                    place,
                    found.packageName(),
                    found.installedVersion(),
                    found.fixedVersion(),
                    found.status(),
                    found.title(),
                    found.url());
        }
        if (finding instanceof Misconfiguration found) {
            return new Misconfiguration(
                    found.id(),
                    found.severity(),
                    target,
                    place,
                    found.resource(),
                    found.line(),
                    found.title(),
                    found.resolution(),
                    found.url());
        }
        if (finding instanceof ExposedSecret found) {
            return new ExposedSecret(
                    found.ruleId(),
                    found.severity(),
                    target,
                    place,
                    found.category(),
                    found.title(),
                    found.startLine(),
                    found.endLine());
        }
        LicenseFinding found = (LicenseFinding) finding;
        return new LicenseFinding(
                found.license(),
                found.severity(),
                target,
                place,
                found.category(),
                found.packageName(),
                found.file(),
                found.url());
    }
}
