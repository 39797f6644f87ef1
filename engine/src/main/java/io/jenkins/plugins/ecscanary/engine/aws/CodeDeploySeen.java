package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.ConfigSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.LifecycleSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.TargetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.TargetTaskSetSeen;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.AlarmConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.BlueGreenDeploymentConfiguration;
import software.amazon.awssdk.services.codedeploy.model.BlueInstanceTerminationOption;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyOption;
import software.amazon.awssdk.services.codedeploy.model.Diagnostics;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.ECSTarget;
import software.amazon.awssdk.services.codedeploy.model.ErrorInformation;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.RollbackInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoute;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingConfig;

/** CodeDeploy's answers in our own types. */
final class CodeDeploySeen {

    private CodeDeploySeen() {}

    static GroupSeen group(DeploymentGroupInfo group) {
        Optional<ECSService> service = group.ecsServices().stream().findFirst();
        Optional<TargetGroupPairInfo> pair = Optional.ofNullable(group.loadBalancerInfo())
                .map(LoadBalancerInfo::targetGroupPairInfoList)
                .flatMap(pairs -> pairs.stream().findFirst());
        return new GroupSeen(
                group.computePlatformAsString(),
                service.map(ECSService::clusterName).orElse(null),
                service.map(ECSService::serviceName).orElse(null),
                group.deploymentConfigName(),
                pair.map(p -> p.targetGroups().stream()
                                .map(TargetGroupInfo::name)
                                .toList())
                        .orElse(List.of()),
                pair.map(TargetGroupPairInfo::prodTrafficRoute)
                        .map(CodeDeploySeen::listener)
                        .orElse(null),
                pair.map(TargetGroupPairInfo::testTrafficRoute)
                        .map(CodeDeploySeen::listener)
                        .orElse(null),
                Optional.ofNullable(group.autoRollbackConfiguration())
                        .filter(rollback -> Boolean.TRUE.equals(rollback.enabled()))
                        .map(AutoRollbackConfiguration::eventsAsStrings)
                        .orElse(List.of()),
                Optional.ofNullable(group.alarmConfiguration())
                        .filter(alarms -> Boolean.TRUE.equals(alarms.enabled()))
                        .map(AlarmConfiguration::alarms)
                        .orElse(List.of())
                        .stream()
                        .map(Alarm::name)
                        .toList(),
                Optional.ofNullable(group.blueGreenDeploymentConfiguration())
                        .map(BlueGreenDeploymentConfiguration::terminateBlueInstancesOnDeploymentSuccess)
                        .map(BlueInstanceTerminationOption::terminationWaitTimeInMinutes)
                        .map(Duration::ofMinutes)
                        .orElse(Duration.ZERO),
                Optional.ofNullable(group.blueGreenDeploymentConfiguration())
                        .map(BlueGreenDeploymentConfiguration::deploymentReadyOption)
                        .filter(option -> option.actionOnTimeout() == DeploymentReadyAction.STOP_DEPLOYMENT)
                        .map(DeploymentReadyOption::waitTimeInMinutes)
                        .map(Duration::ofMinutes)
                        .orElse(Duration.ZERO));
    }

    private static String listener(TrafficRoute route) {
        return route.listenerArns().stream().findFirst().orElse(null);
    }

    /** Without a plan if it is for another compute platform. */
    static ConfigSeen config(DeploymentConfigInfo config) {
        return new ConfigSeen(
                config.deploymentConfigName(),
                config.computePlatform() == ComputePlatform.ECS ? traffic(config.trafficRoutingConfig()) : null);
    }

    private static TrafficPlan traffic(TrafficRoutingConfig routing) {
        if (routing == null || routing.type() == null) {
            return null;
        }
        return switch (routing.type()) {
            case TIME_BASED_LINEAR ->
                new TrafficPlan.Linear(
                        routing.timeBasedLinear().linearPercentage(),
                        Duration.ofMinutes(routing.timeBasedLinear().linearInterval()));
            case TIME_BASED_CANARY ->
                new TrafficPlan.Canary(
                        routing.timeBasedCanary().canaryPercentage(),
                        Duration.ofMinutes(routing.timeBasedCanary().canaryInterval()));
            case ALL_AT_ONCE -> new TrafficPlan.AllAtOnce();
            default -> null;
        };
    }

    static DeploymentSeen deployment(DeploymentInfo deployment) {
        Optional<ErrorInformation> error = Optional.ofNullable(deployment.errorInformation());
        Optional<RollbackInfo> rollback = Optional.ofNullable(deployment.rollbackInfo());
        return new DeploymentSeen(
                deployment.deploymentId(),
                new CodeDeployGroup(
                        deployment.applicationName(),
                        deployment.deploymentGroupName(),
                        deployment.deploymentConfigName()),
                deployment.statusAsString(),
                deployment.description(),
                deployment.creatorAsString(),
                deployment.createTime(),
                deployment.completeTime(),
                error.map(ErrorInformation::codeAsString).orElse(null),
                error.map(ErrorInformation::message).orElse(null),
                rollback.map(RollbackInfo::rollbackDeploymentId).orElse(null),
                rollback.map(RollbackInfo::rollbackMessage).orElse(null));
    }

    static TargetSeen target(ECSTarget target) {
        return new TargetSeen(
                target.statusAsString(),
                target.lifecycleEvents().stream().map(CodeDeploySeen::lifecycle).toList(),
                target.taskSetsInfo().stream()
                        .map(taskSet -> new TargetTaskSetSeen(
                                taskSet.identifer(),
                                taskSet.taskSetLabelAsString(),
                                taskSet.status(),
                                Objects.requireNonNullElse(taskSet.trafficWeight(), 0.0),
                                orZero(taskSet.desiredCount()),
                                orZero(taskSet.runningCount()),
                                orZero(taskSet.pendingCount()),
                                taskSet.targetGroup() == null
                                        ? null
                                        : taskSet.targetGroup().name()))
                        .toList());
    }

    private static LifecycleSeen lifecycle(LifecycleEvent event) {
        return new LifecycleSeen(
                event.lifecycleEventName(),
                event.statusAsString(),
                event.startTime(),
                event.endTime(),
                Optional.ofNullable(event.diagnostics())
                        .map(Diagnostics::message)
                        .filter(message -> !message.isBlank())
                        .orElse(null));
    }

    private static int orZero(Long number) {
        return number == null ? 0 : Math.toIntExact(number);
    }
}
