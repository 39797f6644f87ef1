package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinition.Status;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinition.Volume;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinitions.Registered;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** RegisterTaskDefinition, DescribeTaskDefinition, ListTaskDefinitions, ListTaskDefinitionFamilies. */
final class TaskDefinitionOperations {

    private final World world;
    private final TaskDefinitions definitions;

    TaskDefinitionOperations(World world, TaskDefinitions definitions) {
        this.world = world;
        this.definitions = definitions;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("RegisterTaskDefinition", RegisterTaskDefinitionRequest.class, this::register),
                Operation.of("DescribeTaskDefinition", DescribeTaskDefinitionRequest.class, this::describe),
                Operation.of("ListTaskDefinitions", ListTaskDefinitionsRequest.class, this::list),
                Operation.of("ListTaskDefinitionFamilies", ListTaskDefinitionFamiliesRequest.class, this::families));
    }

    TaskDefinitionResponse register(RegisterTaskDefinitionRequest request) {
        TaskDefinitionRules.check(
                request.family,
                request.networkMode,
                request.requiresCompatibilities,
                request.executionRoleArn,
                request.containerDefinitions,
                request.volumes);
        Tag.check(request.tags);
        if (Copies.given(request.proxyConfiguration)) {
            throw AwsError.unsupported("proxyConfiguration");
        }
        if (Copies.given(request.inferenceAccelerators)) {
            throw AwsError.unsupported("inferenceAccelerators");
        }
        if (Copies.given(request.placementConstraints)) {
            throw new AwsError("ClientException", "Fargate does not support task placement constraints.");
        }
        String cpu = request.cpu;
        String memory = request.memory;
        if (!request.requiresCompatibilities.isEmpty()) {
            FargateSize size = FargateSize.of(cpu, memory);
            cpu = Integer.toString(size.cpu());
            memory = Integer.toString(size.memory());
        }
        int revision = definitions.nextRevision(request.family);
        TaskDefinition definition = new TaskDefinition(
                definitions.arn(request.family, revision),
                request.containerDefinitions,
                request.family,
                request.taskRoleArn,
                request.executionRoleArn,
                request.networkMode,
                revision,
                request.volumes,
                "ACTIVE",
                request.placementConstraints,
                List.of("EC2", "FARGATE"),
                request.runtimePlatform,
                request.requiresCompatibilities.isEmpty() ? null : request.requiresCompatibilities,
                cpu,
                memory,
                request.pidMode,
                request.ipcMode,
                world.now(),
                null,
                null,
                "arn:aws:iam::" + world.account() + ":root",
                request.ephemeralStorage,
                request.enableFaultInjection);
        definitions.add(definition, request.tags);
        world.log("ecs task definition %s registered", definition.shortName());
        return new TaskDefinitionResponse(definition, request.tags.isEmpty() ? null : request.tags);
    }

    TaskDefinitionResponse describe(DescribeTaskDefinitionRequest request) {
        Members.included(request.include, "TAGS");
        Registered registered = definitions
                .find(request.taskDefinition)
                .orElseThrow(() -> new AwsError("ClientException", "Unable to describe task definition."));
        return new TaskDefinitionResponse(registered.definition(), Tag.ifIncluded(request.include, registered.tags()));
    }

    ListTaskDefinitionsResponse list(ListTaskDefinitionsRequest request) {
        Status status = Members.oneOf(Status.class, "status", request.status).orElse(Status.ACTIVE);
        Members.oneOf(Sort.class, "sort", request.sort);
        List<String> arns = definitions.arns(request.familyPrefix, status);
        if ("DESC".equals(request.sort)) {
            arns = new ArrayList<>(arns);
            Collections.reverse(arns);
        }
        Page<String> page = Page.of(arns, request.nextToken, request.maxResults, 100);
        return new ListTaskDefinitionsResponse(page.items(), page.nextToken());
    }

    ListTaskDefinitionFamiliesResponse families(ListTaskDefinitionFamiliesRequest request) {
        FamilyStatus status =
                Members.oneOf(FamilyStatus.class, "status", request.status).orElse(FamilyStatus.ALL);
        List<String> families = definitions.families(request.familyPrefix, revisions -> switch (status) {
            case ACTIVE -> revisions.stream().anyMatch(Registered::isActive);
            case INACTIVE -> revisions.stream().noneMatch(Registered::isActive);
            case ALL -> true;
        });
        Page<String> page = Page.of(families, request.nextToken, request.maxResults, 100);
        return new ListTaskDefinitionFamiliesResponse(page.items(), page.nextToken());
    }

    private enum Sort {
        ASC,
        DESC
    }

    /** Of a family: it has an active revision, it has none, or either. */
    private enum FamilyStatus {
        ACTIVE,
        INACTIVE,
        ALL
    }

    record RegisterTaskDefinitionRequest(
            String family,
            String taskRoleArn,
            String executionRoleArn,
            String networkMode,
            List<ContainerDefinition> containerDefinitions,
            List<Volume> volumes,
            JsonNode placementConstraints,
            List<String> requiresCompatibilities,
            String cpu,
            String memory,
            List<Tag> tags,
            String pidMode,
            String ipcMode,
            JsonNode proxyConfiguration,
            JsonNode inferenceAccelerators,
            JsonNode ephemeralStorage,
            JsonNode runtimePlatform,
            Boolean enableFaultInjection) {
        RegisterTaskDefinitionRequest {
            containerDefinitions = Copies.orEmpty(containerDefinitions);
            volumes = Copies.orEmpty(volumes);
            requiresCompatibilities = Copies.orEmpty(requiresCompatibilities);
            tags = Copies.orEmpty(tags);
        }
    }

    record DescribeTaskDefinitionRequest(String taskDefinition, List<String> include) {
        DescribeTaskDefinitionRequest {
            include = Copies.orEmpty(include);
        }
    }

    record TaskDefinitionResponse(TaskDefinition taskDefinition, List<Tag> tags) {
        TaskDefinitionResponse {
            tags = Copies.orNull(tags);
        }
    }

    record ListTaskDefinitionsRequest(
            String familyPrefix, String status, String sort, String nextToken, Integer maxResults) {}

    record ListTaskDefinitionFamiliesRequest(
            String familyPrefix, String status, String nextToken, Integer maxResults) {}

    record ListTaskDefinitionFamiliesResponse(List<String> families, String nextToken) {
        ListTaskDefinitionFamiliesResponse {
            families = List.copyOf(families);
        }
    }

    record ListTaskDefinitionsResponse(List<String> taskDefinitionArns, String nextToken) {
        ListTaskDefinitionsResponse {
            taskDefinitionArns = List.copyOf(taskDefinitionArns);
        }
    }
}
