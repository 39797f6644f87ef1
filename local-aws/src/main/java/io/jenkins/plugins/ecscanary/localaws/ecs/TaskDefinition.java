package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A registered revision, as it was given, with what AWS adds. Immutable: a change is a new revision, but for its status. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskDefinition(
        String taskDefinitionArn,
        List<ContainerDefinition> containerDefinitions,
        String family,
        String taskRoleArn,
        String executionRoleArn,
        String networkMode,
        Integer revision,
        List<Volume> volumes,
        String status,
        JsonNode placementConstraints,
        List<String> compatibilities,
        JsonNode runtimePlatform,
        List<String> requiresCompatibilities,
        String cpu,
        String memory,
        String pidMode,
        String ipcMode,
        Instant registeredAt,
        Instant deregisteredAt,
        Instant deleteRequestedAt,
        String registeredBy,
        JsonNode ephemeralStorage,
        Boolean enableFaultInjection) {

    TaskDefinition {
        containerDefinitions = List.copyOf(containerDefinitions);
        volumes = Copies.orEmpty(volumes);
        compatibilities = Copies.orEmpty(compatibilities);
        requiresCompatibilities = Copies.orNull(requiresCompatibilities);
    }

    /** What {@code status} can be. */
    enum Status {
        ACTIVE,
        /** Deregistered: what runs goes on, nothing new can be started of it. */
        INACTIVE,
        DELETE_IN_PROGRESS
    }

    /** The same revision in another state. */
    TaskDefinition as(Status changed, Instant deregistered, Instant deleteRequested) {
        return new TaskDefinition(
                taskDefinitionArn,
                containerDefinitions,
                family,
                taskRoleArn,
                executionRoleArn,
                networkMode,
                revision,
                volumes,
                changed.name(),
                placementConstraints,
                compatibilities,
                runtimePlatform,
                requiresCompatibilities,
                cpu,
                memory,
                pidMode,
                ipcMode,
                registeredAt,
                deregistered,
                deleteRequested,
                registeredBy,
                ephemeralStorage,
                enableFaultInjection);
    }

    /** {@code family:revision}. */
    String shortName() {
        return family + ":" + revision;
    }

    Optional<ContainerDefinition> container(String name) {
        return containerDefinitions.stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
    }

    /** Why a load balancer cannot send to that container and port, in AWS's words; empty if it can. */
    Optional<String> refusal(String containerName, int port) {
        Optional<ContainerDefinition> container = container(containerName);
        if (container.isEmpty()) {
            return Optional.of("The container " + containerName + " does not exist in the task definition.");
        }
        return container.get().hasPort(port)
                ? Optional.empty()
                : Optional.of(
                        "The container " + containerName + " did not have a container port " + port + " defined.");
    }

    /** A volume that is not backed by anything outside the task is the task's own scratch space. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Volume(
            String name,
            Host host,
            JsonNode dockerVolumeConfiguration,
            JsonNode efsVolumeConfiguration,
            JsonNode s3filesVolumeConfiguration,
            JsonNode fsxWindowsFileServerVolumeConfiguration,
            Boolean configuredAtLaunch) {
        record Host(String sourcePath) {}
    }
}
