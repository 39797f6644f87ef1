package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Evaluation;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import java.util.Set;

/**
 * A type of resource.
 *
 * @param name such as {@code AWS::ECS::Service}
 * @param properties what it can have
 * @param required what it must have
 * @param replacing properties that can't change of a resource that is there: another takes its place
 * @param nameProperty the property that names it among its like, so that there can't be a second one meanwhile; or null
 * @param attributes what Fn::GetAtt gives
 */
public record ResourceType(
        String name,
        Shape properties,
        Set<String> required,
        Set<String> replacing,
        String nameProperty,
        Set<String> attributes,
        ResourceHandler handler) {

    private static final String TAGS = "Tags";

    public ResourceType {
        required = Set.copyOf(required);
        replacing = Set.copyOf(replacing);
        attributes = Set.copyOf(attributes);
    }

    /**
     * Properties as they are meant, checked.
     *
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError, naming the property
     */
    public ObjectNode read(String logicalId, ObjectNode evaluated) {
        try {
            JsonNode read = properties.read(evaluated, "#");
            for (String needed : required) {
                if (!read.has(needed)) {
                    throw new Shape.Mismatch("#", "required key [" + needed + "] not found");
                }
            }
            return (ObjectNode) read;
        } catch (Shape.Mismatch e) {
            throw Invalid.request("Properties validation failed for resource " + logicalId + " with message: "
                    + e.getMessage() + " (" + name + ")");
        }
    }

    /** Whether a stack's tags become its tags. */
    public boolean takesTags() {
        return properties instanceof Structure structure && structure.names().contains(TAGS);
    }

    /** @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError if there is no such attribute */
    public void requireAttribute(String attribute, String logicalId) {
        if (!attributes.contains(attribute)) {
            throw Invalid.template("resource " + logicalId + " does not support attribute type " + attribute
                    + " in Fn::GetAtt (" + name + " has " + attributes + ")");
        }
    }

    /** Whether a change from one to the other is a new resource. */
    public boolean replaces(JsonNode before, JsonNode after) {
        return replacing.stream().anyMatch(property -> differs(before, after, property));
    }

    /** Whether it has a name of its template's, and keeps it. */
    public boolean keepsName(JsonNode before, JsonNode after) {
        return nameProperty != null && before.has(nameProperty) && !differs(before, after, nameProperty);
    }

    /** Whether a property is another, or may be. */
    public static boolean differs(JsonNode before, JsonNode after, String property) {
        JsonNode old = before.get(property);
        JsonNode now = after.get(property);
        if (old == null || now == null) {
            return old != now;
        }
        return Evaluation.isUnknown(now) || !old.equals(now);
    }
}
