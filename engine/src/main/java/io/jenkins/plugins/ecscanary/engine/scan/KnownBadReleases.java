package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Map;
import java.util.Optional;

/**
 * Releases of Trivy that were tampered with, and are not run. Source: the project's own advisory,
 * https://github.com/aquasecurity/trivy/security/advisories/GHSA-69fq-xp46-6x23 (CVE-2026-33634), section "Affected Components":
 * 0.69.4 as binaries and images (2026-03-19), 0.69.5 and 0.69.6 as images on Docker Hub only (2026-03-22). What those images say
 * their version is, the advisory does not tell; a refusal by name finds only what names itself so.
 */
public final class KnownBadReleases {

    private static final String STEALS =
            "it was published by somebody who had broken in, and steals credentials (GHSA-69fq-xp46-6x23, CVE-2026-33634)";

    private static final Map<String, String> REASONS = Map.of("0.69.4", STEALS, "0.69.5", STEALS, "0.69.6", STEALS);

    private KnownBadReleases() {}

    /**
     * Why a release is refused and what to do, in one sentence; empty for any other.
     *
     * @param version with or without a {@code v}
     */
    public static Optional<String> refusal(String version) {
        String number = version.strip();
        if (number.startsWith("v")) {
            number = number.substring(1);
        }
        String release = number.split("[-+]", 2)[0];
        return Optional.ofNullable(REASONS.get(release))
                .map(reason -> "Trivy " + release + " is not used: " + reason
                        + "; install another release, check its SHA-256, and change every credential that this machine had"
                        + " while the release was on it");
    }
}
