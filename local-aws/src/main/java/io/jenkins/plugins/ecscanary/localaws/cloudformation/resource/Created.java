package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a resource is known by.
 *
 * @param physicalId what {@code Ref} gives
 * @param attributes what {@code Fn::GetAtt} gives
 */
public record Created(String physicalId, Map<String, JsonNode> attributes) {
    public Created {
        attributes = Map.copyOf(attributes);
    }
}
