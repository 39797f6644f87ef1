package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a resource is to be.
 *
 * @param stack the stack's name
 * @param properties as its type reads them, the stack's tags among them
 */
public record Wanted(String stack, String logicalId, JsonNode properties) {

    String text(String property) {
        return properties.path(property).asText();
    }
}
