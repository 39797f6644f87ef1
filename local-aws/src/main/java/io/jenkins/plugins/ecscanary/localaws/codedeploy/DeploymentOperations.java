package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** CreateDeployment, GetDeployment, BatchGetDeployments, ListDeployments, StopDeployment, ContinueDeployment. */
final class DeploymentOperations {

    private static final int LONGEST_DESCRIPTION = 256;
    private static final int LARGEST_BATCH = 25;
    private static final int PAGE = 100;
    private static final Set<String> STATUSES =
            Set.of("Created", "Queued", "InProgress", "Baking", "Succeeded", "Failed", "Stopped", "Ready");

    private final World world;
    private final Applications applications;
    private final Deployments deployments;
    private final DeploymentConfigs configs;
    private final AlarmSource alarms;

    DeploymentOperations(
            World world,
            Applications applications,
            DeploymentConfigs configs,
            Deployments deployments,
            AlarmSource alarms) {
        this.world = world;
        this.applications = applications;
        this.configs = configs;
        this.deployments = deployments;
        this.alarms = alarms;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateDeployment", CreateDeployment.class, this::create),
                Operation.of("GetDeployment", GetDeployment.class, this::get),
                Operation.of("BatchGetDeployments", BatchGetDeployments.class, this::batchGet),
                Operation.of("ListDeployments", ListDeployments.class, this::list),
                Operation.of("StopDeployment", StopDeployment.class, this::stop),
                Operation.of("ContinueDeployment", ContinueDeployment.class, this::proceed));
    }

    private DeploymentId create(CreateDeployment in) {
        DeploymentGroup group = applications.group(in.applicationName, in.deploymentGroupName);
        if (in.description != null && in.description.length() > LONGEST_DESCRIPTION) {
            throw new AwsError(
                    "DescriptionTooLongException",
                    "The description is longer than " + LONGEST_DESCRIPTION + " characters: "
                            + in.description.length());
        }
        DeploymentConfig config = configs.named(
                in.deploymentConfigName == null ? group.settings.deploymentConfigName() : in.deploymentConfigName);
        AppSpec spec = AppSpec.of(in.revision);
        AlarmConfiguration watched =
                in.overrideAlarmConfiguration != null ? in.overrideAlarmConfiguration : group.settings.alarms();
        if (!Boolean.TRUE.equals(watched.ignorePollAlarmFailure())) {
            watched.watched().stream()
                    .filter(name -> alarms.alarm(name).isEmpty())
                    .findFirst()
                    .ifPresent(name -> {
                        throw new AwsError("InvalidAlarmConfigException", "The alarm " + name + " does not exist");
                    });
        }
        Deployment deployment = deployments.create(
                group,
                new Deployment.Request(
                        config,
                        in.revision,
                        spec,
                        in.description,
                        "user",
                        in.autoRollbackConfiguration,
                        in.overrideAlarmConfiguration));
        return new DeploymentId(deployment.id);
    }

    private DeploymentAnswer get(GetDeployment in) {
        return new DeploymentAnswer(DeploymentInfo.of(deployments.get(in.deploymentId)));
    }

    /** Those that do not exist are left out, as AWS does. */
    private DeploymentsAnswer batchGet(BatchGetDeployments in) {
        if (in.deploymentIds == null || in.deploymentIds.isEmpty()) {
            throw new AwsError("DeploymentIdRequiredException", "At least one deployment ID is required");
        }
        if (in.deploymentIds.size() > LARGEST_BATCH) {
            throw new AwsError(
                    "BatchLimitExceededException",
                    "The maximum number of deployment IDs is " + LARGEST_BATCH + ": " + in.deploymentIds.size());
        }
        return new DeploymentsAnswer(in.deploymentIds.stream()
                .flatMap(id -> deployments.find(id).stream())
                .map(DeploymentInfo::of)
                .toList());
    }

    private DeploymentIds list(ListDeployments in) {
        if ((in.applicationName == null) != (in.deploymentGroupName == null)) {
            throw new AwsError(
                    in.applicationName == null
                            ? "ApplicationNameRequiredException"
                            : "DeploymentGroupNameRequiredException",
                    "applicationName and deploymentGroupName go together");
        }
        DeploymentGroup group =
                in.applicationName == null ? null : applications.group(in.applicationName, in.deploymentGroupName);
        if (in.externalId != null && !in.externalId.matches("\\S+")) {
            throw new AwsError("InvalidExternalIdException", "The external ID is not valid: " + in.externalId);
        }
        if (in.includeOnlyStatuses != null && !STATUSES.containsAll(in.includeOnlyStatuses)) {
            throw new AwsError(
                    "InvalidDeploymentStatusException", "Unknown deployment status in " + in.includeOnlyStatuses);
        }
        Stream<Deployment> found = deployments
                .newestFirst(in.nextToken)
                .filter(deployment -> group == null || deployment.group == group)
                // Who creates a deployment through the API gives it no external id.
                .filter(deployment -> in.externalId == null)
                .filter(deployment -> in.includeOnlyStatuses == null
                        || in.includeOnlyStatuses.isEmpty()
                        || in.includeOnlyStatuses.contains(deployment.status()))
                .filter(deployment -> in.createTimeRange == null || in.createTimeRange.holds(deployment.createTime));
        List<String> ids =
                found.map(deployment -> deployment.id).limit(PAGE + 1L).toList();
        return ids.size() <= PAGE
                ? new DeploymentIds(ids, null)
                : new DeploymentIds(ids.subList(0, PAGE), ids.get(PAGE - 1));
    }

    private Stopping stop(StopDeployment in) {
        Deployment deployment = deployments.get(in.deploymentId);
        deployments.stop(deployment, in.autoRollbackEnabled);
        return new Stopping("Pending", "Deployment " + deployment.id + " is being stopped.");
    }

    private Continued proceed(ContinueDeployment in) {
        Deployment deployment = deployments.get(in.deploymentId);
        String waitType = in.deploymentWaitType == null ? "READY_WAIT" : in.deploymentWaitType;
        switch (waitType) {
            case "TERMINATION_WAIT" -> deployments.endTerminationWait(deployment);
            case "READY_WAIT" -> deployments.continueWhenReady(deployment);
            default ->
                throw new AwsError(
                        "InvalidDeploymentWaitTypeException",
                        "deploymentWaitType " + waitType + " is neither READY_WAIT nor TERMINATION_WAIT");
        }
        world.log("codedeploy %s continues: its %s is cut short", deployment.id, waitType);
        return new Continued();
    }

    record CreateDeployment(
            String applicationName,
            String deploymentGroupName,
            String deploymentConfigName,
            RevisionLocation revision,
            String description,
            AutoRollbackConfiguration autoRollbackConfiguration,
            AlarmConfiguration overrideAlarmConfiguration) {}

    record DeploymentId(String deploymentId) {}

    record GetDeployment(String deploymentId) {}

    record DeploymentAnswer(DeploymentInfo deploymentInfo) {}

    record BatchGetDeployments(List<String> deploymentIds) {}

    record DeploymentsAnswer(List<DeploymentInfo> deploymentsInfo) {}

    record ListDeployments(
            String applicationName,
            String deploymentGroupName,
            List<String> includeOnlyStatuses,
            TimeRange createTimeRange,
            String externalId,
            String nextToken) {}

    record TimeRange(Instant start, Instant end) {
        TimeRange {
            if (start != null && end != null && start.isAfter(end)) {
                throw new AwsError("InvalidTimeRangeException", "The range's start is after its end");
            }
        }

        boolean holds(Instant at) {
            return (start == null || !at.isBefore(start)) && (end == null || !at.isAfter(end));
        }
    }

    record DeploymentIds(List<String> deployments, String nextToken) {}

    record StopDeployment(String deploymentId, Boolean autoRollbackEnabled) {}

    record Stopping(String status, String statusMessage) {}

    record ContinueDeployment(String deploymentId, String deploymentWaitType) {}

    record Continued() {}
}
