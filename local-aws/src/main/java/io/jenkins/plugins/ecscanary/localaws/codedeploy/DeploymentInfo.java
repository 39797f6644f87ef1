package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A deployment as GetDeployment shows it: never with lifecycle events, with an overview (that counts targets, not tasks) only
 * once it is over.
 */
record DeploymentInfo(
        String applicationName,
        String deploymentGroupName,
        String deploymentConfigName,
        String deploymentId,
        RevisionLocation previousRevision,
        RevisionLocation revision,
        String status,
        Deployment.ErrorInformation errorInformation,
        Instant createTime,
        Instant startTime,
        Instant completeTime,
        Overview deploymentOverview,
        String description,
        String creator,
        boolean ignoreApplicationStopFailures,
        AutoRollbackConfiguration autoRollbackConfiguration,
        boolean updateOutdatedInstancesOnly,
        Deployment.RollbackInfo rollbackInfo,
        GroupOperations.DeploymentStyle deploymentStyle,
        boolean instanceTerminationWaitTimeStarted,
        BlueGreenDeploymentConfiguration blueGreenDeploymentConfiguration,
        LoadBalancerInfo loadBalancerInfo,
        String computePlatform,
        AlarmConfiguration overrideAlarmConfiguration) {

    static DeploymentInfo of(Deployment deployment) {
        DeploymentGroup.Settings settings = deployment.settings;
        Deployment.Request request = deployment.request;
        return new DeploymentInfo(
                deployment.group.applicationName,
                deployment.group.name,
                request.config().name(),
                deployment.id,
                deployment.previousRevision,
                request.revision(),
                deployment.status(),
                deployment.error(),
                deployment.createTime,
                deployment.startTime(),
                deployment.completeTime(),
                Overview.of(deployment),
                request.description(),
                request.creator(),
                false,
                deployment.autoRollback(),
                false,
                deployment.rollback(),
                new GroupOperations.DeploymentStyle("BLUE_GREEN", "WITH_TRAFFIC_CONTROL"),
                deployment.terminationWaitStarted,
                settings.blueGreen(),
                settings.loadBalancerInfo(),
                "ECS",
                request.overrideAlarms());
    }

    /** The members' first letters are AWS's. */
    record Overview(
            @JsonProperty("Pending") int pending,
            @JsonProperty("InProgress") int inProgress,
            @JsonProperty("Succeeded") int succeeded,
            @JsonProperty("Failed") int failed,
            @JsonProperty("Skipped") int skipped,
            @JsonProperty("Ready") int ready) {

        static Overview of(Deployment deployment) {
            if (!deployment.isOver()) {
                return null;
            }
            boolean good = "Succeeded".equals(deployment.status());
            return new Overview(0, 0, good ? 1 : 0, good ? 0 : 1, 0, 0);
        }
    }
}
