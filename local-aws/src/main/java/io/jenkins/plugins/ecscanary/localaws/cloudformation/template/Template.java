package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * A template, read but not evaluated. Its format is AWS's, version 2010-09-09; transforms, rules and hooks are refused by
 * name.
 *
 * @param mappings what Fn::FindInMap looks into
 * @param metadata of the template, or null
 */
public record Template(
        String description,
        Map<String, ParameterDeclaration> parameters,
        JsonNode mappings,
        Map<String, JsonNode> conditions,
        Map<String, ResourceDeclaration> resources,
        Map<String, OutputDeclaration> outputs,
        JsonNode metadata) {

    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Resources",
            "Outputs");
    private static final String VERSION = "2010-09-09";

    public Template {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * An output as it is declared.
     *
     * @param condition under which it is there, or null
     */
    public record OutputDeclaration(String key, JsonNode value, String description, String condition) {}

    /** @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError, saying what is wrong and where */
    public static Template parse(String text) {
        ObjectNode tree = TemplateText.parse(text);
        Set<String> unknown = new TreeSet<>();
        tree.fieldNames().forEachRemaining(section -> {
            if (section.equals("Transform") || section.equals("Rules") || section.equals("Hooks")) {
                throw Invalid.unsupported("the template section " + section);
            }
            if (!SECTIONS.contains(section)) {
                unknown.add(section);
            }
        });
        if (!unknown.isEmpty()) {
            throw Invalid.request("Invalid template property or properties " + unknown);
        }
        JsonNode version = tree.path("AWSTemplateFormatVersion");
        if (!version.isMissingNode() && !VERSION.equals(version.asText())) {
            throw Invalid.format("Unsupported AWSTemplateFormatVersion '" + version.asText() + "'; it is " + VERSION);
        }
        Map<String, ResourceDeclaration> resources = section(tree, "Resources", ResourceDeclaration::read);
        if (resources.isEmpty()) {
            throw Invalid.format("At least one Resources member must be defined.");
        }
        Template template = new Template(
                tree.has("Description") ? tree.get("Description").asText() : null,
                section(tree, "Parameters", ParameterDeclaration::read),
                tree.path("Mappings"),
                section(tree, "Conditions", (name, node) -> node),
                resources,
                section(tree, "Outputs", Template::output),
                tree.get("Metadata"));
        new References(template).check();
        return template;
    }

    private static OutputDeclaration output(String key, JsonNode node) {
        if (!node.has("Value")) {
            throw Invalid.format("[/Outputs/" + key + "] Every Outputs member must contain a Value object");
        }
        node.fieldNames().forEachRemaining(member -> {
            if (member.equals("Export")) {
                throw Invalid.unsupported("Export of output " + key);
            }
            if (!Set.of("Value", "Description", "Condition").contains(member)) {
                throw Invalid.format("Invalid template output property '" + member + "'");
            }
        });
        return new OutputDeclaration(
                key,
                node.get("Value"),
                node.has("Description") ? node.get("Description").asText() : null,
                node.has("Condition") ? node.get("Condition").asText() : null);
    }

    private static <T> Map<String, T> section(ObjectNode tree, String name, BiFunction<String, JsonNode, T> read) {
        JsonNode section = tree.path(name);
        if (section.isMissingNode() || section.isNull()) {
            return Map.of();
        }
        if (!section.isObject()) {
            throw Invalid.format("The " + name + " section must be an object");
        }
        Map<String, T> members = new LinkedHashMap<>();
        section.properties()
                .forEach(member -> members.put(member.getKey(), read.apply(member.getKey(), member.getValue())));
        return members;
    }
}
