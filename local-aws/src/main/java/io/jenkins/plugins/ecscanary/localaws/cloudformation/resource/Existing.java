package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A resource that is there.
 *
 * @param properties what it was last given, as its type reads them
 */
public record Existing(String physicalId, JsonNode properties, Map<String, JsonNode> attributes) {
    public Existing {
        attributes = Map.copyOf(attributes);
    }

    String attribute(String name) {
        return attributes.get(name).asText();
    }
}
