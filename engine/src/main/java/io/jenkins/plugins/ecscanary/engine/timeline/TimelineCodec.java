package io.jenkins.plugins.ecscanary.engine.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * A timeline's lines: {@code {"schema":1,"seq":3,"type":"checked","at":"…",…}}. Every line carries the schema version, so
 * that a torn file never has an unversioned rest.
 */
public final class TimelineCodec {

    /** The version of the event format. Events may gain members within a version; readers ignore unknown ones. */
    public static final int SCHEMA = 1;

    private static final ObjectMapper MAPPER = Json.mapper();

    /** A number that is missing is not 0. */
    private static final ObjectReader EVENTS =
            MAPPER.readerFor(DeploymentEvent.class).with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private TimelineCodec() {}

    /** One line, without the line feed. */
    public static String write(TimelineEntry entry) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("schema", SCHEMA);
        line.put("seq", entry.seq());
        line.setAll((ObjectNode) MAPPER.valueToTree(entry.event()));
        return line.toString();
    }

    /** @throws MalformedLine if it is not an event this version reads, saying why */
    public static TimelineEntry read(String line) throws MalformedLine {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (!(node instanceof ObjectNode object)) {
                throw new MalformedLine("it is not a JSON object");
            }
            JsonNode schema = object.remove("schema");
            JsonNode seq = object.remove("seq");
            if (schema == null || !schema.isInt() || seq == null || !seq.isInt()) {
                throw new MalformedLine("it has no schema and seq");
            }
            if (schema.intValue() > SCHEMA) {
                throw new MalformedLine("it has schema " + schema.intValue() + " and this version reads up to " + SCHEMA
                        + ": a newer version wrote it");
            }
            DeploymentEvent event = EVENTS.readValue(object);
            if (event.at() == null) {
                throw new MalformedLine("its event has no time");
            }
            return new TimelineEntry(seq.intValue(), event);
        } catch (JsonProcessingException e) {
            throw new MalformedLine(why(e));
        } catch (IOException e) {
            throw new MalformedLine(e.getMessage());
        }
    }

    /** Without the names of our classes, which mean nothing to who has to mend a file. */
    private static String why(JsonProcessingException e) {
        if (e instanceof InvalidTypeIdException type) {
            return type.getTypeId() == null
                    ? "its event has no type"
                    : "its event type \"" + type.getTypeId() + "\" is not one this version knows";
        }
        if (e instanceof JsonMappingException mapping) {
            String member = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            if (e.getCause() instanceof NullPointerException missing) {
                return "its member " + (member.isEmpty() ? "" : member + ".") + missing.getMessage() + " is missing";
            }
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                return wrong.getMessage();
            }
            String value = e instanceof InvalidFormatException format ? ": " + format.getValue() : "";
            return member.isEmpty() ? "its event is not complete" : "its member " + member + " can't be used" + value;
        }
        return "it is no JSON from column " + e.getLocation().getColumnNr() + " on";
    }

    /** A line that can't be read; the message says why, the caller knows where. */
    public static final class MalformedLine extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedLine(String message) {
            super(message);
        }
    }
}
