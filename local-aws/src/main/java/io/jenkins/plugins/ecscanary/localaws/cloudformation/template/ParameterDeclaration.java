package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A parameter as a template declares it. The sentences of its constraints are CloudFormation's as far as they are known.
 *
 * @param standard its default, or null
 * @param allowedValues empty for any
 * @param limits {@code MinLength}, {@code MaxLength}, {@code MinValue}, {@code MaxValue}, as far as they are given
 */
public record ParameterDeclaration(
        String name,
        String type,
        String standard,
        String description,
        boolean noEcho,
        List<String> allowedValues,
        Pattern allowedPattern,
        String constraintDescription,
        JsonNode limits) {

    private static final Set<String> MEMBERS = Set.of(
            "Type",
            "Default",
            "Description",
            "NoEcho",
            "AllowedValues",
            "AllowedPattern",
            "ConstraintDescription",
            "MinLength",
            "MaxLength",
            "MinValue",
            "MaxValue");
    private static final Set<String> TYPES =
            Set.of("String", "Number", "CommaDelimitedList", "List<Number>", "AWS::EC2::AvailabilityZone::Name");

    public ParameterDeclaration {
        allowedValues = List.copyOf(allowedValues);
    }

    static ParameterDeclaration read(String name, JsonNode node) {
        if (!node.isObject()) {
            throw Invalid.format("[/Parameters/" + name + "] Every Parameters object must be an object.");
        }
        String type = node.path("Type").asText();
        if (type.isEmpty()) {
            throw Invalid.format("Every Parameters object must contain a Type member.");
        }
        node.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                throw Invalid.format("Invalid template parameter property '" + member + "'");
            }
        });
        if (type.startsWith("AWS::SSM::Parameter::")) {
            throw Invalid.unsupported("parameter " + name + " of type " + type
                    + ": there is no Parameter Store here. Give the value itself in a parameter of type String (in CDK,"
                    + " leave BootstrapVersion out: generateBootstrapVersionRule(false) of the stack's synthesizer)");
        }
        if (!TYPES.contains(type)) {
            if (type.startsWith("AWS::") || type.startsWith("List<AWS::")) {
                throw Invalid.unsupported("parameter " + name + " of type " + type);
            }
            throw Invalid.format("Unrecognized parameter type: " + type);
        }
        List<String> allowed = new ArrayList<>();
        node.path("AllowedValues").forEach(value -> allowed.add(value.asText()));
        ObjectNode limits = JsonNodeFactory.instance.objectNode();
        for (String limit : List.of("MinLength", "MaxLength", "MinValue", "MaxValue")) {
            if (node.has(limit)) {
                limits.put(limit, number(node.get(limit).asText(), name));
            }
        }
        return new ParameterDeclaration(
                name,
                type,
                node.has("Default") ? node.get("Default").asText() : null,
                node.has("Description") ? node.get("Description").asText() : null,
                node.path("NoEcho").asBoolean(),
                allowed,
                node.has("AllowedPattern")
                        ? pattern(name, node.get("AllowedPattern").asText())
                        : null,
                node.has("ConstraintDescription")
                        ? node.get("ConstraintDescription").asText()
                        : null,
                limits);
    }

    private static Pattern pattern(String name, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw Invalid.format("Parameter '" + name + "' has an AllowedPattern that is none: " + e.getDescription());
        }
    }

    private static BigDecimal number(String text, String name) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw Invalid.request("Parameter '" + name + "' must be a number.");
        }
    }

    /** Refuses a value that is not within the constraints. */
    void check(String value) {
        if (isList()) {
            elements(value).forEach(this::checkOne);
        } else {
            checkOne(value);
        }
    }

    private void checkOne(String value) {
        if (!allowedValues.isEmpty() && !allowedValues.contains(value)) {
            throw unsatisfied("Parameter '" + name + "' must be one of AllowedValues");
        }
        if (allowedPattern != null && !allowedPattern.matcher(value).matches()) {
            throw unsatisfied("Parameter '" + name + "' must match pattern " + allowedPattern);
        }
        checkLength(value);
        if (type.equals("Number") || type.equals("List<Number>")) {
            BigDecimal number = number(value, name);
            if (limits.has("MinValue")
                    && number.compareTo(limits.get("MinValue").decimalValue()) < 0) {
                throw unsatisfied("Parameter '" + name + "' must be a number not less than "
                        + limits.get("MinValue").asText());
            }
            if (limits.has("MaxValue")
                    && number.compareTo(limits.get("MaxValue").decimalValue()) > 0) {
                throw unsatisfied("Parameter '" + name + "' must be a number not greater than "
                        + limits.get("MaxValue").asText());
            }
        }
    }

    private void checkLength(String value) {
        if (limits.has("MinLength") && value.length() < limits.get("MinLength").asInt()) {
            throw unsatisfied("Parameter '" + name + "' must contain at least "
                    + limits.get("MinLength").asInt() + " characters");
        }
        if (limits.has("MaxLength") && value.length() > limits.get("MaxLength").asInt()) {
            throw unsatisfied("Parameter '" + name + "' must contain at most "
                    + limits.get("MaxLength").asInt() + " characters");
        }
    }

    private RuntimeException unsatisfied(String sentence) {
        return Invalid.request(
                constraintDescription == null
                        ? sentence
                        : "Parameter " + name + " failed to satisfy constraint: " + constraintDescription);
    }

    private boolean isList() {
        return type.equals("CommaDelimitedList") || type.equals("List<Number>");
    }

    private static List<String> elements(String value) {
        return value.isEmpty()
                ? List.of()
                : Pattern.compile(",").splitAsStream(value).map(String::strip).toList();
    }

    /** What {@code Ref} gives: a list for lists, otherwise text. */
    JsonNode node(String value) {
        if (!isList()) {
            return TextNode.valueOf(value);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        elements(value).forEach(list::add);
        return list;
    }
}
