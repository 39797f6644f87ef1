package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A resource that has no behaviour here and needs none: a network's parts, roles. It is kept, with an id and attributes as
 * AWS's, so that others can name it.
 */
final class KeptHandler implements ResourceHandler {

    private final String title;
    private final BiFunction<World, Wanted, String> id;
    private final Attributes attributes;
    private final World world;

    private KeptHandler(World world, String title, BiFunction<World, Wanted, String> id, Attributes attributes) {
        this.world = world;
        this.title = title;
        this.id = id;
        this.attributes = attributes;
    }

    /** What Fn::GetAtt gives of such a resource. */
    @FunctionalInterface
    interface Attributes {
        Map<String, JsonNode> of(World world, String physicalId, JsonNode properties);
    }

    /**
     * @param required properties that must be given
     * @param replacing properties whose change is another resource
     * @param attributes of which the keys are known without properties
     */
    static ResourceType type(
            World world,
            String name,
            BiFunction<World, Wanted, String> id,
            Set<String> required,
            Set<String> replacing,
            String nameProperty,
            Set<String> names,
            Attributes attributes) {
        String title = name.split("::")[1];
        return new ResourceType(
                name,
                Shape.Tree.AS_IT_IS,
                required,
                replacing,
                nameProperty,
                names,
                new KeptHandler(world, title, id, attributes));
    }

    @Override
    public String service() {
        return title;
    }

    @Override
    public Created create(Wanted wanted) {
        String physicalId = id.apply(world, wanted);
        return new Created(physicalId, attributes.of(world, physicalId, wanted.properties()));
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        return new Created(existing.physicalId(), attributes.of(world, existing.physicalId(), wanted.properties()));
    }

    @Override
    public void destroy(Existing existing) {
        // It was nowhere but in the stack.
    }
}
