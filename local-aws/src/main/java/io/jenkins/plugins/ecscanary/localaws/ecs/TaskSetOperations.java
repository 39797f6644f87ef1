package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.ArrayList;
import java.util.List;

/** DescribeTaskSets. Creating and changing them is CodeDeploy's business, see {@link ServiceControl}. */
final class TaskSetOperations {

    private final Clusters clusters;
    private final ServiceScheduler scheduler;

    TaskSetOperations(Clusters clusters, ServiceScheduler scheduler) {
        this.clusters = clusters;
        this.scheduler = scheduler;
    }

    List<Operation<?, ?>> operations() {
        return List.of(Operation.of("DescribeTaskSets", DescribeTaskSetsRequest.class, this::describe));
    }

    DescribeTaskSetsResponse describe(DescribeTaskSetsRequest request) {
        Members.included(request.include, "TAGS");
        Service service = clusters.require(request.cluster).require(request.service);
        if (service.controller == Service.Controller.ECS) {
            throw Members.invalid("Amazon ECS only supports task set management on services configured to use external"
                    + " deployment controllers.");
        }
        List<Tag> tags = Tag.ifIncluded(request.include, List.of());
        List<TaskSetView> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        if (request.taskSets.isEmpty()) {
            service.newestFirst().forEach(set -> found.add(TaskSetView.of(set, scheduler.steady(set), tags)));
        }
        for (String name : request.taskSets) {
            service.taskSet(name)
                    .ifPresentOrElse(
                            set -> found.add(TaskSetView.of(set, scheduler.steady(set), tags)),
                            () -> failures.add(Failure.missing(
                                    name.startsWith("arn:")
                                            ? name
                                            : Arns.of("task-set", service.cluster.arn, service.name + "/" + name))));
        }
        return new DescribeTaskSetsResponse(found, failures);
    }

    record DescribeTaskSetsRequest(String cluster, String service, List<String> taskSets, List<String> include) {
        DescribeTaskSetsRequest {
            taskSets = Copies.orEmpty(taskSets);
            include = Copies.orEmpty(include);
        }
    }

    record DescribeTaskSetsResponse(List<TaskSetView> taskSets, List<Failure> failures) {
        DescribeTaskSetsResponse {
            taskSets = List.copyOf(taskSets);
            failures = List.copyOf(failures);
        }
    }
}
