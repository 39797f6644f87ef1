package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** How types of services that are not here are kept: what {@code Ref} and {@code Fn::GetAtt} give, in the shapes AWS has. */
record Keeping(World world) {

    /** An attribute that is what {@code Ref} gives. */
    static final Value ID = (id, properties) -> Backend.text(id);

    /** An attribute. */
    @FunctionalInterface
    interface Value {
        JsonNode of(String physicalId, JsonNode properties);
    }

    /**
     * @param id what {@code Ref} gives
     * @param attributes by name
     */
    ResourceType type(
            String name,
            BiFunction<World, Wanted, String> id,
            List<String> required,
            List<String> replacing,
            Map<String, Value> attributes) {
        return named(name, null, id, required, replacing, attributes);
    }

    /** @param nameProperty of which there can't be two; its change is another resource */
    ResourceType named(
            String name,
            String nameProperty,
            BiFunction<World, Wanted, String> id,
            List<String> required,
            List<String> replacing,
            Map<String, Value> attributes) {
        return KeptHandler.type(
                world,
                name,
                id,
                Set.copyOf(required),
                Set.copyOf(replacing),
                nameProperty,
                attributes.keySet(),
                (of, physicalId, properties) -> {
                    Map<String, JsonNode> values = new HashMap<>();
                    attributes.forEach((attribute, value) -> values.put(attribute, value.of(physicalId, properties)));
                    return values;
                });
    }

    /** An id of its own: {@code prefix} and letters or digits. */
    static BiFunction<World, Wanted, String> id(String prefix) {
        return (world, wanted) -> prefix + world.ids().nameEnd();
    }

    /** As Cloud Map has them: {@code prefix} and small letters or digits. */
    static BiFunction<World, Wanted, String> lower(String prefix) {
        return (world, wanted) -> prefix + world.ids().nameEnd().toLowerCase(Locale.ROOT);
    }

    static BiFunction<World, Wanted, String> uuid() {
        return (world, wanted) -> world.ids().uuid();
    }

    /** The name given in this property, or one made up. */
    static BiFunction<World, Wanted, String> name(String property) {
        return (world, wanted) -> new Backend(world, null, null, null).name(wanted, property, 128);
    }

    /** {@code arn:aws:service:region:account:} and this, with the name in a property, or one made up, behind it. */
    static BiFunction<World, Wanted, String> arnOf(String service, String before, String property) {
        return (world, wanted) -> world.arn(service, before + name(property).apply(world, wanted));
    }

    /** An attribute that is an ARN with the id at its end. */
    Value arn(String service, String before) {
        return (id, properties) -> Backend.text(world.arn(service, before + id));
    }

    /** An attribute that is an ARN of a service that is in no region. */
    Value globalArn(String service, String before) {
        return (id, properties) -> Backend.text("arn:aws:" + service + "::" + world.account() + ":" + before + id);
    }

    /** An attribute that is the last part of the id, after the last of this character. */
    static Value after(char separator) {
        return (id, properties) -> Backend.text(id.substring(id.lastIndexOf(separator) + 1));
    }

    /** An attribute that is a property. */
    static Value given(String property) {
        return (id, properties) -> properties.has(property) ? properties.get(property) : Backend.text("");
    }

    /** An attribute that is the id with something around it. */
    static Value around(String before, String after) {
        return (id, properties) -> Backend.text(before + id + after);
    }
}
