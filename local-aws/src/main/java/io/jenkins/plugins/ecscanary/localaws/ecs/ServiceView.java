package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.Service.Controller;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceEvents.ServiceEvent;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.LoadBalancer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A service as the API answers it: with deployments under ECS, with task sets under CODE_DEPLOY. */
record ServiceView(
        String serviceArn,
        String serviceName,
        String clusterArn,
        List<LoadBalancer> loadBalancers,
        JsonNode serviceRegistries,
        String status,
        Integer desiredCount,
        Integer runningCount,
        Integer pendingCount,
        String launchType,
        JsonNode capacityProviderStrategy,
        String platformVersion,
        String platformFamily,
        String taskDefinition,
        JsonNode deploymentConfiguration,
        List<TaskSetView> taskSets,
        List<DeploymentView> deployments,
        String roleArn,
        List<ServiceEvent> events,
        Instant createdAt,
        List<JsonNode> placementConstraints,
        List<JsonNode> placementStrategy,
        JsonNode networkConfiguration,
        Integer healthCheckGracePeriodSeconds,
        String schedulingStrategy,
        DeploymentController deploymentController,
        List<Tag> tags,
        String createdBy,
        Boolean enableECSManagedTags,
        String propagateTags,
        Boolean enableExecuteCommand) {

    ServiceView {
        loadBalancers = List.copyOf(loadBalancers);
        taskSets = List.copyOf(taskSets);
        deployments = List.copyOf(deployments);
        events = List.copyOf(events);
        placementConstraints = List.copyOf(placementConstraints);
        placementStrategy = List.copyOf(placementStrategy);
        tags = Copies.orNull(tags);
    }

    static ServiceView of(Service service, String account, Predicate<TaskSet> steady, List<Tag> tags) {
        ServiceRevision revision = service.primary().map(set -> set.revision).orElse(service.revision);
        boolean deployments = service.controller == Controller.ECS;
        return new ServiceView(
                service.arn,
                service.name,
                service.cluster.arn,
                revision.loadBalancer() == null ? List.of() : List.of(revision.loadBalancer()),
                service.serviceRegistries == null ? Copies.emptyArray() : service.serviceRegistries,
                service.status.name(),
                service.desiredCount,
                service.taskSets.stream().mapToInt(TaskSet::runningCount).sum(),
                service.taskSets.stream().mapToInt(TaskSet::pendingCount).sum(),
                revision.launchType(),
                revision.capacityProviderStrategy(),
                revision.platformVersion(),
                "Linux",
                revision.definition().taskDefinitionArn(),
                service.deploymentConfiguration,
                deployments
                        ? List.of()
                        : service.newestFirst().stream()
                                .map(set -> TaskSetView.of(set, steady.test(set), null))
                                .toList(),
                deployments ? deployments(service) : List.of(),
                "arn:aws:iam::" + account + ":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
                service.events.newestFirst(),
                service.createdAt,
                List.of(),
                List.of(),
                revision.networkConfiguration(),
                service.healthCheckGracePeriodSeconds,
                "REPLICA",
                new DeploymentController(service.controller.name()),
                tags,
                "arn:aws:iam::" + account + ":root",
                service.enableECSManagedTags,
                service.propagateTags,
                service.enableExecuteCommand);
    }

    /** PRIMARY first, even where a roll-back made an older one so again. */
    private static List<DeploymentView> deployments(Service service) {
        return service.newestFirst().stream()
                .sorted(Comparator.comparing(set -> set.status))
                .map(DeploymentView::of)
                .toList();
    }

    /** What AWS fills in: maximumPercent 200, minimumHealthyPercent 100. */
    static JsonNode deploymentConfiguration(JsonNode given) {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        filled.put("maximumPercent", 200).put("minimumHealthyPercent", 100);
        if (given != null && given.isObject()) {
            given.properties().forEach(member -> filled.set(member.getKey(), member.getValue()));
        }
        return filled;
    }

    record DeploymentController(String type) {}
}
