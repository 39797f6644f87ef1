package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A repository: images by digest, tags pointing at them, the layers it was given. Guarded by the world's lock. */
final class Repository {

    final String name;
    final Instant createdAt;
    final JsonNode encryption;

    /** The resource's tags, not its images'. */
    final Map<String, String> resourceTags = new TreeMap<>();

    /** Digests of the blobs that were uploaded to it. */
    final Set<String> layers = new HashSet<>();

    /** What was found in its images, by digest. */
    final Map<String, Scan> scans = new TreeMap<>();

    TagMutability mutability;
    boolean scanOnPush;

    /** Or null. */
    LifecyclePolicy policy;

    /** When the policy was last applied, or null. */
    Instant policyEvaluatedAt;

    /** By digest, in the order in which they were pushed. */
    private final Map<String, Pushed> images = new LinkedHashMap<>();

    private final Map<String, String> tags = new TreeMap<>();

    Repository(String name, TagMutability mutability, Instant createdAt, boolean scanOnPush, JsonNode encryption) {
        this.name = name;
        this.mutability = mutability;
        this.createdAt = createdAt;
        this.scanOnPush = scanOnPush;
        this.encryption = encryption;
    }

    List<Pushed> images() {
        return List.copyOf(images.values());
    }

    Optional<Pushed> byDigest(String digest) {
        return Optional.ofNullable(images.get(digest));
    }

    Optional<Pushed> byTag(String tag) {
        return Optional.ofNullable(tags.get(tag)).map(images::get);
    }

    /** Digests by tag. */
    Map<String, String> tags() {
        return Map.copyOf(tags);
    }

    List<String> tagsOf(Pushed image) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getValue().equals(image.digest))
                .map(Map.Entry::getKey)
                .toList();
    }

    Pushed add(Pushed image) {
        return images.computeIfAbsent(image.digest, digest -> image);
    }

    void tag(String tag, Pushed image) {
        tags.put(tag, image.digest);
    }

    void untag(String tag) {
        tags.remove(tag);
    }

    /**
     * Takes an image away with its tags, what was found in it, and those of its layers that no other image here has. The
     * bytes stay: a task that runs may be using them.
     */
    void remove(Pushed image) {
        images.remove(image.digest);
        tags.values().removeIf(image.digest::equals);
        scans.remove(image.digest);
        image.manifest.blobs().stream()
                .map(Manifest.Blob::digest)
                .filter(layer -> images.values().stream()
                        .flatMap(other -> other.manifest.blobs().stream())
                        .noneMatch(blob -> blob.digest().equals(layer)))
                .forEach(layers::remove);
    }

    /** An image as it was pushed. */
    record Pushed(String digest, Manifest manifest, Instant pushedAt) {}

    /**
     * The scan of an image.
     *
     * @param completedAt in the future while a further scan is in progress
     * @param startedAt when StartImageScan was last called for it, or null
     */
    record Scan(List<ScanFinding> findings, Instant completedAt, Instant startedAt) {
        Scan {
            findings = List.copyOf(findings);
        }
    }
}
