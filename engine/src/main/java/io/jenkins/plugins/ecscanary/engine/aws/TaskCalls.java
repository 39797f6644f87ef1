package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ContainerRunSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskRunSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskWanted;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Single tasks of Amazon ECS. */
final class TaskCalls {

    /** ecs:DescribeTasks takes no more at once. */
    private static final int MOST_DESCRIBED = 100;

    private static final String CHECK_CLUSTER = "check the cluster's name and the region";

    private final Calls calls;
    private final SdkClients clients;

    TaskCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    String run(TaskWanted wanted) {
        Service service = calls.read(
                        "ecs:DescribeServices", "cluster " + wanted.cluster(), CHECK_CLUSTER, () -> clients
                                .ecs()
                                .describeServices(
                                        r -> r.cluster(wanted.cluster()).services(wanted.service()))
                                .services()
                                .stream()
                                .findFirst())
                .orElseThrow(() -> refused("there is no service " + wanted.cluster() + "/" + wanted.service()));
        RunTaskRequest request = request(wanted, service);
        String subject = "a task of " + wanted.taskDefinition();
        RunTaskResponse answer = calls.change(
                "ecs:RunTask", subject, CHECK_CLUSTER, () -> clients.ecs().runTask(request));
        if (answer.tasks().isEmpty()) {
            throw refused("ECS ran no task of " + wanted.taskDefinition() + " in " + calls.where() + ": "
                    + answer.failures().stream().map(TaskCalls::words).collect(Collectors.joining("; ")));
        }
        return Arn.last(answer.tasks().get(0).taskArn());
    }

    /** Under CODE_DEPLOY the primary task set says how tasks run where the service itself does not. */
    private static RunTaskRequest request(TaskWanted wanted, Service service) {
        Optional<TaskSet> primary = service.taskSets().stream()
                .filter(taskSet -> "PRIMARY".equals(taskSet.status()))
                .findFirst();
        RunTaskRequest.Builder request = RunTaskRequest.builder()
                .cluster(wanted.cluster())
                .taskDefinition(wanted.taskDefinition())
                .count(1)
                .startedBy(wanted.startedBy())
                .clientToken(wanted.startedBy())
                .networkConfiguration(
                        service.networkConfiguration() != null
                                ? service.networkConfiguration()
                                : primary.map(TaskSet::networkConfiguration).orElse(null))
                .platformVersion(
                        service.platformVersion() != null
                                ? service.platformVersion()
                                : primary.map(TaskSet::platformVersion).orElse(null))
                .overrides(overrides -> overrides.containerOverrides(ContainerOverride.builder()
                        .name(wanted.container())
                        .command(wanted.command())
                        .build()));
        if (service.hasCapacityProviderStrategy()
                && !service.capacityProviderStrategy().isEmpty()) {
            return request.capacityProviderStrategy(service.capacityProviderStrategy())
                    .build();
        }
        if (service.launchTypeAsString() != null) {
            return request.launchType(service.launchTypeAsString()).build();
        }
        primary.filter(TaskSet::hasCapacityProviderStrategy)
                .map(TaskSet::capacityProviderStrategy)
                .filter(strategy -> !strategy.isEmpty())
                .ifPresentOrElse(
                        request::capacityProviderStrategy,
                        () -> request.launchType(
                                primary.map(TaskSet::launchTypeAsString).orElse(null)));
        return request.build();
    }

    private static String words(Failure failure) {
        return failure.reason() + (failure.detail() == null ? "" : " (" + failure.detail() + ")");
    }

    private static AwsFailure refused(String message) {
        return AwsFailure.of(AwsFailure.Kind.INVALID, message);
    }

    /** {@code startedBy} finds running tasks only, and is allowed alone; stopped ones are listed by their family. */
    List<TaskRunSeen> startedBy(String cluster, String family, String startedBy) {
        return calls.read("ecs:ListTasks", "cluster " + cluster, CHECK_CLUSTER, () -> {
            List<String> arns = new ArrayList<>();
            clients.ecs()
                    .listTasksPaginator(r -> r.cluster(cluster).startedBy(startedBy))
                    .taskArns()
                    .forEach(arns::add);
            clients.ecs()
                    .listTasksPaginator(r -> r.cluster(cluster).family(family).desiredStatus(DesiredStatus.STOPPED))
                    .taskArns()
                    .forEach(arns::add);
            List<TaskRunSeen> found = new ArrayList<>();
            List<String> distinct = arns.stream().distinct().toList();
            for (int from = 0; from < distinct.size(); from += MOST_DESCRIBED) {
                List<String> chunk = distinct.subList(from, Math.min(distinct.size(), from + MOST_DESCRIBED));
                clients.ecs().describeTasks(r -> r.cluster(cluster).tasks(chunk)).tasks().stream()
                        .filter(task -> startedBy.equals(task.startedBy()))
                        .map(TaskCalls::seen)
                        .forEach(found::add);
            }
            return List.copyOf(found);
        });
    }

    Optional<TaskRunSeen> run(String cluster, String task) {
        return calls.read(
                "ecs:DescribeTasks",
                "task " + task + " in cluster " + cluster,
                CHECK_CLUSTER,
                () -> clients.ecs().describeTasks(r -> r.cluster(cluster).tasks(task)).tasks().stream()
                        .findFirst()
                        .map(TaskCalls::seen));
    }

    void stop(String cluster, String task, String reason) {
        calls.change("ecs:StopTask", "task " + task + " in cluster " + cluster, CHECK_CLUSTER, () -> clients.ecs()
                .stopTask(r -> r.cluster(cluster).task(task).reason(reason)));
    }

    private static TaskRunSeen seen(Task task) {
        return new TaskRunSeen(
                Arn.last(task.taskArn()),
                task.lastStatus(),
                task.stoppedReason(),
                task.containers().stream()
                        .map(container ->
                                new ContainerRunSeen(container.name(), container.exitCode(), container.reason()))
                        .toList());
    }
}
