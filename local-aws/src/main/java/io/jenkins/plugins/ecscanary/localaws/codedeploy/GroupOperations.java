package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.DeploymentGroup.EcsService;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.ServiceInfo;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;

/** CreateDeploymentGroup, GetDeploymentGroup, BatchGetDeploymentGroups, ListDeploymentGroups. */
final class GroupOperations {

    private static final DeploymentStyle STYLE = new DeploymentStyle("BLUE_GREEN", "WITH_TRAFFIC_CONTROL");

    private final World world;
    private final ServiceControl ecs;
    private final LoadBalancing elb;
    private final Applications applications;

    GroupOperations(World world, ServiceControl ecs, LoadBalancing elb, Applications applications) {
        this.world = world;
        this.ecs = ecs;
        this.elb = elb;
        this.applications = applications;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateDeploymentGroup", CreateGroup.class, this::create),
                Operation.of("GetDeploymentGroup", GetGroup.class, this::get),
                Operation.of("BatchGetDeploymentGroups", BatchGetGroups.class, this::batchGet),
                Operation.of("ListDeploymentGroups", ListGroups.class, this::list));
    }

    private CreatedGroup create(CreateGroup in) {
        Application application = applications.get(in.applicationName);
        Applications.requireName(in.deploymentGroupName, "DeploymentGroup");
        if (application.groups.containsKey(in.deploymentGroupName)) {
            throw new AwsError(
                    "DeploymentGroupAlreadyExistsException",
                    "Deployment group name already exists: " + in.deploymentGroupName);
        }
        if (in.serviceRoleArn == null || in.serviceRoleArn.isBlank()) {
            throw new AwsError("RoleRequiredException", "The service role ARN is required");
        }
        if (in.deploymentStyle != null && !STYLE.equals(in.deploymentStyle)) {
            throw new AwsError(
                    "InvalidDeploymentStyleException",
                    "For ECS the deployment style is BLUE_GREEN and WITH_TRAFFIC_CONTROL");
        }
        if (in.blueGreenDeploymentConfiguration == null) {
            throw new AwsError(
                    "InvalidBlueGreenDeploymentConfigurationException", "blueGreenDeploymentConfiguration is required");
        }
        if (in.loadBalancerInfo == null) {
            throw new AwsError("InvalidLoadBalancerInfoException", "loadBalancerInfo is required");
        }
        DeploymentConfig config = DeploymentConfig.named(
                in.deploymentConfigName == null ? DeploymentConfig.ALL_AT_ONCE : in.deploymentConfigName);
        ServiceInfo service = service(in.ecsServices);
        TrafficShift traffic = traffic(service, in.loadBalancerInfo);
        DeploymentGroup group = new DeploymentGroup(
                application.name,
                in.deploymentGroupName,
                world.ids().uuid(),
                new DeploymentGroup.Settings(
                        in.serviceRoleArn,
                        config.name(),
                        new EcsService(service.serviceName(), service.clusterName()),
                        in.loadBalancerInfo,
                        in.blueGreenDeploymentConfiguration,
                        in.alarmConfiguration == null ? AlarmConfiguration.NONE : in.alarmConfiguration,
                        in.autoRollbackConfiguration == null
                                ? AutoRollbackConfiguration.NONE
                                : in.autoRollbackConfiguration));
        application.groups.put(group.name, group);
        // CodeDeploy turns the production listener's action into a weighted forward to both groups right away.
        traffic.production(0);
        world.log("codedeploy deployment group %s/%s created: %s", application.name, group.name, traffic);
        return new CreatedGroup(group.id);
    }

    private ServiceInfo service(List<EcsService> services) {
        if (services == null || services.size() != 1) {
            throw new AwsError("InvalidECSServiceException", "ecsServices must name exactly one ECS service");
        }
        EcsService name = services.get(0);
        ServiceInfo service = ecs.service(name.clusterName(), name.serviceName())
                .orElseThrow(() -> new AwsError(
                        "InvalidECSServiceException",
                        "There is no service " + name.serviceName() + " in cluster " + name.clusterName()));
        if (!"CODE_DEPLOY".equals(service.controller())) {
            throw new AwsError(
                    "InvalidECSServiceException",
                    "The deployment controller of service " + service.serviceName() + " is " + service.controller()
                            + ", not CODE_DEPLOY");
        }
        applications
                .groups()
                .filter(group -> group.settings
                        .ecsService()
                        .equals(new EcsService(service.serviceName(), service.clusterName())))
                .findFirst()
                .ifPresent(group -> {
                    throw new AwsError(
                            "EcsServiceMappingLimitExceededException",
                            "The service " + service.serviceName() + " already belongs to deployment group "
                                    + group.name);
                });
        return service;
    }

    private TrafficShift traffic(ServiceInfo service, LoadBalancerInfo info) {
        try {
            LoadBalancerInfo.TrafficRoute test = info.pair().testTrafficRoute();
            if (test != null && elb.listener(test.listener()).isEmpty()) {
                throw new AwsError(
                        "InvalidLoadBalancerInfoException", "The listener " + test.listener() + " does not exist.");
            }
            TaskSetInfo primary = service.primary()
                    .orElseThrow(() -> new AwsError(
                            "InvalidECSServiceException",
                            "The service " + service.serviceName() + " has no primary task set"));
            return TrafficShift.from(elb, info.pair(), primary.targetGroupArn());
        } catch (StepFailed e) {
            throw new AwsError("InvalidLoadBalancerInfoException", e.getMessage());
        }
    }

    private GroupAnswer get(GetGroup in) {
        return new GroupAnswer(info(applications.group(in.applicationName, in.deploymentGroupName)));
    }

    private GroupsAnswer batchGet(BatchGetGroups in) {
        if (in.deploymentGroupNames == null || in.deploymentGroupNames.isEmpty()) {
            throw new AwsError("DeploymentGroupNameRequiredException", "deploymentGroupNames is required");
        }
        return new GroupsAnswer(in.deploymentGroupNames.stream()
                .map(name -> info(applications.group(in.applicationName, name)))
                .toList());
    }

    private GroupNames list(ListGroups in) {
        Application application = applications.get(in.applicationName);
        return new GroupNames(application.name, List.copyOf(application.groups.keySet()));
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
                STYLE,
                settings.blueGreen(),
                settings.loadBalancerInfo(),
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
            AutoRollbackConfiguration autoRollbackConfiguration) {}

    record DeploymentStyle(String deploymentType, String deploymentOption) {}

    record CreatedGroup(String deploymentGroupId) {}

    record GetGroup(String applicationName, String deploymentGroupName) {}

    record GroupAnswer(GroupInfo deploymentGroupInfo) {}

    record BatchGetGroups(String applicationName, List<String> deploymentGroupNames) {}

    record GroupsAnswer(List<GroupInfo> deploymentGroupsInfo) {}

    record ListGroups(String applicationName, String nextToken) {
        ListGroups {
            ApplicationOperations.requireFirstPage(nextToken);
        }
    }

    record GroupNames(String applicationName, List<String> deploymentGroups) {}

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
