package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Evaluation;
import java.util.Locale;

/**
 * What a property's value may be. Templates have text where numbers and truth values are meant, since parameters are text;
 * a shape reads it as what it stands for. Unknown values fit everywhere.
 */
sealed interface Shape permits Shape.Scalar, Shape.ListOf, Shape.MapOf, Shape.Tree, Structure {

    /**
     * The value as it is meant.
     *
     * @param path of the value, such as {@code #/LoadBalancers/0}
     * @throws Mismatch if it does not fit
     */
    JsonNode read(JsonNode value, String path);

    /** The value, as read, with the member names that the service has. */
    JsonNode wire(JsonNode value);

    static Shape list(Shape of) {
        return new ListOf(of);
    }

    /** A value does not fit; the message is CloudFormation's as far as it is known. */
    final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mismatch(String path, String what) {
            super(path + ": " + what);
        }

        static Mismatch type(String path, String expected, JsonNode found) {
            String name = found.getNodeType().name().toLowerCase(Locale.ROOT);
            return new Mismatch(
                    path,
                    "expected type: " + expected + ", found: " + Character.toUpperCase(name.charAt(0))
                            + name.substring(1));
        }
    }

    /** A single value. */
    enum Scalar implements Shape {
        TEXT("String") {
            @Override
            JsonNode parse(String text) {
                return TextNode.valueOf(text);
            }
        },
        WHOLE("Integer") {
            @Override
            JsonNode parse(String text) {
                return IntNode.valueOf(Integer.parseInt(text.strip()));
            }
        },
        NUMBER("Number") {
            @Override
            JsonNode parse(String text) {
                return DoubleNode.valueOf(Double.parseDouble(text));
            }
        },
        TRUTH("Boolean") {
            @Override
            JsonNode parse(String text) {
                if (!text.equals("true") && !text.equals("false")) {
                    throw new IllegalArgumentException(text);
                }
                return BooleanNode.valueOf(text.equals("true"));
            }
        };

        private final String expected;

        Scalar(String expected) {
            this.expected = expected;
        }

        /** @throws IllegalArgumentException if it is none */
        abstract JsonNode parse(String text);

        @Override
        public JsonNode read(JsonNode value, String path) {
            if (value == Evaluation.UNKNOWN) {
                return value;
            }
            if (!value.isValueNode() || value.isNull()) {
                throw Mismatch.type(path, expected, value);
            }
            try {
                return parse(value.asText());
            } catch (IllegalArgumentException e) {
                throw Mismatch.type(path, expected, value);
            }
        }

        @Override
        public JsonNode wire(JsonNode value) {
            return value;
        }
    }

    /** A list of values of one shape. */
    record ListOf(Shape of) implements Shape {
        @Override
        public JsonNode read(JsonNode value, String path) {
            if (value == Evaluation.UNKNOWN) {
                return value;
            }
            if (!value.isArray()) {
                throw Mismatch.type(path, "JSONArray", value);
            }
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (JsonNode element : value) {
                list.add(of.read(element, path + "/" + list.size()));
            }
            return list;
        }

        @Override
        public JsonNode wire(JsonNode value) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> list.add(of.wire(element)));
            return list;
        }
    }

    /** Text by names that are data: they stay as they are. */
    enum MapOf implements Shape {
        TEXTS;

        @Override
        public JsonNode read(JsonNode value, String path) {
            if (value == Evaluation.UNKNOWN) {
                return value;
            }
            if (!value.isObject()) {
                throw Mismatch.type(path, "JSONObject", value);
            }
            ObjectNode map = JsonNodeFactory.instance.objectNode();
            value.properties()
                    .forEach(entry ->
                            map.set(entry.getKey(), Scalar.TEXT.read(entry.getValue(), path + "/" + entry.getKey())));
            return map;
        }

        @Override
        public JsonNode wire(JsonNode value) {
            return value;
        }
    }

    /** Anything: whether it is good is the service's to say. */
    enum Tree implements Shape {
        /** Its names go to the service as they are. */
        AS_IT_IS {
            @Override
            public JsonNode wire(JsonNode value) {
                return value;
            }
        },
        /** Its names begin with a small letter in the service. */
        LOWER_CAMEL {
            @Override
            public JsonNode wire(JsonNode value) {
                if (value.isArray()) {
                    ArrayNode list = JsonNodeFactory.instance.arrayNode();
                    value.forEach(element -> list.add(wire(element)));
                    return list;
                }
                if (!value.isObject()) {
                    return value;
                }
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                value.properties()
                        .forEach(member -> object.set(Structure.lower(member.getKey()), wire(member.getValue())));
                return object;
            }
        };

        @Override
        public JsonNode read(JsonNode value, String path) {
            return value;
        }
    }
}
