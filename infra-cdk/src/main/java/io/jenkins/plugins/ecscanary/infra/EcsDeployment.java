package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.EcsStrategy;
import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListenerRule;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * What ECS needs to deploy by itself, instead of CodeDeploy: a listener rule each for production and test that has both target
 * groups, a role to shift them with, the strategy, the alarms that end it, and pauses. ECS takes a rule and not a listener, and
 * the ARN of a listener's default rule is none of CloudFormation's attributes: so each listener has one more that matches
 * everything, and its default action, which is not reached, stays what it is under CodeDeploy.
 */
public final class EcsDeployment extends Construct implements ServicePart {

    private static final int FIRST = 1;

    private final Settings settings;
    private final Settings.ByEcs how;
    private final Observability watched;
    private final Ingress ingress;
    private final List<CfnListenerRule> rules = new ArrayList<>();
    private final Optional<Role> role;

    public EcsDeployment(
            Construct scope, Settings settings, Settings.ByEcs how, Ingress ingress, Observability watched) {
        super(scope, "EcsDeployment");
        this.settings = settings;
        this.how = how;
        this.watched = watched;
        this.ingress = ingress;
        if (how.strategy().shifts()) {
            rules.add(rule("ProductionRule", ingress.production()));
            rules.add(rule("TestRule", ingress.test()));
        }
        role = how.strategy().shifts() ? Optional.of(infrastructureRole()) : Optional.empty();
    }

    /** Without both target groups in it ECS rolls every deployment back: "invalid networking configuration". */
    private CfnListenerRule rule(String id, CfnListener listener) {
        return CfnListenerRule.Builder.create(this, id)
                .listenerArn(listener.getRef())
                .priority(FIRST)
                .conditions(List.of(CfnListenerRule.RuleConditionProperty.builder()
                        .field("path-pattern")
                        .pathPatternConfig(CfnListenerRule.PathPatternConfigProperty.builder()
                                .values(List.of("/*"))
                                .build())
                        .build()))
                .actions(List.of(CfnListenerRule.ActionProperty.builder()
                        .type("forward")
                        .forwardConfig(CfnListenerRule.ForwardConfigProperty.builder()
                                .targetGroups(List.of(weight(ingress.blue(), 1), weight(ingress.green(), 0)))
                                .build())
                        .build()))
                .build();
    }

    private static CfnListenerRule.TargetGroupTupleProperty weight(CfnTargetGroup group, int weight) {
        return CfnListenerRule.TargetGroupTupleProperty.builder()
                .targetGroupArn(group.getRef())
                .weight(weight)
                .build();
    }

    /** What AWS's AmazonECSInfrastructureRolePolicyForLoadBalancers (v6) allows, for this service's own. */
    private Role infrastructureRole() {
        Role infrastructure = Role.Builder.create(this, "InfrastructureRole")
                .description(
                        "ECS's, to shift the traffic of " + settings.names().service())
                .assumedBy(new ServicePrincipal("ecs.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "Shift",
                        PolicyDocument.Builder.create()
                                .statements(List.of(
                                        allow(
                                                "AwsHasNoNarrowerResourceForThese",
                                                List.of(
                                                        "elasticloadbalancing:DescribeListeners",
                                                        "elasticloadbalancing:DescribeRules",
                                                        "elasticloadbalancing:DescribeTargetGroups",
                                                        "elasticloadbalancing:DescribeTargetHealth"),
                                                List.of("*")),
                                        allow(
                                                "Rules",
                                                List.of("elasticloadbalancing:ModifyRule"),
                                                rules.stream()
                                                        .map(CfnListenerRule::getRef)
                                                        .toList()),
                                        allow(
                                                "Listeners",
                                                List.of("elasticloadbalancing:ModifyListener"),
                                                List.of(
                                                        ingress.production().getRef(),
                                                        ingress.test().getRef())),
                                        allow(
                                                "Targets",
                                                List.of(
                                                        "elasticloadbalancing:DeregisterTargets",
                                                        "elasticloadbalancing:RegisterTargets"),
                                                List.of(
                                                        ingress.blue().getRef(),
                                                        ingress.green().getRef()))))
                                .build()))
                .build();
        Nag.accept(
                infrastructure,
                "AwsSolutions-IAM5",
                List.of("Resource::*"),
                "Describing has no narrower resource. All else is this service's.");
        return infrastructure;
    }

    private static PolicyStatement allow(String sid, List<String> actions, List<String> resources) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(resources)
                .build();
    }

    @Override
    public void addTo(CfnService.Builder service, CfnService.LoadBalancerProperty.Builder balancer) {
        service.deploymentController(
                CfnService.DeploymentControllerProperty.builder().type("ECS").build());
        service.deploymentConfiguration(configuration());
        role.ifPresent(shifter -> balancer.advancedConfiguration(CfnService.AdvancedConfigurationProperty.builder()
                .alternateTargetGroupArn(ingress.green().getRef())
                .productionListenerRule(rules.get(0).getRef())
                .testListenerRule(rules.get(1).getRef())
                .roleArn(shifter.getRoleArn())
                .build()));
    }

    private CfnService.DeploymentConfigurationProperty configuration() {
        EcsStrategy strategy = how.strategy();
        CfnService.DeploymentConfigurationProperty.Builder configuration =
                CfnService.DeploymentConfigurationProperty.builder()
                        .strategy(strategy.kind().name())
                        .minimumHealthyPercent(100)
                        .maximumPercent(200)
                        .alarms(CfnService.DeploymentAlarmsProperty.builder()
                                .enable(true)
                                .rollback(true)
                                .alarmNames(watched.successRates().stream()
                                        .map(CfnAlarm::getRef)
                                        .toList())
                                .build());
        if (strategy.shifts()) {
            configuration.bakeTimeInMinutes(settings.canary().terminationWaitMinutes());
        }
        if (how.circuitBreaker()) {
            configuration.deploymentCircuitBreaker(CfnService.DeploymentCircuitBreakerProperty.builder()
                    .enable(true)
                    .rollback(true)
                    .build());
        }
        if (!how.pauseAt().isEmpty()) {
            configuration.lifecycleHooks(how.pauseAt().stream().map(this::pause).toList());
        }
        switch (strategy.kind()) {
            case LINEAR ->
                configuration.linearConfiguration(CfnService.LinearConfigurationProperty.builder()
                        .stepPercent(strategy.percent())
                        .stepBakeTimeInMinutes(strategy.minutes())
                        .build());
            case CANARY ->
                configuration.canaryConfiguration(CfnService.CanaryConfigurationProperty.builder()
                        .canaryPercent(strategy.percent())
                        .canaryBakeTimeInMinutes(strategy.minutes())
                        .build());
            case BLUE_GREEN, ROLLING -> {}
        }
        return configuration.build();
    }

    /** That nobody continued is no consent: it rolls back. */
    private CfnService.DeploymentLifecycleHookProperty pause(String stage) {
        return CfnService.DeploymentLifecycleHookProperty.builder()
                .targetType("PAUSE")
                .lifecycleStages(List.of(stage))
                .timeoutConfiguration(CfnService.HookTimeoutConfigProperty.builder()
                        .timeoutInMinutes(how.pauseTimeoutMinutes())
                        .action("ROLLBACK")
                        .build())
                .build();
    }

    /** Whose weights are ECS's; none where nothing is shifted. */
    List<CfnListenerRule> rules() {
        return List.copyOf(rules);
    }
}
