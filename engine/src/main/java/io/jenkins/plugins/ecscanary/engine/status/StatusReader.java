package io.jenkins.plugins.ecscanary.engine.status;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ListenerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetHealthSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.driver.Description;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.preflight.NewestDeployments;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.Deployment;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.TargetGroup;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.TaskSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what is going on with a service. The service itself must be there and may be read; whatever else can't be read is
 * noted and left out, so that a status works with few rights, without a CodeDeploy group and without any record.
 */
public final class StatusReader {

    private final Aws aws;
    private final String region;
    private final RecordStore records;
    private final boolean console;
    private final List<String> notes = new ArrayList<>();

    /** @param console whether this AWS has one to link to */
    public StatusReader(Aws aws, String region, RecordStore records, boolean console) {
        this.aws = aws;
        this.region = region;
        this.records = records;
        this.console = console;
    }

    /**
     * Blocks. For one call only.
     *
     * @throws AwsFailure if there are no usable keys, no such service, or it may not be read
     */
    public ServiceStatus read(String cluster, String name, CodeDeployGroup codeDeploy) {
        Identity identity = aws.identity();
        ServiceKey key = new ServiceKey(identity.account(), region, cluster, name);
        ServiceSeen service = aws.service(cluster, name)
                .orElseThrow(() -> AwsFailure.of(
                        AwsFailure.Kind.NOT_FOUND,
                        "there is no service " + key + "; check the names of service and cluster, and the region"));
        Optional<GroupSeen> group = group(codeDeploy);
        Optional<ListenerSeen> listener = group.map(GroupSeen::prodListenerArn)
                .flatMap(arn -> look("the listener", () -> aws.listeners(List.of(arn))))
                .flatMap(found -> found.stream().findFirst());
        List<TargetGroupSeen> pair = group.flatMap(
                        seen -> look("the target groups", () -> aws.targetGroups(seen.targetGroups())))
                .orElse(List.of());
        List<TargetGroup> targetGroups = pair.stream()
                .map(seen ->
                        targetGroup(seen, listener.map(ListenerSeen::weights).orElse(Map.of())))
                .toList();
        List<AlarmSeen> alarms = group.filter(seen -> !seen.alarms().isEmpty())
                .flatMap(seen -> look("the alarms", () -> aws.alarms(seen.alarms())))
                .orElse(List.of());
        List<DeploymentSeen> deployments =
                group.isPresent() ? deployments(codeDeploy, identity.serverTime()) : List.of();
        Optional<RecordSummary> record = records.history(key).stream().findFirst();
        List<TaskSet> taskSets = taskSets(service);
        Deployment deployment =
                current(deployments).map(StatusReader::deployment).orElse(null);
        return new ServiceStatus(
                key,
                identity.serverTime(),
                service.status(),
                service.controller(),
                service.desiredCount(),
                Arn.last(service.serving()),
                taskSets,
                targetGroups,
                alarms,
                deployment,
                record.orElse(null),
                record.flatMap(this::becameOf).orElse(null),
                console ? StatusLinks.of(key, service, pair, listener.orElse(null), alarms, deployment) : Map.of(),
                StatusProblems.of(service, taskSets, targetGroups, listener.isPresent(), alarms, deployment),
                notes);
    }

    private Optional<GroupSeen> group(CodeDeployGroup named) {
        Optional<GroupSeen> group =
                look("the deployment group", () -> aws.deploymentGroup(named)).flatMap(found -> found);
        if (group.isEmpty() && notes.isEmpty()) {
            notes.add("there is no deployment group " + named.application() + "/" + named.group()
                    + ": weights, alarms and deployments are not known");
        }
        return group;
    }

    private TargetGroup targetGroup(TargetGroupSeen group, Map<String, Integer> weights) {
        List<TargetHealthSeen> targets = look("the targets of " + group.name(), () -> aws.targetHealth(group.arn()))
                .orElse(List.of());
        return new TargetGroup(
                group.name(),
                weights.getOrDefault(group.arn(), 0),
                (int) targets.stream()
                        .filter(target -> target.state().equals("healthy"))
                        .count(),
                targets.size(),
                targets.stream()
                        .map(TargetHealthSeen::reason)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    /** Newest first. */
    private List<DeploymentSeen> deployments(CodeDeployGroup group, Instant now) {
        return look("the deployments", () -> {
                    NewestDeployments recent = NewestDeployments.of(aws, group, now);
                    return recent.seen().isEmpty()
                            ? NewestDeployments.since(aws, group, Instant.EPOCH).seen()
                            : recent.seen();
                })
                .orElse(List.of())
                .stream()
                .sorted(Comparator.comparing(DeploymentSeen::createdAt).reversed())
                .toList();
    }

    /** The active one; else the last, where one that was rolled back stands for the deployment that rolled it back. */
    private static Optional<DeploymentSeen> current(List<DeploymentSeen> newestFirst) {
        return newestFirst.stream()
                .filter(seen -> !Progress.of(seen.status()).over())
                .findFirst()
                .or(() -> newestFirst.stream().findFirst().map(last -> newestFirst.stream()
                        .filter(seen -> last.id().equals(seen.rollbackDeploymentId()))
                        .findFirst()
                        .orElse(last)));
    }

    private static Deployment deployment(DeploymentSeen seen) {
        String who = Description.who(seen.description());
        String error = seen.errorCode() == null
                ? seen.errorMessage()
                : seen.errorCode() + (seen.errorMessage() == null ? "" : ": " + seen.errorMessage());
        return new Deployment(
                seen.id(),
                seen.status(),
                !Progress.of(seen.status()).over(),
                who == null ? seen.creator() : who,
                seen.createdAt(),
                seen.completedAt(),
                error,
                seen.rollbackDeploymentId());
    }

    private static List<TaskSet> taskSets(ServiceSeen service) {
        return service.taskSets().stream()
                .map(seen -> new TaskSet(
                        seen.id(),
                        seen.status(),
                        Arn.last(seen.taskDefinition()),
                        seen.externalId(),
                        seen.desired(),
                        seen.running(),
                        seen.pending(),
                        Arn.named(seen.targetGroupArn())))
                .toList();
    }

    /** A provisional promotion was told before AWS had completed the deployment: what has come of it since. */
    private Optional<String> becameOf(RecordSummary record) {
        if (record.verdict() == null || !record.verdict().provisional() || record.deploymentId() == null) {
            return Optional.empty();
        }
        return look("what became of " + record.deploymentId(), () -> aws.deployments(List.of(record.deploymentId())))
                .map(found -> found.isEmpty()
                        ? "AWS does not know " + record.deploymentId() + " any more"
                        : became(found.get(0)));
    }

    private static String became(DeploymentSeen seen) {
        return switch (Progress.of(seen.status())) {
            case SUCCEEDED -> "AWS has completed it since, at " + seen.completedAt() + ": it is promoted for good";
            case STOPPED, FAILED ->
                "AWS has not completed it: " + seen.id() + " is " + seen.status()
                        + (seen.errorMessage() == null ? "" : ", " + seen.errorMessage())
                        + (seen.rollbackDeploymentId() == null
                                ? ""
                                : "; it was rolled back by " + seen.rollbackDeploymentId());
            case RUNNING -> "AWS can still roll it back: " + seen.id() + " is " + seen.status();
            case GONE -> "AWS does not know " + seen.id() + " any more";
        };
    }

    private <T> Optional<T> look(String what, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsFailure e) {
            notes.add(what + " could not be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
