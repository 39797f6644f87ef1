package io.jenkins.plugins.ecscanary.engine.preflight;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ManifestSeen;
import io.jenkins.plugins.ecscanary.engine.preflight.ImageManifest.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads manifests, and believes nothing of them that their digest does not vouch for. */
final class ManifestReader {

    private static final Set<String> IMAGES = Set.of(
            "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.oci.image.manifest.v1+json");
    private static final Set<String> INDEXES = Set.of(
            "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.index.v1+json");
    private static final Set<String> CONFIGS =
            Set.of("application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ManifestReader() {}

    /**
     * @param digest asked for
     * @throws IllegalArgumentException saying what about it is not as it should be
     */
    static ImageManifest read(ManifestSeen seen, String digest) {
        String actual = sha256(seen.json());
        if (!actual.equals(digest)) {
            throw new IllegalArgumentException("what ECR answers has the digest " + actual);
        }
        JsonNode json = json(seen.json());
        String own = json.path("mediaType").asText("");
        String type = seen.mediaType() == null ? own : seen.mediaType();
        boolean index = json.has("manifests");
        if (!own.isEmpty() && !own.equals(type) || index && (json.has("config") || json.has("layers"))) {
            // Whoever pulls it may take it for the other one (CVE-2021-41190).
            throw new IllegalArgumentException("it can be taken for an image and for an index");
        }
        if (IMAGES.contains(type)) {
            return image(json);
        }
        if (INDEXES.contains(type)) {
            return index(json);
        }
        throw new IllegalArgumentException(
                type.isEmpty() ? "it does not say of what kind it is" : "it is of the kind \"" + type + "\"");
    }

    private static ImageManifest image(JsonNode json) {
        JsonNode config = json.path("config");
        String type = config.path("mediaType").asText("");
        if (!CONFIGS.contains(type)) {
            // Charts, plugins and signatures are pushed in the same way.
            throw new IllegalArgumentException(
                    "it is of no container image: its configuration is of the kind \"" + type + "\"");
        }
        return new ImageManifest.OfImage(digest(config, "config"));
    }

    private static ImageManifest index(JsonNode json) {
        if (!json.path("manifests").isArray()) {
            throw new IllegalArgumentException("it is an index without manifests");
        }
        List<Entry> images = new ArrayList<>();
        for (JsonNode entry : json.path("manifests")) {
            JsonNode said = entry.path("platform");
            Platform platform = Platform.said(
                    said.path("os").asText(""), said.path("architecture").asText(""));
            if (!platform.unknown()) {
                images.add(new Entry(digest(entry, "manifests"), platform));
            }
        }
        return new ImageManifest.Index(images);
    }

    private static String digest(JsonNode descriptor, String where) {
        String digest = descriptor.path("digest").asText("");
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("in its " + where + ", \"" + digest + "\" is no SHA-256 digest");
        }
        return digest;
    }

    private static JsonNode json(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("it is no JSON object");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JRE has SHA-256", e);
        }
    }
}
