package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::ECS::Cluster}. */
final class ClusterHandler implements ResourceHandler {

    private static final String TYPE = "AWS::ECS::Cluster";

    private final Backend ecs;

    private ClusterHandler(Backend ecs) {
        this.ecs = ecs;
    }

    static ResourceType type(Backend ecs) {
        return new ResourceType(
                TYPE,
                EcsShapes.CLUSTER,
                Set.of(),
                Set.of("ClusterName"),
                "ClusterName",
                Set.of("Arn"),
                new ClusterHandler(ecs));
    }

    @Override
    public String service() {
        return ecs.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = ecs.name(wanted, "ClusterName", 255);
        for (JsonNode there :
                ecs.call("DescribeClusters", Map.of("clusters", List.of(name))).path("clusters")) {
            if (there.path("status").asText().equals("ACTIVE")) {
                throw Backend.exists(TYPE, name);
            }
        }
        ObjectNode input = EcsShapes.CLUSTER.wire(wanted.properties()).put("clusterName", name);
        JsonNode cluster = ecs.call("CreateCluster", input).path("cluster");
        return new Created(name, Map.of("Arn", cluster.path("clusterArn")));
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        Backend.onlyTagsChange(TYPE, existing.properties(), wanted.properties());
        EcsTags.sync(ecs, existing.attribute("Arn"), existing.properties(), wanted.properties());
        return new Created(existing.physicalId(), existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        ecs.end("DeleteCluster", Map.of("cluster", existing.physicalId()), "ClusterNotFoundException");
    }
}
