package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import java.util.ArrayList;
import java.util.List;

/** ListTasks, DescribeTasks. */
final class TaskOperations {

    private final Clusters clusters;

    TaskOperations(Clusters clusters) {
        this.clusters = clusters;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("ListTasks", ListTasksRequest.class, this::list),
                Operation.of("DescribeTasks", DescribeTasksRequest.class, this::describe));
    }

    /** As in AWS, without {@code desiredStatus} only tasks that are to run, and none whose desired status is PENDING. */
    ListTasksResponse list(ListTasksRequest request) {
        Cluster cluster = clusters.require(request.cluster);
        String desired = request.desiredStatus == null ? "RUNNING" : request.desiredStatus;
        if (!List.of("RUNNING", "PENDING", "STOPPED").contains(desired)) {
            throw new AwsError("InvalidParameterException", "Invalid desiredStatus: " + desired);
        }
        Launch.checkFilter(request.launchType);
        if (request.startedBy != null && (request.serviceName != null || request.family != null)) {
            throw Members.invalid("startedBy must be the only filter, without serviceName and family.");
        }
        Service service = request.serviceName == null ? null : cluster.require(request.serviceName);
        List<String> arns = cluster.tasks.values().stream()
                .filter(task -> desired.equals(task.desiredStatus()))
                .filter(task -> service == null || (task.set != null && task.set.service == service))
                .filter(task ->
                        request.family == null || task.definition().family().equals(request.family))
                .filter(task -> request.startedBy == null || request.startedBy.equals(task.spec.startedBy()))
                .filter(task -> request.launchType == null || Launch.FARGATE.equals(request.launchType))
                .map(task -> task.arn)
                .toList();
        Page<String> page = Page.of(arns, request.nextToken, request.maxResults, 100);
        return new ListTasksResponse(page.items(), page.nextToken());
    }

    DescribeTasksResponse describe(DescribeTasksRequest request) {
        Cluster cluster = clusters.require(request.cluster);
        Members.included(request.include, "TAGS");
        if (request.tasks.isEmpty()) {
            throw new AwsError("InvalidParameterException", "Tasks cannot be empty.");
        }
        if (request.tasks.size() > 100) {
            throw new AwsError("InvalidParameterException", "Tasks cannot have more than 100 elements.");
        }
        List<TaskView> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : request.tasks) {
            cluster.task(name)
                    .ifPresentOrElse(
                            task -> found.add(TaskView.of(task, request.include.contains("TAGS"))),
                            () -> failures.add(Failure.missing(
                                    name.startsWith("arn:") ? name : Arns.of("task", cluster.arn, name))));
        }
        return new DescribeTasksResponse(found, failures);
    }

    record ListTasksRequest(
            String cluster,
            String family,
            String nextToken,
            Integer maxResults,
            String startedBy,
            String serviceName,
            String desiredStatus,
            String launchType) {}

    record ListTasksResponse(List<String> taskArns, String nextToken) {
        ListTasksResponse {
            taskArns = List.copyOf(taskArns);
        }
    }

    record DescribeTasksRequest(String cluster, List<String> tasks, List<String> include) {
        DescribeTasksRequest {
            tasks = Copies.orEmpty(tasks);
            include = Copies.orEmpty(include);
        }
    }

    record DescribeTasksResponse(List<TaskView> tasks, List<Failure> failures) {
        DescribeTasksResponse {
            tasks = List.copyOf(tasks);
            failures = List.copyOf(failures);
        }
    }
}
