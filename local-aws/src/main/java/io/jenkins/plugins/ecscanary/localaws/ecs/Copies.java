package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How request members are taken over into immutable state: a missing list is an empty one, or stays missing. */
final class Copies {

    private Copies() {}

    static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <T> List<T> orNull(List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    /** Keeps the order in which it was given, since it is answered again as registered. */
    static <V> Map<String, V> orNull(Map<String, V> map) {
        return map == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** JSON's null is no value, as if it had not been given. */
    static JsonNode orNull(JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }

    static JsonNode emptyArray() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static boolean given(JsonNode node) {
        return node != null && !node.isNull() && !node.isMissingNode() && !(node.isContainerNode() && node.isEmpty());
    }

    static boolean given(List<?> list) {
        return list != null && !list.isEmpty();
    }
}
