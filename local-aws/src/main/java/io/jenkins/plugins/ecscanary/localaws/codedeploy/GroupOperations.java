package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.DeploymentGroup.EcsService;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;

/**
 * CreateDeploymentGroup, GetDeploymentGroup, BatchGetDeploymentGroups, ListDeploymentGroups, UpdateDeploymentGroup,
 * DeleteDeploymentGroup.
 */
final class GroupOperations {

    private static final int LARGEST_BATCH = 100;

    private final World world;
    private final Applications applications;
    private final GroupRules rules;
    private final Tags tags;

    GroupOperations(World world, Applications applications, GroupRules rules, Tags tags) {
        this.world = world;
        this.applications = applications;
        this.rules = rules;
        this.tags = tags;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateDeploymentGroup", CreateGroup.class, this::create),
                Operation.of("GetDeploymentGroup", GroupName.class, this::get),
                Operation.of("BatchGetDeploymentGroups", BatchGetGroups.class, this::batchGet),
                Operation.of("ListDeploymentGroups", ListGroups.class, this::list),
                Operation.of("UpdateDeploymentGroup", UpdateGroup.class, this::update),
                Operation.of("DeleteDeploymentGroup", GroupName.class, this::delete));
    }

    private CreatedGroup create(CreateGroup in) {
        Application application = applications.get(in.applicationName);
        Names.require(in.deploymentGroupName, "DeploymentGroup");
        requireFree(application, in.deploymentGroupName);
        rules.checkStyle(in.deploymentStyle);
        List<Tags.Tag> checkedTags = Tags.checked(in.tags);
        GroupRules.Checked checked = rules.check(
                in.serviceRoleArn,
                in.deploymentConfigName,
                in.ecsServices,
                in.loadBalancerInfo,
                in.blueGreenDeploymentConfiguration,
                in.alarmConfiguration,
                in.autoRollbackConfiguration,
                in.triggerConfigurations,
                null);
        DeploymentGroup group = new DeploymentGroup(
                application.name, in.deploymentGroupName, world.ids().uuid(), checked.settings());
        tags.put(tags.groupArn(application.name, group.name), checkedTags);
        application.groups.put(group.name, group);
        // CodeDeploy turns the production listener's action into a weighted forward to both groups right away.
        checked.traffic().production(0);
        world.log("codedeploy deployment group %s/%s created: %s", application.name, group.name, checked.traffic());
        return new CreatedGroup(group.id);
    }

    private static void requireFree(Application application, String name) {
        if (application.groups.containsKey(name)) {
            throw new AwsError(
                    "DeploymentGroupAlreadyExistsException", "Deployment group name already exists: " + name);
        }
    }

    private GroupAnswer get(GroupName in) {
        return new GroupAnswer(info(applications.group(in.applicationName, in.deploymentGroupName)));
    }

    /** Those that do not exist are left out and named in the error message, whose wording on AWS is not known. */
    private GroupsAnswer batchGet(BatchGetGroups in) {
        Application application = applications.get(in.applicationName);
        if (in.deploymentGroupNames == null || in.deploymentGroupNames.isEmpty()) {
            throw new AwsError("DeploymentGroupNameRequiredException", "deploymentGroupNames is required");
        }
        if (in.deploymentGroupNames.size() > LARGEST_BATCH) {
            throw new AwsError(
                    "BatchLimitExceededException",
                    "The maximum number of deployment group names is " + LARGEST_BATCH + ": "
                            + in.deploymentGroupNames.size());
        }
        in.deploymentGroupNames.forEach(name -> Names.require(name, "DeploymentGroup"));
        List<String> missing = in.deploymentGroupNames.stream()
                .filter(name -> !application.groups.containsKey(name))
                .toList();
        return new GroupsAnswer(
                in.deploymentGroupNames.stream()
                        .filter(application.groups::containsKey)
                        .map(name -> info(application.groups.get(name)))
                        .toList(),
                missing.isEmpty() ? null : "No Deployment Group found for name: " + String.join(", ", missing));
    }

    private GroupNames list(ListGroups in) {
        Application application = applications.get(in.applicationName);
        Page<String> page = Pages.of(List.copyOf(application.groups.keySet()), in.nextToken);
        return new GroupNames(application.name, page.items(), page.nextToken());
    }

    /** What is not given stays. A deployment that runs goes on with what it was started with. */
    private HooksNotCleanedUp update(UpdateGroup in) {
        DeploymentGroup group = applications.group(in.applicationName, in.currentDeploymentGroupName);
        Application application = applications.get(in.applicationName);
        String name = in.newDeploymentGroupName == null ? group.name : in.newDeploymentGroupName;
        if (!name.equals(group.name)) {
            Names.require(name, "DeploymentGroup");
            requireFree(application, name);
        }
        rules.checkStyle(in.deploymentStyle);
        DeploymentGroup.Settings now = group.settings;
        GroupRules.Checked checked = rules.check(
                in.serviceRoleArn == null ? now.serviceRoleArn() : in.serviceRoleArn,
                in.deploymentConfigName == null ? now.deploymentConfigName() : in.deploymentConfigName,
                in.ecsServices == null ? List.of(now.ecsService()) : in.ecsServices,
                in.loadBalancerInfo == null ? now.loadBalancerInfo() : in.loadBalancerInfo,
                in.blueGreenDeploymentConfiguration == null ? now.blueGreen() : in.blueGreenDeploymentConfiguration,
                in.alarmConfiguration == null ? now.alarms() : in.alarmConfiguration,
                in.autoRollbackConfiguration == null ? now.autoRollback() : in.autoRollbackConfiguration,
                in.triggerConfigurations == null ? now.triggers() : in.triggerConfigurations,
                group);
        group.settings = checked.settings();
        if (!name.equals(group.name)) {
            application.groups.remove(group.name);
            tags.moveGroup(application.name, group.name, name);
            group.name = name;
            application.groups.put(name, group);
        }
        world.log("codedeploy deployment group %s/%s updated", application.name, group.name);
        return new HooksNotCleanedUp(List.of());
    }

    /** One that does not exist is deleted without complaint: AWS documents no error for it. A deployment runs on. */
    private HooksNotCleanedUp delete(GroupName in) {
        Names.require(in.applicationName, "Application");
        Names.require(in.deploymentGroupName, "DeploymentGroup");
        applications
                .find(in.applicationName)
                .map(application -> application.groups.remove(in.deploymentGroupName))
                .ifPresent(group -> {
                    tags.forgetGroup(in.applicationName, group.name);
                    world.log("codedeploy deployment group %s/%s deleted", in.applicationName, group.name);
                });
        return new HooksNotCleanedUp(List.of());
    }

    private static GroupInfo info(DeploymentGroup group) {
        DeploymentGroup.Settings settings = group.settings;
        return new GroupInfo(
                group.applicationName,
                group.id,
                group.name,
                settings.deploymentConfigName(),
                settings.serviceRoleArn(),
                group.lastSuccessful == null ? null : group.lastSuccessful.request.revision(),
                settings.alarms(),
                settings.autoRollback(),
                GroupRules.STYLE,
                settings.blueGreen(),
                settings.loadBalancerInfo(),
                settings.triggers(),
                LastDeployment.of(group.lastSuccessful),
                LastDeployment.of(group.lastAttempted),
                "ECS",
                List.of(settings.ecsService()));
    }

    record CreateGroup(
            String applicationName,
            String deploymentGroupName,
            String deploymentConfigName,
            String serviceRoleArn,
            List<EcsService> ecsServices,
            LoadBalancerInfo loadBalancerInfo,
            BlueGreenDeploymentConfiguration blueGreenDeploymentConfiguration,
            DeploymentStyle deploymentStyle,
            AlarmConfiguration alarmConfiguration,
            AutoRollbackConfiguration autoRollbackConfiguration,
            List<TriggerConfig> triggerConfigurations,
            List<Tags.Tag> tags) {}

    record UpdateGroup(
            String applicationName,
            String currentDeploymentGroupName,
            String newDeploymentGroupName,
            String deploymentConfigName,
            String serviceRoleArn,
            List<EcsService> ecsServices,
            LoadBalancerInfo loadBalancerInfo,
            BlueGreenDeploymentConfiguration blueGreenDeploymentConfiguration,
            DeploymentStyle deploymentStyle,
            AlarmConfiguration alarmConfiguration,
            AutoRollbackConfiguration autoRollbackConfiguration,
            List<TriggerConfig> triggerConfigurations) {}

    record DeploymentStyle(String deploymentType, String deploymentOption) {}

    record CreatedGroup(String deploymentGroupId) {}

    record GroupName(String applicationName, String deploymentGroupName) {}

    record GroupAnswer(GroupInfo deploymentGroupInfo) {}

    record BatchGetGroups(String applicationName, List<String> deploymentGroupNames) {}

    record GroupsAnswer(List<GroupInfo> deploymentGroupsInfo, String errorMessage) {}

    record ListGroups(String applicationName, String nextToken) {}

    record GroupNames(String applicationName, List<String> deploymentGroups, String nextToken) {}

    /** Hooks are those that CodeDeploy puts into Auto Scaling groups: for ECS there is none. */
    record HooksNotCleanedUp(List<String> hooksNotCleanedUp) {}

    record GroupInfo(
            String applicationName,
            String deploymentGroupId,
            String deploymentGroupName,
            String deploymentConfigName,
            String serviceRoleArn,
            RevisionLocation targetRevision,
            AlarmConfiguration alarmConfiguration,
            AutoRollbackConfiguration autoRollbackConfiguration,
            DeploymentStyle deploymentStyle,
            BlueGreenDeploymentConfiguration blueGreenDeploymentConfiguration,
            LoadBalancerInfo loadBalancerInfo,
            List<TriggerConfig> triggerConfigurations,
            LastDeployment lastSuccessfulDeployment,
            LastDeployment lastAttemptedDeployment,
            String computePlatform,
            List<EcsService> ecsServices) {}

    record LastDeployment(String deploymentId, String status, Instant endTime, Instant createTime) {
        static LastDeployment of(Deployment deployment) {
            return deployment == null
                    ? null
                    : new LastDeployment(
                            deployment.id, deployment.status(), deployment.completeTime(), deployment.createTime);
        }
    }
}
