package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.Set;

/**
 * An intrinsic function where it is used: an object whose only member is the function's name.
 *
 * @param name {@code Ref}, or with its {@code Fn::}
 */
record Function(String name, JsonNode argument) {

    static final String REF = "Ref";
    static final String GET_ATT = "Fn::GetAtt";
    static final String SUB = "Fn::Sub";
    static final String IF = "Fn::If";
    static final String NO_VALUE = "AWS::NoValue";

    private static final Set<String> SUPPORTED = Set.of(
            REF,
            GET_ATT,
            SUB,
            IF,
            "Fn::Base64",
            "Fn::FindInMap",
            "Fn::GetAZs",
            "Fn::Join",
            "Fn::Select",
            "Fn::Split",
            "Fn::And",
            "Fn::Equals",
            "Fn::Not",
            "Fn::Or");
    private static final Set<String> OTHERS = Set.of(
            "Fn::Cidr", "Fn::ImportValue", "Fn::Transform", "Fn::Length", "Fn::ToJsonString", "Fn::GetStackOutput");

    /** Empty if the node is none. */
    static Optional<Function> of(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            return Optional.empty();
        }
        String name = node.fieldNames().next();
        if (!name.equals(REF) && !name.startsWith("Fn::")) {
            return Optional.empty();
        }
        if (OTHERS.contains(name) || name.startsWith("Fn::ForEach")) {
            throw Invalid.unsupported("the function " + name);
        }
        if (!SUPPORTED.contains(name)) {
            throw Invalid.request("Template validation error: Encountered unsupported function: " + name);
        }
        return Optional.of(new Function(name, node.get(name)));
    }

    /** The logical id and the attribute of an Fn::GetAtt, which is a list of two, or text with a dot between them. */
    String[] attribute() {
        ArrayNode pair = JsonNodeFactory.instance.arrayNode();
        if (argument.isTextual()) {
            for (String part : argument.textValue().split("\\.", 2)) {
                pair.add(part);
            }
        } else if (argument instanceof ArrayNode given) {
            pair = given;
        }
        if (pair.size() != 2 || !pair.get(0).isTextual() || !pair.get(1).isTextual()) {
            throw Invalid.template(
                    "every Fn::GetAtt object requires two non-empty parameters, the resource name and the"
                            + " resource attribute");
        }
        return new String[] {pair.get(0).textValue(), pair.get(1).textValue()};
    }

    /** The text of an Fn::Sub. */
    SubText subText() {
        JsonNode text = argument.isArray() ? argument.path(0) : argument;
        boolean two =
                argument.isArray() && argument.size() == 2 && argument.get(1).isObject();
        if (!text.isTextual() || argument.isArray() && !two) {
            throw Invalid.template("One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a"
                    + " string as first argument, and an optional second argument to specify a mapping of values to"
                    + " replace in the string");
        }
        return SubText.parse(text.textValue());
    }

    /** The variables that an Fn::Sub brings itself; empty if it brings none. */
    JsonNode subVariables() {
        return argument.isArray() ? argument.get(1) : JsonNodeFactory.instance.objectNode();
    }

    /** The name of an Fn::If's condition. */
    String ifCondition() {
        if (!argument.isArray() || argument.size() != 3 || !argument.get(0).isTextual()) {
            throw Invalid.template(
                    "Fn::If requires a list argument with three elements, of which the first is a condition's name");
        }
        return argument.get(0).textValue();
    }

    /** The branch that an Fn::If takes. */
    JsonNode branch(boolean holds) {
        return argument.get(holds ? 1 : 2);
    }
}
