package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Set;

/**
 * A pushed image manifest.
 *
 * @param text as pushed: the digest is that of these very bytes
 */
record Manifest(String text, String mediaType, Blob config, Blob layer) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TYPES =
            Set.of(JarImage.MANIFEST_TYPE, "application/vnd.docker.distribution.manifest.v2+json");

    /**
     * @param mediaType as PutImage gave it, or null for the manifest's own
     * @throws AwsError InvalidParameterException if it is not a manifest, or a refusal if it is one that cannot run here
     */
    static Manifest parse(String text, String mediaType) {
        JsonNode json = read(text);
        String type = mediaType != null ? mediaType : json.path("mediaType").asText(JarImage.MANIFEST_TYPE);
        if (!TYPES.contains(type)) {
            throw AwsError.unsupported("manifests of the media type " + type + "; only " + String.join(" and ", TYPES));
        }
        if (json.path("schemaVersion").asInt() != 2
                || !json.path("layers").isArray()
                || json.path("layers").isEmpty()) {
            throw invalid("imageManifest has no layers or is not of schema version 2");
        }
        if (json.path("layers").size() != 1) {
            throw AwsError.unsupported(
                    "images with " + json.path("layers").size() + " layers: an image is one layer, a runnable jar");
        }
        return new Manifest(
                text,
                type,
                Blob.of(json.path("config")),
                Blob.of(json.path("layers").get(0)));
    }

    List<Blob> blobs() {
        return List.of(config, layer);
    }

    private static JsonNode read(String text) {
        try {
            JsonNode json = JSON.readTree(text == null ? "" : text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw invalid("imageManifest is not JSON: " + e.getOriginalMessage());
        }
        throw invalid("imageManifest is not a JSON object");
    }

    private static AwsError invalid(String what) {
        return new AwsError(
                "InvalidParameterException",
                "Invalid parameter at 'imageManifest' failed to satisfy constraint: " + what);
    }

    /** A reference to a blob. */
    record Blob(String digest, long size) {
        static Blob of(JsonNode descriptor) {
            String digest = descriptor.path("digest").asText();
            if (!Digest.wellFormed(digest)) {
                throw invalid("'" + digest + "' is not a SHA-256 digest");
            }
            return new Blob(digest, descriptor.path("size").asLong(-1));
        }
    }
}
