package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A deployment of a service whose controller is ECS, as the API answers it. */
record DeploymentView(
        String id,
        String status,
        String taskDefinition,
        Integer desiredCount,
        Integer pendingCount,
        Integer runningCount,
        Integer failedTasks,
        Instant createdAt,
        Instant updatedAt,
        JsonNode capacityProviderStrategy,
        String launchType,
        String platformVersion,
        String platformFamily,
        JsonNode networkConfiguration,
        String rolloutState,
        String rolloutStateReason) {

    static DeploymentView of(TaskSet set) {
        Service service = set.service;
        boolean primary = set.status == TaskSet.Status.PRIMARY;
        return new DeploymentView(
                set.id,
                service.isActive() ? set.status.name() : "INACTIVE",
                set.definition.taskDefinitionArn(),
                primary ? service.desiredCount : set.deployment.wanted,
                set.pendingCount(),
                set.runningCount(),
                set.deployment.failedTasks,
                set.createdAt,
                set.updatedAt,
                set.revision.capacityProviderStrategy(),
                set.revision.launchType(),
                set.revision.platformVersion(),
                "Linux",
                set.revision.networkConfiguration(),
                set.deployment.state.name(),
                set.deployment.reason);
    }
}
