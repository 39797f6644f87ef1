package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceType;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceValues;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.TemplateInstance;
import java.util.Map;

/** What a resource is to be given: its properties evaluated, and the stack's tags among its own. */
final class Properties {

    private Properties() {}

    static ObjectNode of(Stack stack, TemplateInstance target, ResourceType type, String logicalId) {
        return of(target, type, logicalId, values(stack), stack.definition.tags());
    }

    static ObjectNode of(
            TemplateInstance target,
            ResourceType type,
            String logicalId,
            ResourceValues values,
            Map<String, String> stackTags) {
        ObjectNode properties = type.read(logicalId, target.properties(logicalId, values));
        return type.takesTags() ? tagged(properties, stackTags) : properties;
    }

    /** The resource's own tag wins over the stack's of the same key. */
    private static ObjectNode tagged(ObjectNode properties, Map<String, String> stackTags) {
        if (stackTags.isEmpty()) {
            return properties;
        }
        ArrayNode tags = JsonNodeFactory.instance.arrayNode();
        properties.path("Tags").forEach(tags::add);
        stackTags.forEach((key, value) -> {
            boolean own = false;
            for (JsonNode tag : properties.path("Tags")) {
                own |= tag.path("Key").asText().equals(key);
            }
            if (!own) {
                tags.addObject().put("Key", key).put("Value", value);
            }
        });
        properties.set("Tags", tags);
        return properties;
    }

    /** What the stack's resources are known by. */
    static ResourceValues values(Stack stack) {
        return new ResourceValues() {
            @Override
            public JsonNode id(String logicalId) {
                return TextNode.valueOf(require(logicalId).physicalId());
            }

            @Override
            public JsonNode attribute(String logicalId, String name) {
                JsonNode value = require(logicalId).attributes().get(name);
                if (value == null) {
                    throw Invalid.template(
                            "resource " + logicalId + " does not support attribute type " + name + " in Fn::GetAtt");
                }
                return value;
            }

            private StackResource require(String logicalId) {
                StackResource resource = stack.resources.get(logicalId);
                if (resource == null || resource.physicalId() == null) {
                    throw Invalid.format("Unresolved resource dependencies [" + logicalId
                            + "] in the Resources block of the template");
                }
                return resource;
            }
        };
    }
}
