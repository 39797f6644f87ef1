package io.jenkins.plugins.ecscanary.localaws.elb;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Holds an API's records against the SDK's own shapes: every member must be AWS's, with AWS's name and type. */
public final class SdkShapes {

    private static final Map<Type, MarshallingType<?>> SCALARS = Map.of(
            String.class, MarshallingType.STRING,
            Integer.class, MarshallingType.INTEGER,
            Long.class, MarshallingType.LONG,
            Double.class, MarshallingType.DOUBLE,
            Boolean.class, MarshallingType.BOOLEAN,
            Instant.class, MarshallingType.INSTANT);

    private final List<String> differences = new ArrayList<>();

    private SdkShapes() {}

    /** @param outputs what each operation answers with, by its name */
    public static List<String> differences(ServiceApi api, String sdkPackage, Map<String, Class<?>> outputs) {
        SdkShapes shapes = new SdkShapes();
        for (Operation<?, ?> operation : api.operations()) {
            shapes.compare(operation.input(), sdk(sdkPackage, operation.name() + "Request"), operation.name() + " in");
            Class<?> output = outputs.get(operation.name());
            if (output == null) {
                shapes.differences.add(operation.name() + ": the test does not know its output");
            } else {
                shapes.compare(output, sdk(sdkPackage, operation.name() + "Response"), operation.name() + " out");
            }
        }
        return shapes.differences;
    }

    private static SdkPojo sdk(String sdkPackage, String name) {
        try {
            return (SdkPojo)
                    Class.forName(sdkPackage + "." + name).getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the SDK has no " + name, e);
        }
    }

    private void compare(Class<?> ours, SdkPojo theirs, String path) {
        Map<String, SdkField<?>> fields = new HashMap<>();
        theirs.sdkFields().forEach(field -> fields.put(field.memberName(), field));
        for (RecordComponent component : ours.getRecordComponents()) {
            String name = wireName(component);
            SdkField<?> field = fields.get(name);
            if (field == null) {
                differences.add(path + ": AWS has no " + name);
            } else {
                compare(component.getGenericType(), field, path + "." + name);
            }
        }
    }

    private void compare(Type ours, SdkField<?> theirs, String path) {
        MarshallingType<?> type = theirs.marshallingType();
        if (ours instanceof ParameterizedType list && list.getRawType() == List.class) {
            if (type != MarshallingType.LIST) {
                differences.add(path + ": AWS has no list here");
            } else {
                compare(
                        list.getActualTypeArguments()[0],
                        theirs.getTrait(ListTrait.class).memberFieldInfo(),
                        path + "[]");
            }
        } else if (ours instanceof ParameterizedType map && map.getRawType() == Map.class) {
            if (type != MarshallingType.MAP) {
                differences.add(path + ": AWS has no map here");
            } else {
                compare(
                        map.getActualTypeArguments()[1],
                        theirs.getTrait(MapTrait.class).valueFieldInfo(),
                        path + "{}");
            }
        } else if (ours instanceof Class<?> shape && shape.isRecord()) {
            if (type != MarshallingType.SDK_POJO) {
                differences.add(path + ": AWS has no structure here");
            } else {
                compare(shape, theirs.constructor().get(), path);
            }
        } else if (SCALARS.get(ours) != type) {
            differences.add(path + ": " + ours + " is not AWS's " + type.getTargetClass());
        }
    }

    private static String wireName(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        String name = component.getName();
        return given == null ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : given.value();
    }
}
