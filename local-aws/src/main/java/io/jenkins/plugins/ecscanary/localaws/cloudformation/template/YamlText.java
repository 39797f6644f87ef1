package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** YAML with CloudFormation's short forms: {@code !Ref a} is {@code {"Ref": "a"}}, {@code !Sub x} {@code {"Fn::Sub": "x"}}. */
final class YamlText {

    private static final Set<String> PLAIN = Set.of("Ref", "Condition");
    private static final Set<String> FUNCTIONS = Set.of(
            "And",
            "Base64",
            "Cidr",
            "Equals",
            "FindInMap",
            "GetAZs",
            "GetAtt",
            "If",
            "ImportValue",
            "Join",
            "Not",
            "Or",
            "Select",
            "Split",
            "Sub",
            "Transform");
    private static final String YAML_OWN = "tag:yaml.org,2002:";

    private final YAMLParser in;

    private YamlText(YAMLParser in) {
        this.in = in;
    }

    /** @return null if there is nothing in it */
    static JsonNode parse(String text) throws JsonProcessingException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                return null;
            }
            JsonNode tree = new YamlText(parser).value();
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more than one document");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading YAML from memory", e);
        }
    }

    private JsonNode value() throws IOException {
        if (in.isCurrentAlias()) {
            throw new JsonParseException(in, "local-aws does not support YAML aliases");
        }
        String tag = in.getTypeId();
        JsonNode node =
                switch (in.currentToken()) {
                    case START_OBJECT -> object();
                    case START_ARRAY -> array();
                    case VALUE_TRUE -> BooleanNode.TRUE;
                    case VALUE_FALSE -> BooleanNode.FALSE;
                    case VALUE_NULL -> NullNode.getInstance();
                    case VALUE_NUMBER_INT -> whole();
                    case VALUE_NUMBER_FLOAT -> DoubleNode.valueOf(in.getDoubleValue());
                    default -> TextNode.valueOf(in.getText());
                };
        return tag == null || tag.startsWith(YAML_OWN) ? node : writtenOut(tag, node);
    }

    private JsonNode whole() throws IOException {
        return switch (in.getNumberType()) {
            case INT -> IntNode.valueOf(in.getIntValue());
            case LONG -> LongNode.valueOf(in.getLongValue());
            default -> BigIntegerNode.valueOf(in.getBigIntegerValue());
        };
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            if (object.has(name)) {
                throw new JsonParseException(in, "Duplicate field '" + name + "'");
            }
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private ObjectNode writtenOut(String tag, JsonNode node) throws JsonProcessingException {
        if (!PLAIN.contains(tag) && !FUNCTIONS.contains(tag)) {
            throw new JsonParseException(in, "there is no short form !" + tag);
        }
        JsonNode argument = node;
        if (tag.equals("GetAtt") && node.isTextual()) {
            String[] parts = node.textValue().split("\\.", 2);
            ArrayNode pair = JsonNodeFactory.instance.arrayNode().add(parts[0]);
            argument = parts.length == 2 ? pair.add(parts[1]) : pair;
        }
        ObjectNode function = JsonNodeFactory.instance.objectNode();
        function.set(PLAIN.contains(tag) ? tag : "Fn::" + tag, argument);
        return function;
    }
}
