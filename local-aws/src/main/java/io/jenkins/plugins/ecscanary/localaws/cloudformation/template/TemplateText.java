package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;

/** A template's text as a tree. JSON begins with a brace; anything else is YAML, whose short forms are written out. */
final class TemplateText {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TemplateText() {}

    /** @throws AwsError ValidationError, saying where it is not well-formed */
    static ObjectNode parse(String text) {
        boolean json = text.stripLeading().startsWith("{");
        try {
            JsonNode tree = json ? JSON.readTree(text) : YamlText.parse(text);
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw malformed(json ? "JSON" : "YAML", e);
        }
        throw Invalid.format("unsupported structure.");
    }

    private static AwsError malformed(String language, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return Invalid.format(language + " not well-formed." + where + " " + e.getOriginalMessage());
    }
}
