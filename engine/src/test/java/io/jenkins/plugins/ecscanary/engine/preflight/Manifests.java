package io.jenkins.plugins.ecscanary.engine.preflight;

import java.util.List;

/** Manifests as Docker and buildx push them. */
public final class Manifests {

    public static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    private Manifests() {}

    /** A digest that is all one character: readable in a failure. */
    public static String digest(char c) {
        return "sha256:" + String.valueOf(c).repeat(64);
    }

    public static String docker(String configDigest) {
        return image(DOCKER, "application/vnd.docker.container.image.v1+json", configDigest);
    }

    public static String oci(String configDigest) {
        return image(OCI, "application/vnd.oci.image.config.v1+json", configDigest);
    }

    public static String image(String type, String configType, String configDigest) {
        return """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":2},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":9}]}"""
                .formatted(type, configType, configDigest, digest('1'));
    }

    /** @param platform such as {@code linux/amd64}, with a variant {@code linux/arm64/v8}; empty for none */
    public static String entry(String digest, String platform) {
        String[] parts = platform.split("/");
        String said = parts.length < 2
                ? ""
                : ",\"platform\":{\"os\":\"" + parts[0] + "\",\"architecture\":\"" + parts[1] + "\""
                        + (parts.length > 2 ? ",\"variant\":\"" + parts[2] + "\"" : "") + "}";
        return "{\"mediaType\":\"" + OCI + "\",\"digest\":\"" + digest + "\",\"size\":7" + said + "}";
    }

    /** What buildx adds for provenance and bills of materials. */
    public static String attestation(String digest, String of) {
        return "{\"mediaType\":\"" + OCI + "\",\"digest\":\"" + digest + "\",\"size\":7,\"annotations\":{"
                + "\"vnd.docker.reference.digest\":\"" + of
                + "\",\"vnd.docker.reference.type\":\"attestation-manifest\"},"
                + "\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}}";
    }

    public static String index(String type, String... entries) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"manifests\":["
                + String.join(",", List.of(entries)) + "]}";
    }
}
