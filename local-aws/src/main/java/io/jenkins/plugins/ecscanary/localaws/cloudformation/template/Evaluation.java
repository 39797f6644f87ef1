package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Puts values in place of functions. What is not known before a resource is created is {@link #UNKNOWN}, and so is all
 * that depends on it; so a template can be evaluated, and what is wrong in it found, before anything is touched.
 */
public final class Evaluation {

    /** In place of a value that is known only later. */
    public static final JsonNode UNKNOWN = new POJONode("(known after creation)");

    /** In place of nothing: the member or element that has it is left out. */
    static final JsonNode NO_VALUE = MissingNode.getInstance();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String DYNAMIC = "{{resolve:";
    private static final List<String> ZONES = List.of("a", "b", "c");

    private final Template template;
    private final Map<String, JsonNode> parameters;
    private final Pseudo pseudo;
    private final Predicate<String> conditions;
    private final ResourceValues resources;

    Evaluation(
            Template template,
            Map<String, JsonNode> parameters,
            Pseudo pseudo,
            Predicate<String> conditions,
            ResourceValues resources) {
        this.template = template;
        this.parameters = parameters;
        this.pseudo = pseudo;
        this.conditions = conditions;
        this.resources = resources;
    }

    /** Whether something in it is known only later. */
    public static boolean isUnknown(JsonNode node) {
        if (node == UNKNOWN) {
            return true;
        }
        for (JsonNode child : node) {
            if (isUnknown(child)) {
                return true;
            }
        }
        return false;
    }

    /** @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError where a function is used wrongly */
    JsonNode of(JsonNode node) {
        if (node.isTextual() && node.textValue().contains(DYNAMIC)) {
            throw Invalid.unsupported("dynamic references: " + node.textValue());
        }
        Optional<Function> function = Function.of(node);
        if (function.isPresent()) {
            return apply(function.get());
        }
        if (node.isObject()) {
            ObjectNode evaluated = NODES.objectNode();
            node.properties().forEach(member -> {
                JsonNode value = of(member.getValue());
                if (!value.isMissingNode()) {
                    evaluated.set(member.getKey(), value);
                }
            });
            return evaluated;
        }
        if (node.isArray()) {
            ArrayNode evaluated = NODES.arrayNode();
            for (JsonNode element : node) {
                JsonNode value = of(element);
                if (!value.isMissingNode()) {
                    evaluated.add(value);
                }
            }
            return evaluated;
        }
        return node;
    }

    private JsonNode apply(Function function) {
        JsonNode argument = function.argument();
        return switch (function.name()) {
            case Function.REF -> ref(argument.asText());
            case Function.GET_ATT -> resources.attribute(function.attribute()[0], function.attribute()[1]);
            case Function.SUB -> sub(function);
            case Function.IF -> of(function.branch(conditions.test(function.ifCondition())));
            case "Fn::Base64" -> base64(of(argument));
            case "Fn::FindInMap" -> findInMap(argument);
            case "Fn::GetAZs" -> zones(of(argument));
            case "Fn::Join" -> join(argument);
            case "Fn::Select" -> select(argument);
            case "Fn::Split" -> split(argument);
            default -> throw Invalid.template(function.name() + " can be used in the Conditions block only");
        };
    }

    private JsonNode ref(String name) {
        if (parameters.containsKey(name)) {
            return parameters.get(name);
        }
        return Pseudo.NAMES.contains(name) ? pseudo.value(name) : resources.id(name);
    }

    private JsonNode sub(Function function) {
        JsonNode own = function.subVariables();
        StringBuilder text = new StringBuilder();
        boolean unknown = false;
        for (SubText.Part part : function.subText().parts()) {
            if (!part.variable()) {
                text.append(part.text());
                continue;
            }
            JsonNode value = own.has(part.text()) ? of(own.get(part.text())) : variable(part.text());
            unknown |= value == UNKNOWN;
            text.append(scalar(value, "Fn::Sub expression does not resolve to a string"));
        }
        return unknown ? UNKNOWN : TextNode.valueOf(text.toString());
    }

    private JsonNode variable(String name) {
        String[] parts = name.split("\\.", 2);
        return parts.length == 2 ? resources.attribute(parts[0], parts[1]) : ref(name);
    }

    private static JsonNode base64(JsonNode value) {
        if (value == UNKNOWN) {
            return value;
        }
        String text = scalar(value, "every Fn::Base64 object must have a String-typed value.");
        return TextNode.valueOf(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode findInMap(JsonNode argument) {
        if (!argument.isArray() || argument.size() != 3) {
            throw Invalid.template("every Fn::FindInMap object requires three parameters, the map name, map key and the"
                    + " attribute for return value");
        }
        List<String> keys = new ArrayList<>();
        argument.forEach(key -> keys.add(scalar(of(key), "Fn::FindInMap takes names and no structures")));
        JsonNode map = template.mappings().path(keys.get(0));
        if (map.isMissingNode()) {
            throw Invalid.template(
                    "Mapping named '" + keys.get(0) + "' is not present in the 'Mappings' section of template.");
        }
        JsonNode value = map.path(keys.get(1)).path(keys.get(2));
        if (value.isMissingNode()) {
            throw Invalid.template("Unable to get mapping for " + String.join("::", keys));
        }
        return value;
    }

    /** Of this region only: there is no other here. */
    private JsonNode zones(JsonNode region) {
        String asked = scalar(region, "Fn::GetAZs takes a region's name");
        if (!asked.isEmpty() && !asked.equals(pseudo.region())) {
            throw Invalid.unsupported("Fn::GetAZs of region " + asked + "; this is " + pseudo.region());
        }
        ArrayNode zones = NODES.arrayNode();
        ZONES.forEach(letter -> zones.add(pseudo.region() + letter));
        return zones;
    }

    private JsonNode join(JsonNode argument) {
        String how =
                "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to"
                        + " be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
        if (!argument.isArray() || argument.size() != 2 || !argument.get(0).isTextual()) {
            throw Invalid.template(how);
        }
        JsonNode list = of(argument.get(1));
        if (isUnknown(list)) {
            return UNKNOWN;
        }
        if (!list.isArray()) {
            throw Invalid.template(how);
        }
        List<String> parts = new ArrayList<>();
        list.forEach(part -> parts.add(scalar(part, how)));
        return TextNode.valueOf(String.join(argument.get(0).textValue(), parts));
    }

    private JsonNode select(JsonNode argument) {
        if (!argument.isArray() || argument.size() != 2) {
            throw Invalid.template(
                    "Fn::Select requires a list argument with two elements: an integer index and a list");
        }
        String index = scalar(of(argument.get(0)), "Fn::Select requires an integer index");
        JsonNode list = of(argument.get(1));
        if (list == UNKNOWN) {
            return UNKNOWN;
        }
        if (!index.matches("\\d{1,6}") || !list.isArray()) {
            throw Invalid.template(
                    "Fn::Select requires a list argument with two elements: an integer index and a list");
        }
        JsonNode element = list.get(Integer.parseInt(index));
        if (element == null) {
            throw Invalid.template("Fn::Select cannot select nonexistent value at index " + index);
        }
        return element;
    }

    private JsonNode split(JsonNode argument) {
        String how =
                "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split"
                        + " or a function that returns a string to be split.";
        if (!argument.isArray()
                || argument.size() != 2
                || argument.get(0).asText().isEmpty()) {
            throw Invalid.template(how);
        }
        JsonNode text = of(argument.get(1));
        if (text == UNKNOWN) {
            return UNKNOWN;
        }
        ArrayNode parts = NODES.arrayNode();
        for (String part : scalar(text, how).split(Pattern.quote(argument.get(0).textValue()), -1)) {
            parts.add(part);
        }
        return parts;
    }

    private static String scalar(JsonNode value, String orElse) {
        if (!value.isValueNode() || value.isNull()) {
            throw Invalid.template(orElse);
        }
        return value.asText();
    }
}
