package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.DeploymentGroup.EcsService;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.GroupOperations.DeploymentStyle;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.ServiceInfo;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/** What a deployment group must be, for those that are created and those that are updated. */
final class GroupRules {

    static final DeploymentStyle STYLE = new DeploymentStyle("BLUE_GREEN", "WITH_TRAFFIC_CONTROL");

    private final ServiceControl ecs;
    private final LoadBalancing elb;
    private final Applications applications;
    private final DeploymentConfigs configs;

    GroupRules(ServiceControl ecs, LoadBalancing elb, Applications applications, DeploymentConfigs configs) {
        this.ecs = ecs;
        this.elb = elb;
        this.applications = applications;
        this.configs = configs;
    }

    void checkStyle(DeploymentStyle style) {
        if (style != null && !STYLE.equals(style)) {
            throw new AwsError(
                    "InvalidDeploymentStyleException",
                    "For ECS the deployment style is BLUE_GREEN and WITH_TRAFFIC_CONTROL");
        }
    }

    /**
     * Checks what a group is to have, the defaults filled in.
     *
     * @param services what the request says
     * @param group the one that is updated, or null
     * @throws AwsError with AWS's code for what is wrong
     */
    Checked check(
            String serviceRoleArn,
            String deploymentConfigName,
            List<EcsService> services,
            LoadBalancerInfo loadBalancerInfo,
            BlueGreenDeploymentConfiguration blueGreen,
            AlarmConfiguration alarms,
            AutoRollbackConfiguration autoRollback,
            List<TriggerConfig> triggers,
            DeploymentGroup group) {
        if (serviceRoleArn == null || serviceRoleArn.isBlank()) {
            throw new AwsError("RoleRequiredException", "The service role ARN is required");
        }
        if (!serviceRoleArn.matches("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")) {
            throw new AwsError("InvalidRoleException", "The service role ARN is not valid: " + serviceRoleArn);
        }
        if (blueGreen == null) {
            throw new AwsError(
                    "InvalidBlueGreenDeploymentConfigurationException", "blueGreenDeploymentConfiguration is required");
        }
        if (loadBalancerInfo == null) {
            throw new AwsError("InvalidLoadBalancerInfoException", "loadBalancerInfo is required");
        }
        DeploymentConfig config =
                deploymentConfigName == null ? DeploymentConfig.ALL_AT_ONCE : configs.named(deploymentConfigName);
        ServiceInfo service = service(services, group);
        TrafficShift traffic = traffic(service, loadBalancerInfo);
        return new Checked(
                new DeploymentGroup.Settings(
                        serviceRoleArn,
                        config.name(),
                        new EcsService(service.serviceName(), service.clusterName()),
                        loadBalancerInfo,
                        blueGreen,
                        alarms == null ? AlarmConfiguration.NONE : alarms,
                        autoRollback == null ? AutoRollbackConfiguration.NONE : autoRollback,
                        triggers == null ? List.of() : TriggerConfig.checked(triggers)),
                traffic);
    }

    private ServiceInfo service(List<EcsService> services, DeploymentGroup updated) {
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
                .filter(group -> group != updated
                        && group.settings
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

    /** @param traffic the group's hand on its listeners */
    record Checked(DeploymentGroup.Settings settings, TrafficShift traffic) {}
}
