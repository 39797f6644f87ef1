package io.jenkins.plugins.ecscanary.engine.scan;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a scanner's report says, as far as a gate needs it.
 *
 * @param schemaVersion 1 (a list of results and nothing about what was scanned) or 2
 * @param scannerVersion such as {@code 0.68.2}, or null: older ones don't say
 * @param artifactName what the scanner was asked to scan; the first result's target in a report of schema version 1
 * @param artifactType such as {@code container_image} or {@code filesystem}, or null
 * @param imageId the digest of the image's configuration, {@code sha256:…}, which a push keeps; or null where the report has none
 * @param repoDigests {@code repository@sha256:…} of each repository that is known to have it; a fresh build has none
 * @param repoTags {@code repository:tag} of each name that the image has where it was found, also in a file that
 *     {@code docker save} has written
 * @param platform such as {@code linux/arm64/v8}, or null
 * @param os or null where none was found
 * @param createdAt or null: older ones don't say
 * @param suppressed how many findings the scanner left out because of an ignore file or VEX of its own
 * @param notices what else a reader should know, such as members that nobody here knows; a sentence each
 */
public record ScanReport(
        int schemaVersion,
        String scannerVersion,
        String artifactName,
        String artifactType,
        String imageId,
        List<String> repoDigests,
        List<String> repoTags,
        String platform,
        Os os,
        Instant createdAt,
        List<Finding> findings,
        int suppressed,
        List<String> notices) {

    public ScanReport {
        Objects.requireNonNull(artifactName, "artifactName");
        repoDigests = List.copyOf(repoDigests);
        repoTags = List.copyOf(repoTags);
        findings = List.copyOf(findings);
        notices = List.copyOf(notices);
    }

    /**
     * The operating system in an image.
     *
     * @param family such as {@code alpine}
     * @param name its version, such as {@code 3.10.2}
     * @param endOfLife whether it gets no fixes any more
     */
    public record Os(String family, String name, boolean endOfLife) {}

    /**
     * As it was made by a scan that was watched: it is no older than that, also where it does not say when it was made, or was
     * dated by a clock that is ahead of ours.
     */
    public ScanReport madeBetween(Instant began, Instant ended) {
        return createdAt != null && !createdAt.isAfter(ended)
                ? this
                : new ScanReport(
                        schemaVersion,
                        scannerVersion,
                        artifactName,
                        artifactType,
                        imageId,
                        repoDigests,
                        repoTags,
                        platform,
                        os,
                        began,
                        findings,
                        suppressed,
                        notices);
    }

    public ScanSubject subject() {
        return new ScanSubject(artifactName, artifactType, imageId, platform, repoDigests, repoTags);
    }
}
