package io.jenkins.plugins.ecscanary.engine.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The IAM policy for some features on some service, one statement for each thing that actions are allowed on. */
public final class Policy {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Policy() {}

    /** Indented JSON; the same input always gives the same text. */
    public static String json(Set<Feature> features, Scope scope) {
        Map<Place, Set<String>> actions = new EnumMap<>(Place.class);
        for (Permission permission : Permissions.of(features)) {
            actions.computeIfAbsent(permission.place(), place -> new TreeSet<>())
                    .add(permission.action());
        }
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        policy.put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        actions.forEach((place, allowed) -> {
            List<String> resources = place.resources(scope);
            if (!resources.isEmpty()) {
                statements.add(statement(place, allowed, resources, scope));
            }
        });
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static ObjectNode statement(Place place, Set<String> actions, List<String> resources, Scope scope) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("Sid", place.sid());
        statement.put("Effect", "Allow");
        ArrayNode action = statement.putArray("Action");
        actions.forEach(action::add);
        ArrayNode resource = statement.putArray("Resource");
        resources.forEach(resource::add);
        Map<String, Map<String, String>> condition = place.condition(scope);
        if (!condition.isEmpty()) {
            statement.set("Condition", JSON.valueToTree(condition));
        }
        return statement;
    }
}
