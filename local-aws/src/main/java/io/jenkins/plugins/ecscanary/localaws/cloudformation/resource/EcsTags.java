package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Tags of ECS's resources. */
final class EcsTags {

    private EcsTags() {}

    static void sync(Backend ecs, String arn, JsonNode before, JsonNode after) {
        Backend.tags(
                before,
                after,
                added -> ecs.call("TagResource", Map.of("resourceArn", arn, "tags", EcsShapes.TAGS.wire(added))),
                removed -> ecs.call("UntagResource", Map.of("resourceArn", arn, "tagKeys", removed)));
    }
}
