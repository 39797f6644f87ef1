package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.ConfigSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Is the CodeDeploy deployment group this service's, is it free, and does it do what is wanted? */
final class GroupChecks {

    static final List<String> ROLLBACK_EVENTS =
            List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST");

    private final Aws aws;
    private final Checks checks;
    private final DeploymentRequest request;

    GroupChecks(Aws aws, Checks checks, DeploymentRequest request) {
        this.aws = aws;
        this.checks = checks;
        this.request = request;
    }

    Optional<GroupSeen> group() {
        CodeDeployGroup named = request.codeDeploy();
        String name = named.application() + "/" + named.group();
        Optional<Optional<GroupSeen>> answer = checks.ask("group", () -> aws.deploymentGroup(named));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().isEmpty()) {
            checks.refused(
                    "group",
                    "there is no deployment group " + name,
                    "check the names of CodeDeploy application and deployment group, and the region");
            return Optional.empty();
        }
        GroupSeen group = answer.get().get();
        if (!"ECS".equals(group.computePlatform())) {
            checks.refused(
                    "group",
                    "deployment group " + name + " is for the compute platform " + group.computePlatform()
                            + ", not ECS",
                    "name a deployment group for ECS");
        } else if (!request.cluster().equals(group.cluster())
                || !request.service().equals(group.service())) {
            checks.refused(
                    "group",
                    "deployment group " + name + " is for the service " + group.cluster() + "/" + group.service()
                            + ", not " + request.cluster() + "/" + request.service(),
                    "name the deployment group of this service");
        } else if (group.targetGroups().size() != 2 || group.prodListenerArn() == null) {
            checks.refused(
                    "group",
                    "deployment group " + name + " has " + group.targetGroups().size() + " target groups and "
                            + (group.prodListenerArn() == null ? "no" : "a") + " production listener",
                    "give it a pair of target groups and a production listener");
        } else {
            checks.passed("group", "deployment group " + name + " is for this service");
        }
        return answer.get();
    }

    /** The deployment config to use, if it exists and does what is wanted. */
    Optional<ConfigSeen> config(GroupSeen group) {
        String name = configName(group);
        Optional<Optional<ConfigSeen>> answer = checks.ask("config", () -> aws.deploymentConfig(name));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().isEmpty()) {
            checks.refused(
                    "config",
                    "there is no deployment config " + name,
                    "use one of " + PredefinedConfigs.names() + ", or create it");
            return Optional.empty();
        }
        ConfigSeen config = answer.get().get();
        if (config.traffic() == null) {
            checks.refused(
                    "config",
                    "deployment config " + name + " is for another compute platform than ECS",
                    "use one of " + PredefinedConfigs.names());
            return Optional.empty();
        }
        if (request.traffic() != null
                && !request.traffic().steps().equals(config.traffic().steps())) {
            checks.refused(
                    "config",
                    "\"" + request.traffic().label() + "\" is wanted, but deployment config " + name + " does \""
                            + config.traffic().label() + "\"",
                    PredefinedConfigs.remedy(request.traffic()));
            return Optional.empty();
        }
        checks.passed("config", name + ": " + config.traffic().label());
        return answer.get();
    }

    /** The one that is named; else the one of AWS's own that shifts as is wanted; else the group's. */
    private String configName(GroupSeen group) {
        if (request.codeDeploy().config() != null) {
            return request.codeDeploy().config();
        }
        return Optional.ofNullable(request.traffic())
                .flatMap(PredefinedConfigs::of)
                .orElse(group.config());
    }

    /** @param service for what the active deployment deploys, or null if it could not be read */
    void free(ServiceSeen service, Instant now) {
        String name =
                request.codeDeploy().application() + "/" + request.codeDeploy().group();
        Optional<Optional<DeploymentSeen>> active =
                checks.ask("group-free", () -> NewestDeployments.of(aws, request.codeDeploy(), now)
                        .active());
        if (active.isEmpty()) {
            return;
        }
        active.get()
                .ifPresentOrElse(
                        deployment -> checks.refused(
                                "group-free",
                                "a deployment is active in " + name + ": " + describe(deployment, service, now),
                                "wait until it ends, or stop it: aws deploy stop-deployment --deployment-id "
                                        + deployment.id() + " --auto-rollback-enabled"),
                        () -> checks.passed("group-free", "no deployment is active in " + name));
    }

    private static String describe(DeploymentSeen deployment, ServiceSeen service, Instant now) {
        StringBuilder text = new StringBuilder(deployment.id());
        if (deployment.description() != null && !deployment.description().isBlank()) {
            text.append(" \"").append(deployment.description()).append('"');
        }
        taskDefinition(deployment.id(), service)
                .ifPresent(revision -> text.append(" of ").append(revision));
        text.append(", created by ").append(deployment.creator());
        text.append(", ").append(deployment.status()).append(" since ").append(deployment.createdAt());
        long minutes = Math.max(0, Duration.between(deployment.createdAt(), now).toMinutes());
        return text.append(" (").append(minutes).append(" min)").toString();
    }

    /** CodeDeploy notes its deployment's id in the task set it makes. */
    private static Optional<String> taskDefinition(String deploymentId, ServiceSeen service) {
        return service == null
                ? Optional.empty()
                : service.taskSets().stream()
                        .filter(taskSet -> deploymentId.equals(taskSet.externalId()))
                        .map(taskSet -> Arn.last(taskSet.taskDefinition()))
                        .findFirst();
    }

    void autoRollback(GroupSeen group) {
        List<String> missing = new ArrayList<>(ROLLBACK_EVENTS);
        missing.removeAll(group.autoRollback());
        if (missing.isEmpty()) {
            checks.passed("auto-rollback", "the group rolls back on failure, alarm and request");
        } else {
            checks.warned(
                    "auto-rollback",
                    "the group does not roll back on " + String.join(", ", missing)
                            + "; this deployment is given all three events of its own",
                    "add the events to the group, for deployments that others make");
        }
    }

    /** A gate of AWS's own: nothing is wrong with it, but whoever deploys must know that someone has to come. */
    void readyWait(GroupSeen group) {
        if (group.readyWait().isZero()) {
            return;
        }
        boolean ours = request.timeout().compareTo(group.readyWait()) < 0;
        checks.warned(
                "ready-wait",
                "the group has every deployment wait up to " + words(group.readyWait())
                        + " for someone to promote it before traffic shifts, and stops it otherwise"
                        + (ours ? "; this deployment's time-out of " + words(request.timeout()) + " comes first" : ""),
                "see that someone promotes it, or set the group's deployment ready option to CONTINUE_DEPLOYMENT");
    }

    /** Ours rolls back when it passes: it must not be shorter than what AWS is going to take anyway. */
    void timeout(GroupSeen group, ConfigSeen config) {
        if (config.traffic() == null) {
            return;
        }
        boolean onlyShifted = request.options().waitFor() == WaitFor.SHIFTED;
        Duration least = config.traffic().steps().stream()
                .map(TrafficPlan.Step::hold)
                .reduce(onlyShifted ? Duration.ZERO : group.terminationWait(), Duration::plus);
        if (least.compareTo(request.timeout()) >= 0) {
            checks.refused(
                    "timeout",
                    "shifting " + (onlyShifted ? "alone takes " : "and the group's termination wait alone take ")
                            + words(least) + ", the time-out is "
                            + words(request.timeout()) + ": it would roll back a healthy deployment",
                    "give it a longer time-out, or the group a shorter termination wait");
        } else {
            checks.passed(
                    "timeout",
                    words(least) + " of shifting and waiting are within the time-out of " + words(request.timeout()));
        }
    }

    private static String words(Duration duration) {
        return duration.toHours() == 0
                ? duration.toMinutes() + " min"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
