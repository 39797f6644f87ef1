package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A runnable jar as an OCI image: one layer, which is the jar itself, a configuration and a manifest. What a push sends:
 * the layer and the configuration as blobs (InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload), then the manifest
 * (PutImage). The same jar, environment and entry point give the same digests.
 *
 * <p>Image format: OCI image specification 1.1, {@code application/vnd.oci.image.manifest.v1+json}.
 */
public final class JarImage {

    public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    public static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    public static final String LAYER_TYPE = "application/java-archive";

    /** What runs a jar that has a Main-Class: a task's working directory holds the layer as {@code app.jar}. */
    public static final List<String> DEFAULT_ENTRY_POINT = List.of("java", "-jar", "app.jar");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path jar;
    private final String layerDigest;
    private final String config;
    private final String configDigest;
    private final String manifest;
    private final String digest;

    private JarImage(Path jar, String layerDigest, String config, String manifest) {
        this.jar = jar;
        this.layerDigest = layerDigest;
        this.config = config;
        this.configDigest = Digest.of(config.getBytes(StandardCharsets.UTF_8));
        this.manifest = manifest;
        this.digest = Digest.of(manifest.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param env the image's environment, under the task definition's own
     * @param entryPoint such as {@link #DEFAULT_ENTRY_POINT}
     * @throws IOException if the jar cannot be read
     */
    public static JarImage of(Path jar, Map<String, String> env, List<String> entryPoint) throws IOException {
        String layerDigest = digest(jar);
        String config = config(env, entryPoint, layerDigest);
        return new JarImage(jar, layerDigest, config, manifest(config, layerDigest, Files.size(jar)));
    }

    /** The layer's bytes. */
    public Path layer() {
        return jar;
    }

    public String layerDigest() {
        return layerDigest;
    }

    /** The configuration blob's bytes. */
    public byte[] config() {
        return config.getBytes(StandardCharsets.UTF_8);
    }

    public String configDigest() {
        return configDigest;
    }

    /** For PutImage's {@code imageManifest}. */
    public String manifest() {
        return manifest;
    }

    /** The image's digest: that of its manifest. */
    public String digest() {
        return digest;
    }

    private static String config(Map<String, String> env, List<String> entryPoint, String layerDigest) {
        ObjectNode root = JSON.createObjectNode();
        root.put("architecture", "amd64").put("os", "linux");
        ObjectNode config = root.putObject("config");
        new TreeMap<>(env).forEach((name, value) -> config.withArray("Env").add(name + "=" + value));
        entryPoint.forEach(config.withArray("Entrypoint")::add);
        ObjectNode rootfs = root.putObject("rootfs").put("type", "layers");
        rootfs.putArray("diff_ids").add(layerDigest);
        return write(root);
    }

    private static String manifest(String config, String layerDigest, long layerSize) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schemaVersion", 2).put("mediaType", MANIFEST_TYPE);
        byte[] bytes = config.getBytes(StandardCharsets.UTF_8);
        root.putObject("config")
                .put("mediaType", CONFIG_TYPE)
                .put("digest", Digest.of(bytes))
                .put("size", bytes.length);
        root.putArray("layers")
                .addObject()
                .put("mediaType", LAYER_TYPE)
                .put("digest", layerDigest)
                .put("size", layerSize);
        return write(root);
    }

    private static String write(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.of(sha256);
    }
}
