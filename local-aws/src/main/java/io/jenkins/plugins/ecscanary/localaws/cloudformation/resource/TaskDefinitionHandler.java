package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::ECS::TaskDefinition}: a revision each. A change is a new revision, and the old one is deregistered when the
 * stack's update cleans up: then nothing new can be started of it.
 */
final class TaskDefinitionHandler implements ResourceHandler {

    private final Backend ecs;

    private TaskDefinitionHandler(Backend ecs) {
        this.ecs = ecs;
    }

    static ResourceType type(Backend ecs) {
        Set<String> replacing = new HashSet<>(EcsShapes.TASK_DEFINITION.names());
        replacing.remove("Tags");
        return new ResourceType(
                "AWS::ECS::TaskDefinition",
                EcsShapes.TASK_DEFINITION,
                Set.of("ContainerDefinitions"),
                replacing,
                null,
                Set.of("TaskDefinitionArn"),
                new TaskDefinitionHandler(ecs));
    }

    @Override
    public String service() {
        return ecs.title();
    }

    @Override
    public Created create(Wanted wanted) {
        ObjectNode input = EcsShapes.TASK_DEFINITION.wire(wanted.properties());
        if (!input.has("family")) {
            input.put("family", ecs.name(wanted, "Family", 255));
        }
        String arn = ecs.call("RegisterTaskDefinition", input)
                .at("/taskDefinition/taskDefinitionArn")
                .asText();
        return new Created(arn, Map.of("TaskDefinitionArn", Backend.text(arn)));
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        EcsTags.sync(ecs, existing.physicalId(), existing.properties(), wanted.properties());
        return new Created(existing.physicalId(), existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        ecs.end("DeregisterTaskDefinition", Map.of("taskDefinition", existing.physicalId()), "ClientException");
    }
}
