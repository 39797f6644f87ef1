package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceEvents.ServiceEvent;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.LoadBalancer;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinitions.Registered;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept of ECS across a restart: everything but its tasks, which end with local-aws, and RunTask's client tokens.
 *
 * @param lastRevisions by family, those of deleted revisions counted
 */
record EcsState(List<ClusterState> clusters, List<Registered> taskDefinitions, Map<String, Integer> lastRevisions) {

    EcsState {
        clusters = Copies.orEmpty(clusters);
        taskDefinitions = Copies.orEmpty(taskDefinitions);
        lastRevisions = lastRevisions == null ? Map.of() : Map.copyOf(lastRevisions);
    }

    /** @param inactiveSince when it was deleted, or null */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClusterState(
            String name,
            Instant inactiveSince,
            List<Tag> tags,
            JsonNode settings,
            JsonNode configuration,
            List<String> capacityProviders,
            JsonNode defaultCapacityProviderStrategy,
            List<ServiceState> services) {
        ClusterState {
            tags = Copies.orEmpty(tags);
            capacityProviders = Copies.orEmpty(capacityProviders);
            services = Copies.orEmpty(services);
        }
    }

    /**
     * A service.
     *
     * @param taskSets oldest first
     * @param lastCompleted the deployment to which a failed one is rolled back, be it among {@code taskSets} or not; or null
     * @param events newest first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ServiceState(
            String name,
            String controller,
            String status,
            Instant createdAt,
            Instant inactiveSince,
            RevisionState revision,
            List<Tag> tags,
            int desiredCount,
            int healthCheckGracePeriodSeconds,
            JsonNode deploymentConfiguration,
            JsonNode serviceRegistries,
            boolean enableEcsManagedTags,
            boolean enableExecuteCommand,
            String propagateTags,
            List<TaskSetState> taskSets,
            TaskSetState lastCompleted,
            List<ServiceEvent> events) {
        ServiceState {
            tags = Copies.orEmpty(tags);
            taskSets = Copies.orEmpty(taskSets);
            events = Copies.orEmpty(events);
        }
    }

    /** A {@link ServiceRevision} with its task definition by ARN. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RevisionState(
            String taskDefinition,
            LoadBalancer loadBalancer,
            JsonNode networkConfiguration,
            String launchType,
            JsonNode capacityProviderStrategy,
            String platformVersion) {

        static RevisionState of(ServiceRevision revision) {
            return new RevisionState(
                    revision.definition().taskDefinitionArn(),
                    revision.loadBalancer(),
                    revision.networkConfiguration(),
                    revision.launchType(),
                    revision.capacityProviderStrategy(),
                    revision.platformVersion());
        }
    }

    /** A task set; where the controller is ECS, a deployment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TaskSetState(
            String id,
            RevisionState revision,
            String externalId,
            String status,
            boolean replaced,
            double scale,
            Instant createdAt,
            Instant updatedAt,
            int failedTasks,
            String lastFailure,
            DeploymentState deployment) {

        static TaskSetState of(TaskSet set) {
            return new TaskSetState(
                    set.id,
                    RevisionState.of(set.revision),
                    set.externalId,
                    set.status.name(),
                    set.replaced,
                    set.scale,
                    set.createdAt,
                    set.updatedAt,
                    set.failedTasks,
                    set.lastFailure,
                    set.deployment == null ? null : DeploymentState.of(set.deployment));
        }
    }

    record DeploymentState(String state, String reason, int wanted, int failedTasks) {
        static DeploymentState of(Deployment deployment) {
            return new DeploymentState(
                    deployment.state.name(), deployment.reason, deployment.wanted, deployment.failedTasks);
        }
    }
}
