package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What CodeDeploy does to an ECS service whose controller is CODE_DEPLOY. Where the controller is ECS, task sets are the
 * service's deployments, to be looked at only. Called holding the world's lock.
 */
public interface ServiceControl {

    /** @param cluster name or ARN */
    Optional<ServiceInfo> service(String cluster, String service);

    /** Whether a revision can be run, and if not why, as a sentence ({@code INACTIVE}, no such container or port …). */
    Optional<String> refusal(String taskDefinitionArn, String containerName, int containerPort);

    /**
     * Adds a task set (status ACTIVE, scale 100 %) whose tasks are registered in the target group once they run.
     *
     * @param externalId the deployment's id
     * @return the task set's id
     */
    String createTaskSet(
            ServiceInfo service,
            String taskDefinitionArn,
            String targetGroupArn,
            String containerName,
            int containerPort,
            String externalId);

    /** Says where a task set's tasks are to be, where that is otherwise than the service says. */
    void place(String taskSetId, Placement placement);

    Optional<TaskSetInfo> taskSet(String taskSetId);

    /**
     * Makes it PRIMARY; the service's task definition and load balancer become its own, the former primary ACTIVE.
     *
     * @throws IllegalStateException if the service is being deleted
     */
    void makePrimary(String taskSetId);

    /** Marks it DRAINING and stops its tasks: deregister, drain, SIGTERM, stop time-out, SIGKILL; then it is gone. */
    void drain(String taskSetId);

    /** Called under the lock whenever something about any task set changes. */
    void onChange(Runnable listener);

    /** As ECS writes it, for what differs from the service's own; null where nothing does. */
    record Placement(JsonNode networkConfiguration, JsonNode capacityProviderStrategy, String platformVersion) {}

    /**
     * @param controller {@code ECS}, {@code CODE_DEPLOY} or {@code EXTERNAL}
     * @param taskSets newest first
     */
    record ServiceInfo(
            String clusterName,
            String serviceName,
            String serviceArn,
            String controller,
            int desiredCount,
            List<TaskSetInfo> taskSets) {
        public ServiceInfo {
            taskSets = List.copyOf(taskSets);
        }

        public Optional<TaskSetInfo> primary() {
            return taskSets.stream()
                    .filter(set -> "PRIMARY".equals(set.status()))
                    .findFirst();
        }
    }

    /**
     * @param status {@code PRIMARY}, {@code ACTIVE} or {@code DRAINING}
     * @param steady STEADY_STATE: running = desired, none pending, all healthy in the target group and by container check
     * @param failedTasks tasks of this set that stopped by themselves or never became healthy
     * @param targetGroupArn null, as is the container's name, for a service without a load balancer
     * @param lastFailure the last such task's stopped reason, or null
     */
    record TaskSetInfo(
            String id,
            String externalId,
            String status,
            String taskDefinitionArn,
            String targetGroupArn,
            String containerName,
            int containerPort,
            int desiredCount,
            int pendingCount,
            int runningCount,
            boolean steady,
            int failedTasks,
            String lastFailure) {}
}
