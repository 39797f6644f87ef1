package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Optional;

/**
 * What RunTask asks to be otherwise than in the task definition. The roles are kept and answered; a process here has
 * neither.
 *
 * @param cpu of the whole task, with {@code memory} a size Fargate has
 */
record TaskOverride(
        List<ContainerOverride> containerOverrides,
        String cpu,
        JsonNode inferenceAcceleratorOverrides,
        String executionRoleArn,
        String memory,
        String taskRoleArn,
        JsonNode ephemeralStorage) {

    private static final TaskOverride NONE = new TaskOverride(null, null, null, null, null, null, null);

    TaskOverride {
        containerOverrides = Copies.orEmpty(containerOverrides);
    }

    static TaskOverride orNone(TaskOverride given) {
        return given == null ? NONE : given;
    }

    /** @throws AwsError if it names a container that is not there, a size Fargate has not, or what is not supported */
    void check(TaskDefinition definition) {
        for (ContainerOverride override : containerOverrides) {
            if (definition.container(override.name).isEmpty()) {
                throw new AwsError(
                        "InvalidParameterException",
                        "Override for container named " + override.name + " is not a container in the TaskDefinition.");
            }
            override.check();
        }
        if (Copies.given(inferenceAcceleratorOverrides)) {
            throw AwsError.unsupported("overrides.inferenceAcceleratorOverrides");
        }
        if (cpu != null || memory != null) {
            FargateSize.of(cpu == null ? definition.cpu() : cpu, memory == null ? definition.memory() : memory);
        }
    }

    Optional<ContainerOverride> of(String container) {
        return containerOverrides.stream()
                .filter(override -> container.equals(override.name))
                .findFirst();
    }

    /** As AWS answers it: every container is there, most of them with nothing but the name. */
    TaskOverride answered(TaskDefinition definition) {
        return new TaskOverride(
                definition.containerDefinitions().stream()
                        .map(container ->
                                of(container.name()).orElseGet(() -> ContainerOverride.none(container.name())))
                        .toList(),
                cpu,
                Copies.emptyArray(),
                executionRoleArn,
                memory,
                taskRoleArn,
                ephemeralStorage);
    }

    /** @param environment added to the container's own, or in the place of variables of the same name */
    record ContainerOverride(
            String name,
            List<String> command,
            List<KeyValuePair> environment,
            JsonNode environmentFiles,
            Integer cpu,
            Integer memory,
            Integer memoryReservation,
            JsonNode resourceRequirements) {
        ContainerOverride {
            command = Copies.orNull(command);
            environment = Copies.orNull(environment);
        }

        static ContainerOverride none(String name) {
            return new ContainerOverride(name, null, null, null, null, null, null, null);
        }

        private void check() {
            if (Copies.given(environmentFiles)) {
                throw AwsError.unsupported("overrides.containerOverrides.environmentFiles");
            }
            if (Copies.given(resourceRequirements)) {
                throw AwsError.unsupported("overrides.containerOverrides.resourceRequirements (GPU)");
            }
            if (environment != null && environment.stream().anyMatch(variable -> variable.name() == null)) {
                throw new AwsError(
                        "ClientException", "Environment variable name cannot be null (override of " + name + ").");
            }
        }
    }
}
