package io.jenkins.plugins.ecscanary.engine.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;

/**
 * What an image's programs are for, in the words of an image index.
 *
 * @param os such as {@code linux}; null where it is not said
 * @param architecture such as {@code amd64}; null where it is not said
 */
record Platform(String os, String architecture) {

    /** Where ECS runs tasks of a task definition that says nothing. */
    static final Platform USUAL = new Platform("linux", "amd64");

    private static final Map<String, String> OTHER_NAMES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "macos", "darwin");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param taskDefinition in the API's JSON; what is none has been refused elsewhere */
    static Platform of(String taskDefinition) {
        JsonNode runtime;
        try {
            runtime = JSON.readTree(taskDefinition).path("runtimePlatform");
        } catch (JsonProcessingException e) {
            return USUAL;
        }
        String family = runtime.path("operatingSystemFamily").asText("LINUX").toUpperCase(Locale.ROOT);
        return new Platform(
                family.startsWith("WINDOWS") ? "windows" : USUAL.os,
                "ARM64".equals(runtime.path("cpuArchitecture").asText()) ? "arm64" : USUAL.architecture);
    }

    /** As an index has it; what pulls images knows other names for the same things, and so must who looks at them first. */
    static Platform said(String os, String architecture) {
        return new Platform(usual(os), usual(architecture));
    }

    private static String usual(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.isEmpty() ? null : OTHER_NAMES.getOrDefault(lower, lower);
    }

    /** As buildx has it for what is no image but about one. */
    boolean unknown() {
        return "unknown".equals(os) && "unknown".equals(architecture);
    }

    @Override
    public String toString() {
        return os == null || architecture == null ? "a platform not said" : os + "/" + architecture;
    }
}
