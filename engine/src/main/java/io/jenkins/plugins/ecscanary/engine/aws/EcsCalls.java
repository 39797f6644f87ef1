package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ContainerLogSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.LoadBalancerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.LogsSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskDefinitionSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSetSeen;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Amazon ECS. */
final class EcsCalls {

    private static final int STOPPED_TASKS = 20;
    private static final int REVISIONS = 500;
    private static final int DESCRIBED_AT_ONCE = 10;

    private final Calls calls;
    private final SdkClients clients;

    EcsCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    Optional<ServiceSeen> service(String cluster, String service) {
        return calls.read(
                "ecs:DescribeServices",
                "cluster " + cluster,
                "check the cluster's name and the region",
                () -> clients.ecs().describeServices(r -> r.cluster(cluster).services(service)).services().stream()
                        .findFirst()
                        .map(EcsCalls::seen));
    }

    Optional<TaskDefinitionSeen> taskDefinition(String taskDefinition) {
        return describe(taskDefinition, answer -> seen(answer.taskDefinition()));
    }

    Optional<String> taskDefinitionJson(String taskDefinition) {
        return describe(taskDefinition, answer -> SdkToJson.object(answer.taskDefinition())
                .toString());
    }

    Map<String, String> tags(String taskDefinition) {
        return describe(taskDefinition, EcsCalls::tags, TaskDefinitionField.TAGS)
                .orElse(Map.of());
    }

    private static Map<String, String> tags(DescribeTaskDefinitionResponse answer) {
        Map<String, String> tags = new LinkedHashMap<>();
        answer.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    List<ContainerLogSeen> containerLogs(String taskDefinition) {
        return describe(taskDefinition, answer -> answer.taskDefinition().containerDefinitions().stream()
                        .map(EcsCalls::log)
                        .toList())
                .orElse(List.of());
    }

    /** @param used reads the answer within the call: one that lacks something is a failure of the call, in words */
    private <T> Optional<T> describe(
            String taskDefinition, Function<DescribeTaskDefinitionResponse, T> used, TaskDefinitionField... include) {
        return calls.read(
                "ecs:DescribeTaskDefinition",
                "task definition " + taskDefinition,
                "check the task definition's name and the region",
                () -> {
                    try {
                        return Optional.of(used.apply(clients.ecs()
                                .describeTaskDefinition(
                                        include.length == 0
                                                ? r -> r.taskDefinition(taskDefinition)
                                                : r -> r.taskDefinition(taskDefinition)
                                                        .include(include))));
                    } catch (ClientException e) {
                        // ECS has no code of its own for this: "Unable to describe task definition."
                        if (e.awsErrorDetails() != null
                                && String.valueOf(e.awsErrorDetails().errorMessage())
                                        .startsWith("Unable to describe task definition")) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    List<String> activeRevisions(String family) {
        return calls.read(
                "ecs:ListTaskDefinitions", "task definition family " + family, "check the region", () -> clients
                        .ecs()
                        .listTaskDefinitionsPaginator(r -> r.familyPrefix(family)
                                .status(TaskDefinitionStatus.ACTIVE)
                                .sort(SortOrder.DESC))
                        .taskDefinitionArns()
                        .stream()
                        .limit(REVISIONS)
                        .toList());
    }

    Set<String> inUse(String cluster) {
        List<String> services = calls.read(
                "ecs:ListServices",
                "cluster " + cluster,
                "check the cluster's name and the region",
                () ->
                        clients
                                .ecs()
                                .listServicesPaginator(r -> r.cluster(cluster).maxResults(100))
                                .serviceArns()
                                .stream()
                                .toList());
        Set<String> used = new LinkedHashSet<>();
        for (int from = 0; from < services.size(); from += DESCRIBED_AT_ONCE) {
            List<String> some = services.subList(from, Math.min(services.size(), from + DESCRIBED_AT_ONCE));
            used.addAll(calls.read(
                    "ecs:DescribeServices",
                    "cluster " + cluster,
                    "check the cluster's name and the region",
                    () -> clients.ecs().describeServices(r -> r.cluster(cluster).services(some)).services().stream()
                            .flatMap(EcsCalls::revisions)
                            .filter(Objects::nonNull)
                            .toList()));
        }
        return used;
    }

    private static Stream<String> revisions(Service service) {
        return Stream.of(
                        Stream.ofNullable(service.taskDefinition()),
                        service.taskSets().stream().map(TaskSet::taskDefinition),
                        service.deployments().stream().map(Deployment::taskDefinition))
                .flatMap(all -> all);
    }

    void deregister(String taskDefinitionArn) {
        calls.change(
                "ecs:DeregisterTaskDefinition",
                "task definition " + taskDefinitionArn,
                "check the region",
                () -> clients.ecs().deregisterTaskDefinition(r -> r.taskDefinition(taskDefinitionArn)));
    }

    TaskDefinitionSeen register(String json) {
        RegisterTaskDefinitionRequest request = TaskDefinitionJson.request(json);
        return calls.change(
                "ecs:RegisterTaskDefinition",
                "task definition family " + request.family(),
                "check the region",
                () -> seen(clients.ecs().registerTaskDefinition(request).taskDefinition()));
    }

    List<TaskSeen> stoppedTasks(String cluster, String service) {
        return calls.read(
                "ecs:ListTasks",
                "service " + cluster + "/" + service,
                "check the names of cluster and service, and the region",
                () -> {
                    List<String> arns = clients.ecs()
                            .listTasks(
                                    r -> r.cluster(cluster).serviceName(service).desiredStatus(DesiredStatus.STOPPED))
                            .taskArns();
                    if (arns.isEmpty()) {
                        return List.of();
                    }
                    return clients.ecs().describeTasks(r -> r.cluster(cluster).tasks(arns)).tasks().stream()
                            .map(EcsCalls::seen)
                            .sorted(Comparator.comparing(
                                            TaskSeen::stoppedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                                    .reversed())
                            .limit(STOPPED_TASKS)
                            .toList();
                });
    }

    private static ServiceSeen seen(Service service) {
        return new ServiceSeen(
                service.serviceArn(),
                service.serviceName(),
                service.status(),
                service.deploymentController() == null
                        ? "ECS"
                        : service.deploymentController().typeAsString(),
                orZero(service.desiredCount()),
                service.taskDefinition(),
                service.loadBalancers().stream()
                        .map(lb -> new LoadBalancerSeen(
                                lb.targetGroupArn(),
                                Objects.requireNonNull(lb.containerName()),
                                orZero(lb.containerPort())))
                        .toList(),
                service.taskSets().stream().map(EcsCalls::seen).toList());
    }

    private static TaskSetSeen seen(TaskSet taskSet) {
        return new TaskSetSeen(
                taskSet.id(),
                taskSet.externalId(),
                taskSet.status(),
                taskSet.taskDefinition(),
                orZero(taskSet.computedDesiredCount()),
                orZero(taskSet.runningCount()),
                orZero(taskSet.pendingCount()),
                taskSet.loadBalancers().stream()
                        .map(LoadBalancer::targetGroupArn)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private static TaskDefinitionSeen seen(TaskDefinition taskDefinition) {
        Map<String, String> images = new LinkedHashMap<>();
        taskDefinition.containerDefinitions().forEach(container -> images.put(container.name(), container.image()));
        return new TaskDefinitionSeen(
                taskDefinition.taskDefinitionArn(),
                taskDefinition.statusAsString(),
                Collections.unmodifiableMap(images),
                logs(taskDefinition));
    }

    private static Map<String, LogsSeen> logs(TaskDefinition taskDefinition) {
        Map<String, LogsSeen> logs = new LinkedHashMap<>();
        taskDefinition.containerDefinitions().forEach(container -> logs(container)
                .ifPresent(seen -> logs.put(container.name(), seen)));
        return logs;
    }

    private static Optional<LogsSeen> logs(ContainerDefinition container) {
        LogConfiguration log = container.logConfiguration();
        return log != null
                        && log.logDriver() == LogDriver.AWSLOGS
                        && log.options().get("awslogs-group") != null
                ? Optional.of(new LogsSeen(
                        log.options().get("awslogs-group"),
                        log.options().get("awslogs-region"),
                        log.options().get("awslogs-stream-prefix")))
                : Optional.empty();
    }

    /** A container is essential unless it says that it is not. */
    private static ContainerLogSeen log(ContainerDefinition container) {
        return new ContainerLogSeen(
                container.name(),
                !Boolean.FALSE.equals(container.essential()),
                container.logConfiguration() == null
                        ? null
                        : container.logConfiguration().logDriverAsString(),
                logs(container).orElse(null));
    }

    private static TaskSeen seen(Task task) {
        Optional<Container> telling = telling(task.containers());
        return new TaskSeen(
                Arn.last(task.taskArn()),
                task.taskDefinitionArn(),
                task.startedBy(),
                task.stopCodeAsString(),
                task.stoppedReason(),
                telling.map(Container::exitCode).orElse(null),
                telling.map(Container::name).orElse(null),
                task.stoppedAt());
    }

    /** Of several containers' the one that tells of a failure: containers stopped in its wake may have exited with 0. */
    private static Optional<Container> telling(List<Container> containers) {
        List<Container> ended = containers.stream()
                .filter(container -> container.exitCode() != null)
                .toList();
        return ended.stream()
                .filter(container -> container.exitCode() != 0)
                .findFirst()
                .or(() -> ended.stream().findFirst());
    }

    private static int orZero(Integer number) {
        return number == null ? 0 : number;
    }
}
