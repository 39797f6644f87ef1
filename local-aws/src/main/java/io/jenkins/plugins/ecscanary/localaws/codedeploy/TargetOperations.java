package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.LifecycleEvent;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.ListenerInfo;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetGroupInfo;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ListDeploymentTargets, GetDeploymentTarget, BatchGetDeploymentTargets. An ECS deployment has one target: its service. */
final class TargetOperations {

    private static final int LARGEST_BATCH = 25;

    private final ServiceControl ecs;
    private final LoadBalancing elb;
    private final Deployments deployments;

    TargetOperations(ServiceControl ecs, LoadBalancing elb, Deployments deployments) {
        this.ecs = ecs;
        this.elb = elb;
        this.deployments = deployments;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("ListDeploymentTargets", ListTargets.class, this::list),
                Operation.of("GetDeploymentTarget", GetTarget.class, this::get),
                Operation.of("BatchGetDeploymentTargets", BatchGetTargets.class, this::batchGet));
    }

    /** One target fits any page, so there is no token to give out, and none to take. */
    private TargetIds list(ListTargets in) {
        Deployment deployment = deployments.get(in.deploymentId);
        if (in.nextToken != null) {
            throw Pages.invalidToken();
        }
        TargetFilters filters = TargetFilters.of(in.targetFilters);
        return new TargetIds(filters.match(status(deployment)) ? List.of(targetId(deployment)) : List.of());
    }

    private TargetAnswer get(GetTarget in) {
        Deployment deployment = deployments.get(in.deploymentId);
        if (in.targetId == null || in.targetId.isEmpty()) {
            throw new AwsError("DeploymentTargetIdRequiredException", "The target ID is required");
        }
        return new TargetAnswer(target(deployment, in.targetId));
    }

    private TargetsAnswer batchGet(BatchGetTargets in) {
        Deployment deployment = deployments.get(in.deploymentId);
        if (in.targetIds == null || in.targetIds.isEmpty()) {
            throw new AwsError("DeploymentTargetIdRequiredException", "At least one target ID is required");
        }
        if (in.targetIds.size() > LARGEST_BATCH) {
            throw new AwsError(
                    "DeploymentTargetListSizeExceededException",
                    "The maximum number of target IDs is " + LARGEST_BATCH + ": " + in.targetIds.size());
        }
        return new TargetsAnswer(
                in.targetIds.stream().map(id -> target(deployment, id)).toList());
    }

    private static String targetId(Deployment deployment) {
        DeploymentGroup.EcsService service = deployment.settings.ecsService();
        return service.clusterName() + ":" + service.serviceName();
    }

    private DeploymentTarget target(Deployment deployment, String targetId) {
        if (!targetId.equals(targetId(deployment))) {
            throw new AwsError(
                    "DeploymentTargetDoesNotExistException",
                    "The deployment " + deployment.id + " has no target " + targetId);
        }
        DeploymentGroup.EcsService name = deployment.settings.ecsService();
        String arn = ecs.service(name.clusterName(), name.serviceName())
                .map(ServiceControl.ServiceInfo::serviceArn)
                .orElse(null);
        List<EcsTaskSet> sets = new ArrayList<>();
        if (deployment.original != null) {
            sets.add(taskSet(deployment, deployment.original, "Blue"));
        }
        if (deployment.replacement != null) {
            sets.add(taskSet(deployment, deployment.replacement, "Green"));
        }
        return new DeploymentTarget(
                "ECSTarget",
                new EcsTarget(
                        deployment.id,
                        targetId,
                        arn,
                        deployment.lastUpdated(),
                        deployment.events.all(),
                        status(deployment),
                        sets));
    }

    private static String status(Deployment deployment) {
        return switch (deployment.status()) {
            case "Created" -> "Pending";
            case "InProgress" -> "InProgress";
            case "Ready" -> "Ready";
            case "Succeeded" -> "Succeeded";
            default -> deployment.startTime() == null ? "Skipped" : "Failed";
        };
    }

    /** A task set that is gone is shown as it went: draining, with no task. */
    private EcsTaskSet taskSet(Deployment deployment, TaskSetInfo last, String label) {
        TaskSetInfo now = ecs.taskSet(last.id()).orElse(null);
        String group = elb.targetGroup(last.targetGroupArn())
                .map(TargetGroupInfo::name)
                .orElse(null);
        boolean draining = now == null || "DRAINING".equals(now.status());
        return new EcsTaskSet(
                last.id(),
                now == null ? 0 : now.desiredCount(),
                now == null ? 0 : now.pendingCount(),
                now == null ? 0 : now.runningCount(),
                draining ? "DRAINING" : now.status(),
                draining ? 0.0 : share(deployment, last.targetGroupArn()),
                new TargetGroupName(group),
                label);
    }

    /** In percent of the production listener's traffic. */
    private double share(Deployment deployment, String targetGroupArn) {
        String listener =
                deployment.settings.loadBalancerInfo().pair().prodTrafficRoute().listener();
        Map<String, Integer> weights =
                elb.listener(listener).map(ListenerInfo::weights).orElse(Map.of());
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        return sum == 0 ? 0.0 : 100.0 * weights.getOrDefault(targetGroupArn, 0) / sum;
    }

    record ListTargets(String deploymentId, String nextToken, Map<String, List<String>> targetFilters) {}

    record TargetIds(List<String> targetIds) {}

    record GetTarget(String deploymentId, String targetId) {}

    record TargetAnswer(DeploymentTarget deploymentTarget) {}

    record BatchGetTargets(String deploymentId, List<String> targetIds) {}

    record TargetsAnswer(List<DeploymentTarget> deploymentTargets) {}

    record DeploymentTarget(String deploymentTargetType, EcsTarget ecsTarget) {}

    record EcsTarget(
            String deploymentId,
            String targetId,
            String targetArn,
            Instant lastUpdatedAt,
            List<LifecycleEvent> lifecycleEvents,
            String status,
            List<EcsTaskSet> taskSetsInfo) {}

    /** @param identifier misspelled by AWS on the wire */
    record EcsTaskSet(
            @JsonProperty("identifer") String identifier,
            int desiredCount,
            int pendingCount,
            int runningCount,
            String status,
            double trafficWeight,
            TargetGroupName targetGroup,
            String taskSetLabel) {}

    record TargetGroupName(String name) {}
}
