package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** A template's conditions with values for its parameters. */
final class Conditions implements Predicate<String> {

    private final Template template;
    private final Evaluation operands;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Set<String> under = new LinkedHashSet<>();

    Conditions(Template template, Map<String, JsonNode> parameters, Pseudo pseudo) {
        this.template = template;
        this.operands = new Evaluation(template, parameters, pseudo, this, new ResourceValues() {
            @Override
            public JsonNode id(String logicalId) {
                throw new IllegalStateException("references are checked before: " + logicalId);
            }

            @Override
            public JsonNode attribute(String logicalId, String name) {
                throw new IllegalStateException("references are checked before: " + logicalId);
            }
        });
    }

    /** @param name null for what is under no condition */
    @Override
    public boolean test(String name) {
        if (name == null) {
            return true;
        }
        Boolean before = known.get(name);
        if (before != null) {
            return before;
        }
        if (!under.add(name)) {
            throw Invalid.format("Circular dependency between conditions: " + under);
        }
        boolean holds = holds(template.conditions().get(name), name);
        under.remove(name);
        known.put(name, holds);
        return holds;
    }

    private boolean holds(JsonNode node, String name) {
        if (node.isObject() && node.size() == 1 && node.path("Condition").isTextual()) {
            return test(node.get("Condition").textValue());
        }
        Function function = Function.of(node)
                .orElseThrow(() -> Invalid.format(
                        "Condition " + name + " must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition"));
        JsonNode operand = function.argument();
        switch (function.name()) {
            case "Fn::Equals" -> {
                count(function, 2, 2);
                return operands.of(operand.get(0))
                        .asText()
                        .equals(operands.of(operand.get(1)).asText());
            }
            case "Fn::Not" -> {
                count(function, 1, 1);
                return !holds(operand.get(0), name);
            }
            case "Fn::And" -> {
                count(function, 2, 10);
                return StreamSupport.stream(operand.spliterator(), false).allMatch(each -> holds(each, name));
            }
            case "Fn::Or" -> {
                count(function, 2, 10);
                return StreamSupport.stream(operand.spliterator(), false).anyMatch(each -> holds(each, name));
            }
            default -> throw Invalid.format("Condition " + name + " can't be a " + function.name());
        }
    }

    private static void count(Function function, int least, int most) {
        if (!function.argument().isArray()
                || function.argument().size() < least
                || function.argument().size() > most) {
            throw Invalid.template("every " + function.name() + " object requires a list of "
                    + (least == most ? Integer.toString(least) : least + " to " + most) + " parameters.");
        }
    }

    /** The same with each Fn::If replaced by the branch it takes. */
    JsonNode pruned(JsonNode node) {
        Optional<Function> function = Function.of(node);
        if (function.isPresent() && function.get().name().equals(Function.IF)) {
            return pruned(function.get().branch(test(function.get().ifCondition())));
        }
        if (node.isObject()) {
            ObjectNode pruned = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(member -> pruned.set(member.getKey(), pruned(member.getValue())));
            return pruned;
        }
        if (node.isArray()) {
            ArrayNode pruned = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> pruned.add(pruned(element)));
            return pruned;
        }
        return node;
    }
}
