package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Map;

/** A map in an AWS Query answer: entries with key and value, so that it can't be taken for a structure. */
final class QueryMap {

    static final String ENTRY = "entry";

    private QueryMap() {}

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("maps");
        module.addSerializer(new Entries());
        return module;
    }

    private static final class Entries extends JsonSerializer<Map<?, ?>> {

        @Override
        @SuppressWarnings("unchecked")
        public Class<Map<?, ?>> handledType() {
            return (Class<Map<?, ?>>) (Class<?>) Map.class;
        }

        @Override
        public void serialize(Map<?, ?> map, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart(ENTRY);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeStartObject();
                out.writeStringField("key", String.valueOf(entry.getKey()));
                provider.defaultSerializeField("value", entry.getValue(), out);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }
}
