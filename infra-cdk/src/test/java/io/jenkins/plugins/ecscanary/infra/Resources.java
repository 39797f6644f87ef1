package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** A template's resources, for assertions. */
record Resources(JsonNode template) {

    /** Logical ids. */
    List<String> ids(String type) {
        List<String> ids = new ArrayList<>();
        template.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                ids.add(resource.getKey());
            }
        });
        return ids;
    }

    /** Properties. */
    List<JsonNode> all(String type) {
        return ids(type).stream().map(id -> resource(id).path("Properties")).toList();
    }

    /** The properties of the only one. */
    JsonNode only(String type) {
        List<JsonNode> all = all(type);
        assertThat(all).as(type).hasSize(1);
        return all.get(0);
    }

    /** The logical id that begins so; CDK appends a hash. */
    String id(String begin) {
        List<String> ids = new ArrayList<>();
        template.path("Resources").fieldNames().forEachRemaining(ids::add);
        ids.removeIf(id -> !id.matches(begin + "[0-9A-F]{8}"));
        assertThat(ids).as(begin).hasSize(1);
        return ids.get(0);
    }

    /** With Type, Properties and the rest. */
    JsonNode resource(String id) {
        return template.path("Resources").path(id);
    }

    /** Properties by the beginning of the logical id. */
    JsonNode of(String begin) {
        return resource(id(begin)).path("Properties");
    }

    static JsonNode ref(JsonNode value) {
        return value.path("Ref");
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
