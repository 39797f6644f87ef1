package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.ConfigSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.NewDeployment;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.TargetSeen;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.ApplicationDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** AWS CodeDeploy. */
final class CodeDeployCalls {

    private static final String CHECK_GROUP = "check the names of application and deployment group, and the region";

    private final Calls calls;
    private final SdkClients clients;

    CodeDeployCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    Optional<GroupSeen> group(CodeDeployGroup group) {
        return calls.read("codedeploy:GetDeploymentGroup", subject(group), CHECK_GROUP, () -> {
            try {
                return Optional.of(CodeDeploySeen.group(clients.codeDeploy()
                        .getDeploymentGroup(
                                r -> r.applicationName(group.application()).deploymentGroupName(group.group()))
                        .deploymentGroupInfo()));
            } catch (ApplicationDoesNotExistException | DeploymentGroupDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    Optional<ConfigSeen> config(String name) {
        return calls.read(
                "codedeploy:GetDeploymentConfig",
                "deployment config " + name,
                "check the deployment config's name and the region",
                () -> {
                    try {
                        return Optional.of(CodeDeploySeen.config(clients.codeDeploy()
                                .getDeploymentConfig(r -> r.deploymentConfigName(name))
                                .deploymentConfigInfo()));
                    } catch (DeploymentConfigDoesNotExistException e) {
                        return Optional.empty();
                    }
                });
    }

    /** Pages are asked for one after the other, and no further one once there are enough. */
    List<String> list(CodeDeployGroup group, Instant from, int most) {
        return calls.read("codedeploy:ListDeployments", subject(group), CHECK_GROUP, () -> {
            try {
                return clients
                        .codeDeploy()
                        .listDeploymentsPaginator(r -> r.applicationName(group.application())
                                .deploymentGroupName(group.group())
                                .createTimeRange(range -> range.start(from)))
                        .deployments()
                        .stream()
                        .limit(most)
                        .toList();
            } catch (ApplicationDoesNotExistException | DeploymentGroupDoesNotExistException e) {
                return List.of();
            }
        });
    }

    List<DeploymentSeen> deployments(List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return calls.read(
                "codedeploy:BatchGetDeployments",
                "deployments " + String.join(", ", ids),
                "check the deployments' ids and the region",
                () -> clients.codeDeploy().batchGetDeployments(r -> r.deploymentIds(ids)).deploymentsInfo().stream()
                        .map(CodeDeploySeen::deployment)
                        .toList());
    }

    Optional<TargetSeen> target(String deploymentId, String targetId) {
        return calls.read(
                "codedeploy:GetDeploymentTarget",
                "deployment " + deploymentId,
                "check the deployment's id and the region",
                () -> {
                    try {
                        return Optional.ofNullable(clients.codeDeploy()
                                        .getDeploymentTarget(r ->
                                                r.deploymentId(deploymentId).targetId(targetId))
                                        .deploymentTarget())
                                .flatMap(target -> Optional.ofNullable(target.ecsTarget()))
                                .map(CodeDeploySeen::target);
                    } catch (DeploymentTargetDoesNotExistException | DeploymentNotStartedException e) {
                        return Optional.empty();
                    }
                });
    }

    String create(NewDeployment deployment) {
        String content = AppSpec.json(
                deployment.taskDefinitionArn(),
                deployment.containerName(),
                deployment.containerPort(),
                deployment.appSpec());
        CreateDeploymentRequest.Builder request = CreateDeploymentRequest.builder()
                .applicationName(deployment.group().application())
                .deploymentGroupName(deployment.group().group())
                .deploymentConfigName(deployment.group().config())
                .description(deployment.description())
                .revision(revision -> revision.revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                        .appSpecContent(spec -> spec.content(content).sha256(AppSpec.sha256(content))))
                // Without the alarm event an alarm stops the deployment and leaves the weights split.
                .autoRollbackConfiguration(rollback -> rollback.enabled(true)
                        .events(
                                AutoRollbackEvent.DEPLOYMENT_FAILURE,
                                AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM,
                                AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST));
        if (deployment.alarms() != null) {
            List<Alarm> alarms = deployment.alarms().stream()
                    .map(name -> Alarm.builder().name(name).build())
                    .toList();
            request.overrideAlarmConfiguration(
                    override -> override.enabled(!alarms.isEmpty()).alarms(alarms));
        }
        return calls.change(
                "codedeploy:CreateDeployment", subject(deployment.group()), CHECK_GROUP, () -> clients.codeDeployOnce()
                        .createDeployment(request.build())
                        .deploymentId());
    }

    void stop(String deploymentId) {
        calls.change(
                "codedeploy:StopDeployment",
                "deployment " + deploymentId,
                "check the deployment's id and the region",
                () -> {
                    try {
                        return clients.codeDeploy()
                                .stopDeployment(
                                        r -> r.deploymentId(deploymentId).autoRollbackEnabled(true))
                                .statusAsString();
                    } catch (DeploymentAlreadyCompletedException e) {
                        return "already completed";
                    }
                });
    }

    void proceed(String deploymentId, Wait wait) {
        calls.change(
                "codedeploy:ContinueDeployment",
                "deployment " + deploymentId,
                "check the deployment's id and the region",
                () -> {
                    try {
                        return clients.codeDeploy().continueDeployment(r -> r.deploymentId(deploymentId)
                                .deploymentWaitType(
                                        switch (wait) {
                                            case READY -> DeploymentWaitType.READY_WAIT;
                                            case TERMINATION -> DeploymentWaitType.TERMINATION_WAIT;
                                        }));
                    } catch (DeploymentAlreadyCompletedException e) {
                        return "already completed";
                    }
                });
    }

    private static String subject(CodeDeployGroup group) {
        return "deployment group " + group.application() + "/" + group.group();
    }
}
