package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.LoadBalancer;
import java.time.Instant;
import java.util.List;

/** A task set as the API answers it. */
record TaskSetView(
        String id,
        String taskSetArn,
        String serviceArn,
        String clusterArn,
        String startedBy,
        String externalId,
        String status,
        String taskDefinition,
        Integer computedDesiredCount,
        Integer pendingCount,
        Integer runningCount,
        Instant createdAt,
        Instant updatedAt,
        String launchType,
        JsonNode capacityProviderStrategy,
        String platformVersion,
        String platformFamily,
        JsonNode networkConfiguration,
        List<LoadBalancer> loadBalancers,
        List<JsonNode> serviceRegistries,
        Scale scale,
        String stabilityStatus,
        Instant stabilityStatusAt,
        List<Tag> tags) {

    TaskSetView {
        loadBalancers = List.copyOf(loadBalancers);
        serviceRegistries = List.copyOf(serviceRegistries);
        tags = Copies.orNull(tags);
    }

    static TaskSetView of(TaskSet set, boolean steady, List<Tag> tags) {
        return new TaskSetView(
                set.id,
                set.arn,
                set.service.arn,
                set.service.cluster.arn,
                set.externalId == null ? null : "CODE_DEPLOY",
                set.externalId,
                set.status.name(),
                set.definition.taskDefinitionArn(),
                set.computedDesiredCount(),
                set.pendingCount(),
                set.runningCount(),
                set.createdAt,
                set.updatedAt,
                set.placement.capacityProviderStrategy() == null ? set.service.settings.launchType() : null,
                or(set.placement.capacityProviderStrategy(), set.service.settings.capacityProviderStrategy()),
                or(set.placement.platformVersion(), set.service.settings.platformVersion()),
                "Linux",
                or(set.placement.networkConfiguration(), set.service.settings.networkConfiguration()),
                List.of(LoadBalancer.of(set)),
                List.of(),
                new Scale(set.scale, "PERCENT"),
                steady ? "STEADY_STATE" : "STABILIZING",
                set.steadySince,
                tags);
    }

    private static <T> T or(T own, T services) {
        return own == null ? services : own;
    }

    record Scale(Double value, String unit) {}
}
