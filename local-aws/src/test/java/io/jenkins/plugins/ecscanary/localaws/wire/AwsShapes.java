package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Compares our records with the official SDK's shapes, member by member: names and JSON types must be AWS's. */
public final class AwsShapes {

    private static final Map<MarshallingType<?>, Class<?>> SCALARS = Map.of(
            MarshallingType.STRING, String.class,
            MarshallingType.INTEGER, Integer.class,
            MarshallingType.LONG, Long.class,
            MarshallingType.DOUBLE, Double.class,
            MarshallingType.BOOLEAN, Boolean.class,
            MarshallingType.INSTANT, Instant.class);

    private AwsShapes() {}

    /** @param shape an SDK request, response or structure */
    public static void assertMatches(Class<?> record, SdkPojo shape) {
        compare(record, shape.sdkFields(), record.getSimpleName());
    }

    /** The names of all members AWS has. */
    public static List<String> members(SdkPojo shape) {
        return shape.sdkFields().stream().map(SdkField::locationName).toList();
    }

    private static void compare(Class<?> record, List<SdkField<?>> fields, String path) {
        Map<String, SdkField<?>> byName =
                fields.stream().collect(Collectors.toMap(SdkField::locationName, Function.identity()));
        assertThat(record.isRecord()).as("%s is a record", path).isTrue();
        for (RecordComponent component : record.getRecordComponents()) {
            JsonProperty spelled = component.getAccessor().getAnnotation(JsonProperty.class);
            String member = spelled == null ? component.getName() : spelled.value();
            String name = path + "." + member;
            assertThat(byName).as(name).containsKey(member);
            compare(component.getGenericType(), byName.get(member), name);
        }
    }

    private static void compare(Type ours, SdkField<?> theirs, String path) {
        if (ours == JsonNode.class) {
            return; // passed through as it came
        }
        MarshallingType<?> type = theirs.marshallingType();
        if (type == MarshallingType.LIST) {
            assertThat(raw(ours)).as(path).isEqualTo(List.class);
            compare(argument(ours, 0), theirs.getTrait(ListTrait.class).memberFieldInfo(), path + "[]");
        } else if (type == MarshallingType.MAP) {
            assertThat(raw(ours)).as(path).isEqualTo(Map.class);
            compare(argument(ours, 1), theirs.getTrait(MapTrait.class).valueFieldInfo(), path + "{}");
        } else if (type == MarshallingType.SDK_POJO) {
            compare(raw(ours), theirs.constructor().get().sdkFields(), path);
        } else {
            assertThat(ours).as(path).isEqualTo(SCALARS.get(type));
        }
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
