package io.jenkins.plugins.ecscanary.engine.taskdef;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads and changes a task definition in the API's JSON without knowing more of it than need be. Every method throws
 * IllegalArgumentException if it is given no JSON object.
 */
public final class TaskDefinitionText {

    private TaskDefinitionText() {}

    /**
     * Puts an image into every container that has it under the name it was given by: a tag that one of them kept could move
     * between now and a restart.
     *
     * @param given such as {@code repository:tag}
     * @param image to put in its place
     */
    public static String withImage(String json, String given, String image) {
        ObjectNode root = read(json);
        for (JsonNode node : root.path("containerDefinitions")) {
            if (node instanceof ObjectNode object && node.path("image").asText().equals(given)) {
                object.put("image", image);
            }
        }
        return root.toString();
    }

    /** Adds a tag for registering, unless it has one of that key. */
    public static String withTag(String json, String key, String value) {
        ObjectNode root = read(json);
        boolean there = StreamSupport.stream(root.path("tags").spliterator(), false)
                .anyMatch(tag -> tag.path("key").asText().equals(key));
        if (!there) {
            root.withArray("tags").addObject().put("key", key).put("value", value);
        }
        return root.toString();
    }

    public static String family(String json) {
        return read(json).path("family").asText();
    }

    /** The CloudWatch log groups that containers write to, in order. */
    public static List<String> logGroups(String json) {
        Set<String> groups = new LinkedHashSet<>();
        for (JsonNode container : read(json).path("containerDefinitions")) {
            JsonNode log = container.path("logConfiguration");
            String group = log.path("options").path("awslogs-group").asText();
            if (log.path("logDriver").asText().equals("awslogs") && !group.isEmpty()) {
                groups.add(group);
            }
        }
        return new ArrayList<>(groups);
    }

    private static ObjectNode read(String json) {
        try {
            if (Json.mapper().readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the task definition is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("the task definition is no JSON object");
    }
}
