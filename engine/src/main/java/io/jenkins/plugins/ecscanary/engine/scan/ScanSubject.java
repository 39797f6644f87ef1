package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.List;
import java.util.Objects;

/**
 * What was scanned, or was to be.
 *
 * @param artifactType such as {@code container_image}, or null
 * @param imageId the digest of the image's configuration, {@code sha256:…}, or null: without one it can't be compared with what
 *     is deployed
 * @param platform such as {@code linux/amd64}, or null
 * @param repoTags what the image is called where it was found, {@code repository:tag} each; results of older versions have none
 */
public record ScanSubject(
        String artifactName,
        String artifactType,
        String imageId,
        String platform,
        List<String> repoDigests,
        List<String> repoTags) {

    public ScanSubject {
        Objects.requireNonNull(artifactName, "artifactName");
        repoDigests = List.copyOf(repoDigests);
        repoTags = repoTags == null ? List.of() : List.copyOf(repoTags);
    }

    /** Of which no more is known than what somebody asked for. */
    public static ScanSubject named(String artifactName) {
        return new ScanSubject(artifactName, null, null, null, List.of(), List.of());
    }
}
