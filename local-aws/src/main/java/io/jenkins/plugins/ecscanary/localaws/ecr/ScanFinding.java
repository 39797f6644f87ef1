package io.jenkins.plugins.ecscanary.localaws.ecr;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A weakness in an image, as ECR's basic scanning tells it.
 *
 * @param name such as {@code CVE-2026-1234}
 * @param severity {@code CRITICAL}, {@code HIGH}, {@code MEDIUM}, {@code LOW}, {@code INFORMATIONAL} or {@code UNDEFINED}
 * @param description null if there is none
 * @param uri where it is described, null if nowhere
 * @param attributes such as {@code package_name} and {@code package_version}
 */
public record ScanFinding(
        String name, String severity, String description, String uri, Map<String, String> attributes) {

    private static final Set<String> SEVERITIES =
            Set.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED");

    public ScanFinding {
        if (name == null || name.isBlank() || severity == null || !SEVERITIES.contains(severity)) {
            throw new IllegalArgumentException(
                    "a finding needs a name and a severity of " + SEVERITIES + ", not " + name + ", " + severity);
        }
        attributes = attributes == null ? Map.of() : Map.copyOf(new TreeMap<>(attributes));
    }
}
