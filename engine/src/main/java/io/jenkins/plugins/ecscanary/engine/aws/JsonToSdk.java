package io.jenkins.plugins.ecscanary.engine.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills an SDK request from the API's own JSON by the field descriptions that the SDK itself marshals with, so that every
 * member the SDK knows is taken and every other one is noticed. Collects all problems instead of stopping at the first.
 */
final class JsonToSdk {

    private static final int LONGEST_SHOWN = 60;

    private final List<String> problems = new ArrayList<>();

    private JsonToSdk() {}

    /** Fills the builder as far as it can be and answers every problem met. */
    static List<String> fill(SdkPojo builder, JsonNode object) {
        JsonToSdk filling = new JsonToSdk();
        filling.members(builder, object, "");
        return List.copyOf(filling.problems);
    }

    private void members(SdkPojo builder, JsonNode object, String path) {
        Map<String, SdkField<?>> fields = new TreeMap<>();
        builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        object.properties().forEach(member -> {
            String where = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            SdkField<?> field = fields.get(member.getKey());
            if (field == null) {
                problems.add(where + ": unknown member" + NearestName.hint(member.getKey(), fields.keySet()));
            } else if (!member.getValue().isNull()) {
                field.set(builder, value(field, member.getValue(), where));
            }
        });
    }

    /** Null where the value is none of the field's type, which is then among the problems. */
    private Object value(SdkField<?> field, JsonNode json, String path) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.STRING) {
            return json.isTextual() ? json.textValue() : wrong(path, "a text in quotes", json);
        } else if (type == MarshallingType.INTEGER) {
            return whole(json, path);
        } else if (type == MarshallingType.BOOLEAN) {
            return json.isBoolean() ? json.booleanValue() : wrong(path, "true or false", json);
        } else if (type == MarshallingType.LIST) {
            return list(field, json, path);
        } else if (type == MarshallingType.MAP) {
            return map(field, json, path);
        } else if (type == MarshallingType.SDK_POJO) {
            return object(field, json, path);
        }
        // No field of the task definition has another type; should one get it, it is refused rather than lost.
        problems.add(path + ": the SDK's type " + type.getTargetClass().getSimpleName() + " is not supported");
        return null;
    }

    private Object object(SdkField<?> field, JsonNode json, String path) {
        if (!json.isObject()) {
            return wrong(path, "an object in braces", json);
        }
        SdkPojo builder = field.constructor().get();
        members(builder, json, path);
        return ((Buildable) builder).build();
    }

    private Object list(SdkField<?> field, JsonNode json, String path) {
        if (!json.isArray()) {
            return wrong(path, "a list in brackets", json);
        }
        SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> values = new ArrayList<>();
        for (JsonNode item : json) {
            values.add(value(element, item, path + "[" + values.size() + "]"));
        }
        return values;
    }

    private Object map(SdkField<?> field, JsonNode json, String path) {
        if (!json.isObject()) {
            return wrong(path, "an object in braces", json);
        }
        SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> values = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> values.put(
                        entry.getKey(), value(element, entry.getValue(), path + "[\"" + entry.getKey() + "\"]")));
        return values;
    }

    private Object whole(JsonNode json, String path) {
        if (!json.isIntegralNumber()) {
            return wrong(path, "a whole number", json);
        }
        return json.canConvertToInt() ? json.intValue() : wrong(path, "a whole number below 2^31", json);
    }

    private Object wrong(String path, String expected, JsonNode got) {
        problems.add(path + ": expected " + expected + ", got " + shown(got));
        return null;
    }

    /** The value as it stands in the JSON, so that it can be found; containers only by their kind. */
    static String shown(JsonNode json) {
        if (json.isObject()) {
            return "an object";
        } else if (json.isArray()) {
            return "a list";
        } else if (json.isMissingNode()) {
            return "nothing";
        }
        String text = json.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
