package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The body of an AWS Query request, unflattened: {@code A.member.1.B=x} is a list of structures, {@code
 * A.entry.1.key=k&A.entry.1.value=v} a map, {@code A.B=x} a structure.
 */
final class QueryForm {

    private static final int MAX_PARAMETERS = 10_000;
    private static final int MAX_DEPTH = 32;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private QueryForm() {}

    /** @throws AwsError SerializationException, if it is not a form or its names contradict one another */
    static ObjectNode parse(String body) {
        Map<String, Object> root = new LinkedHashMap<>();
        if (!body.isEmpty()) {
            String[] pairs = body.split("&", -1);
            if (pairs.length > MAX_PARAMETERS) {
                throw malformed("more than " + MAX_PARAMETERS + " parameters");
            }
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                put(root, name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return structure(root);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> root, String name, String value) {
        String[] steps = name.split("\\.", -1);
        if (steps.length > MAX_DEPTH) {
            throw malformed("parameter nested deeper than " + MAX_DEPTH);
        }
        Map<String, Object> at = root;
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].isEmpty()) {
                throw malformed("parameter name '" + name + "'");
            }
            if (i == steps.length - 1) {
                if (at.putIfAbsent(steps[i], value) != null) {
                    throw malformed("parameter " + name + " given twice");
                }
            } else {
                Object next = at.computeIfAbsent(steps[i], key -> new LinkedHashMap<String, Object>());
                if (!(next instanceof Map)) {
                    throw malformed("parameter " + name + " is both a value and a structure");
                }
                at = (Map<String, Object>) next;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static JsonNode node(Object value) {
        if (value instanceof String text) {
            return TextNode.valueOf(text);
        }
        Map<String, Object> map = (Map<String, Object>) value;
        if (map.size() == 1) {
            Object members = map.get("member");
            if (members instanceof Map<?, ?> items && isNumbered(items)) {
                return list((Map<String, Object>) items);
            }
            Object entries = map.get("entry");
            if (entries instanceof Map<?, ?> items && isNumbered(items)) {
                return map((Map<String, Object>) items);
            }
        }
        return structure(map);
    }

    private static ObjectNode structure(Map<String, Object> members) {
        ObjectNode node = NODES.objectNode();
        members.forEach((name, value) -> node.set(name, node(value)));
        return node;
    }

    private static ArrayNode list(Map<String, Object> items) {
        ArrayNode list = NODES.arrayNode();
        inOrder(items).values().forEach(item -> list.add(node(item)));
        return list;
    }

    private static ObjectNode map(Map<String, Object> items) {
        ObjectNode map = NODES.objectNode();
        for (Object item : inOrder(items).values()) {
            if (!(item instanceof Map<?, ?> entry)
                    || entry.size() != 2
                    || !(entry.get("key") instanceof String key)
                    || entry.get("value") == null) {
                throw malformed("a map entry without key and value");
            }
            map.set(key, node(entry.get("value")));
        }
        return map;
    }

    private static SortedMap<Integer, Object> inOrder(Map<String, Object> items) {
        SortedMap<Integer, Object> sorted = new TreeMap<>();
        items.forEach((index, item) -> sorted.put(Integer.valueOf(index), item));
        return sorted;
    }

    private static boolean isNumbered(Map<?, ?> items) {
        return items.keySet().stream().allMatch(key -> ((String) key).matches("[1-9][0-9]{0,5}"));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("'%' without two hexadecimal digits after it");
        }
    }

    private static AwsError malformed(String why) {
        return new AwsError("SerializationException", "not an AWS Query form: " + why);
    }
}
