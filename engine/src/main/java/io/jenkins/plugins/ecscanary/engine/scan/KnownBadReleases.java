package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Map;
import java.util.Optional;

/** Releases of Trivy that were tampered with, and are not run. */
public final class KnownBadReleases {

    private static final Map<String, String> REASONS = Map.of(
            "0.69.4",
            "it was published by somebody who had broken in, and steals credentials (GHSA-69fq-xp46-6x23, CVE-2026-33634)");

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
