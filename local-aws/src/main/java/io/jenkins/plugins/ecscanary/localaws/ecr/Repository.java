package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A repository: images by digest, tags pointing at them. Guarded by the world's lock. */
final class Repository {

    final String name;
    final boolean immutable;
    final Instant createdAt;
    final JsonNode scanning;
    final JsonNode encryption;

    /** By digest, in the order in which they were pushed. */
    private final Map<String, Pushed> images = new LinkedHashMap<>();

    private final Map<String, String> tags = new TreeMap<>();

    Repository(String name, boolean immutable, Instant createdAt, JsonNode scanning, JsonNode encryption) {
        this.name = name;
        this.immutable = immutable;
        this.createdAt = createdAt;
        this.scanning = scanning;
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

    /** An image as it was pushed. */
    record Pushed(String digest, Manifest manifest, Instant pushedAt) {}
}
