package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A resource as a template declares it, its functions not evaluated.
 *
 * @param condition the name of the one under which it is there, or null
 * @param metadata what others keep in it, or null
 */
public record ResourceDeclaration(
        String logicalId,
        String type,
        JsonNode properties,
        List<String> dependsOn,
        String condition,
        Retention deletionPolicy,
        Retention updateReplacePolicy,
        JsonNode metadata) {

    private static final Set<String> MEMBERS = Set.of(
            "Type",
            "Properties",
            "DependsOn",
            "Condition",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "Metadata",
            "Description");

    public ResourceDeclaration {
        dependsOn = List.copyOf(dependsOn);
    }

    /** What becomes of the real thing when it is not wanted any more. */
    public enum Retention {
        DELETE,
        RETAIN,
        /** Retained, but for the roll-back of the stack's own creation. */
        RETAIN_EXCEPT_ON_CREATE
    }

    static ResourceDeclaration read(String id, JsonNode node) {
        if (!id.matches("[A-Za-z0-9]{1,255}")) {
            throw Invalid.format("Resource name " + id + " is non alphanumeric.");
        }
        if (!node.isObject()) {
            throw Invalid.format("[/Resources/" + id + "] resource definition is malformed");
        }
        if (!node.path("Type").isTextual()) {
            throw Invalid.format("[/Resources/" + id + "] Every Resources object must contain a Type member.");
        }
        node.fieldNames().forEachRemaining(member -> {
            if (member.equals("CreationPolicy") || member.equals("UpdatePolicy")) {
                throw Invalid.unsupported(member + " of resource " + id);
            }
            if (!MEMBERS.contains(member)) {
                throw Invalid.request("Invalid template resource property '" + member + "'");
            }
        });
        JsonNode properties = node.path("Properties");
        if (!properties.isMissingNode() && !properties.isNull() && !properties.isObject()) {
            throw Invalid.format("[/Resources/" + id + "/Properties] must be an object");
        }
        return new ResourceDeclaration(
                id,
                node.get("Type").textValue(),
                properties.isObject() ? properties : JsonNodeFactory.instance.objectNode(),
                dependsOn(id, node.path("DependsOn")),
                node.has("Condition") ? node.get("Condition").asText() : null,
                retention(id, "DeletionPolicy", node),
                retention(id, "UpdateReplacePolicy", node),
                node.get("Metadata"));
    }

    private static List<String> dependsOn(String id, JsonNode node) {
        List<String> names = new ArrayList<>();
        if (node.isTextual()) {
            names.add(node.textValue());
        } else if (node.isArray()) {
            for (JsonNode name : node) {
                if (!name.isTextual()) {
                    throw dependsOnMustBeNames(id);
                }
                names.add(name.textValue());
            }
        } else if (!node.isMissingNode()) {
            throw dependsOnMustBeNames(id);
        }
        return names;
    }

    private static RuntimeException dependsOnMustBeNames(String id) {
        return Invalid.format("[/Resources/" + id + "/DependsOn] DependsOn must be a string or a list of strings.");
    }

    private static Retention retention(String id, String member, JsonNode node) {
        if (!node.has(member)) {
            return Retention.DELETE;
        }
        return switch (node.get(member).asText()) {
            case "Delete" -> Retention.DELETE;
            case "Retain" -> Retention.RETAIN;
            case "RetainExceptOnCreate" -> Retention.RETAIN_EXCEPT_ON_CREATE;
            case "Snapshot" -> throw Invalid.unsupported(member + " Snapshot of resource " + id);
            default -> throw Invalid.format("Unrecognized " + member + " " + node.get(member) + " for resource " + id);
        };
    }
}
