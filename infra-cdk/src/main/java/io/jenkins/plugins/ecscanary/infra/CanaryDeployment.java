package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import io.jenkins.plugins.ecscanary.infra.settings.TrafficPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.codedeploy.CfnApplication;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * CodeDeploy's application and deployment group: how traffic moves from one target group to the other, which alarms stop it, and
 * that it then goes back by itself. A deployment config of one's own, where the settings have one.
 */
public final class CanaryDeployment extends Construct {

    /** Whose the service is then. */
    static final ServicePart CONTROLLER =
            (service, balancer) -> service.deploymentController(CfnService.DeploymentControllerProperty.builder()
                    .type("CODE_DEPLOY")
                    .build());

    private final Settings settings;
    private final CfnApplication application;
    private final CfnDeploymentGroup group;

    public CanaryDeployment(
            Construct scope,
            Settings settings,
            Ingress ingress,
            WebService service,
            Observability watched,
            Access access) {
        super(scope, "CanaryDeployment");
        this.settings = settings;
        application = CfnApplication.Builder.create(this, "Application")
                .applicationName(settings.names().application())
                .computePlatform("ECS")
                .build();
        Role role = serviceRole(ingress, access);
        CfnDeploymentGroup.Builder builder = CfnDeploymentGroup.Builder.create(this, "DeploymentGroup")
                .applicationName(application.getRef())
                .deploymentGroupName(settings.names().deploymentGroup())
                .deploymentConfigName(config())
                .serviceRoleArn(role.getRoleArn())
                .deploymentStyle(CfnDeploymentGroup.DeploymentStyleProperty.builder()
                        .deploymentType("BLUE_GREEN")
                        .deploymentOption("WITH_TRAFFIC_CONTROL")
                        .build())
                .ecsServices(List.of(CfnDeploymentGroup.ECSServiceProperty.builder()
                        .clusterName(service.cluster().getRef())
                        .serviceName(service.service().getAttrName())
                        .build()))
                .loadBalancerInfo(targetGroups(ingress))
                .blueGreenDeploymentConfiguration(blueGreen())
                .alarmConfiguration(CfnDeploymentGroup.AlarmConfigurationProperty.builder()
                        .enabled(true)
                        .alarms(watched.successRates().stream()
                                .map(CfnAlarm::getRef)
                                .map(name -> CfnDeploymentGroup.AlarmProperty.builder()
                                        .name(name)
                                        .build())
                                .toList())
                        .build())
                // An alarm that stops without rolling back would leave the weights where they were.
                .autoRollbackConfiguration(CfnDeploymentGroup.AutoRollbackConfigurationProperty.builder()
                        .enabled(true)
                        .events(List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"))
                        .build());
        settings.extras()
                .alarmTopic()
                .ifPresent(topic ->
                        builder.triggerConfigurations(List.of(CfnDeploymentGroup.TriggerConfigProperty.builder()
                                .triggerName("failed")
                                .triggerEvents(List.of("DeploymentFailure", "DeploymentStop", "DeploymentRollback"))
                                .triggerTargetArn(topic)
                                .build())));
        group = builder.build();
    }

    private String config() {
        return settings.canary()
                .plan()
                .map(this::ownConfig)
                .orElse(settings.canary().deploymentConfig());
    }

    private String ownConfig(TrafficPlan plan) {
        CfnDeploymentConfig.TrafficRoutingConfigProperty.Builder routing =
                CfnDeploymentConfig.TrafficRoutingConfigProperty.builder();
        if (plan.linear()) {
            routing.type("TimeBasedLinear")
                    .timeBasedLinear(CfnDeploymentConfig.TimeBasedLinearProperty.builder()
                            .linearPercentage(plan.percent())
                            .linearInterval(plan.minutes())
                            .build());
        } else {
            routing.type("TimeBasedCanary")
                    .timeBasedCanary(CfnDeploymentConfig.TimeBasedCanaryProperty.builder()
                            .canaryPercentage(plan.percent())
                            .canaryInterval(plan.minutes())
                            .build());
        }
        // Without a name of its own: a config can't be changed, only replaced by one of another name.
        return CfnDeploymentConfig.Builder.create(this, "DeploymentConfig")
                .computePlatform("ECS")
                .trafficRoutingConfig(routing.build())
                .build()
                .getRef();
    }

    private CfnDeploymentGroup.LoadBalancerInfoProperty targetGroups(Ingress ingress) {
        return CfnDeploymentGroup.LoadBalancerInfoProperty.builder()
                .targetGroupPairInfoList(List.of(CfnDeploymentGroup.TargetGroupPairInfoProperty.builder()
                        .targetGroups(List.of(
                                CfnDeploymentGroup.TargetGroupInfoProperty.builder()
                                        .name(ingress.blue().getAttrTargetGroupName())
                                        .build(),
                                CfnDeploymentGroup.TargetGroupInfoProperty.builder()
                                        .name(ingress.green().getAttrTargetGroupName())
                                        .build()))
                        .prodTrafficRoute(CfnDeploymentGroup.TrafficRouteProperty.builder()
                                .listenerArns(List.of(ingress.production().getRef()))
                                .build())
                        .testTrafficRoute(CfnDeploymentGroup.TrafficRouteProperty.builder()
                                .listenerArns(List.of(ingress.test().getRef()))
                                .build())
                        .build()))
                .build();
    }

    private CfnDeploymentGroup.BlueGreenDeploymentConfigurationProperty blueGreen() {
        return CfnDeploymentGroup.BlueGreenDeploymentConfigurationProperty.builder()
                .deploymentReadyOption(CfnDeploymentGroup.DeploymentReadyOptionProperty.builder()
                        .actionOnTimeout("CONTINUE_DEPLOYMENT")
                        .waitTimeInMinutes(0)
                        .build())
                .terminateBlueInstancesOnDeploymentSuccess(
                        CfnDeploymentGroup.BlueInstanceTerminationOptionProperty.builder()
                                .action("TERMINATE")
                                .terminationWaitTimeInMinutes(settings.canary().terminationWaitMinutes())
                                .build())
                .build();
    }

    /**
     * What AWS's own AWSCodeDeployRoleForECS allows, without what only hooks (Lambda) and revisions in S3 need, and narrowed to
     * this service where AWS has a resource for it.
     */
    private Role serviceRole(Ingress ingress, Access access) {
        String service = settings.names().cluster() + "/" + settings.names().service();
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(allow(
                "AwsHasNoNarrowerResourceForThese",
                List.of(
                        "cloudwatch:DescribeAlarms",
                        "elasticloadbalancing:DescribeListeners",
                        "elasticloadbalancing:DescribeRules",
                        "elasticloadbalancing:DescribeTargetGroups"),
                List.of("*")));
        statements.add(allow(
                "Service",
                List.of("ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"),
                List.of(Arns.of("ecs", "service/" + service))));
        statements.add(allow(
                "TaskSets",
                List.of("ecs:CreateTaskSet", "ecs:DeleteTaskSet"),
                List.of(Arns.of("ecs", "task-set/" + service + "/*"))));
        statements.add(allow(
                "Listeners",
                List.of("elasticloadbalancing:ModifyListener"),
                List.of(ingress.production().getRef(), ingress.test().getRef())));
        statements.add(PolicyStatement.Builder.create()
                .sid("RolesPassedToTheTasks")
                .actions(List.of("iam:PassRole"))
                .resources(
                        List.of(access.execution().getRoleArn(), access.task().getRoleArn()))
                .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com")))
                .build());
        settings.extras()
                .alarmTopic()
                .ifPresent(topic -> statements.add(allow("Topic", List.of("sns:Publish"), List.of(topic))));
        Role role = Role.Builder.create(this, "ServiceRole")
                .description("CodeDeploy's, to deploy " + settings.names().service())
                .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "Deploy",
                        PolicyDocument.Builder.create().statements(statements).build()))
                .build();
        Nag.accept(
                role,
                "AwsSolutions-IAM5",
                "Describing has no narrower resource; task sets get their ids when they are made. All else is this"
                        + " service's.");
        return role;
    }

    private static PolicyStatement allow(String sid, List<String> actions, List<String> resources) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(resources)
                .build();
    }

    CfnApplication application() {
        return application;
    }

    CfnDeploymentGroup group() {
        return group;
    }
}
