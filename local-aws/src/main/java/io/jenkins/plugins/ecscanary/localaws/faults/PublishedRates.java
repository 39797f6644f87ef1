package io.jenkins.plugins.ecscanary.localaws.faults;

import java.util.List;

/**
 * AWS's token buckets, as far as it publishes them, for one account and region: how many calls at once (burst) and how
 * many a second (rate). Calls that share a bucket are named together. An operation in none of them is never throttled.
 *
 * <p>ECS: the "Request throttling" page of its API reference. ELBv2: all {@code Describe*} share one. CloudWatch: its
 * quotas page has calls per second only; a burst of one second's is assumed. <b>CodeDeploy publishes nothing</b>: 41
 * GetDeployment calls a minute, in bursts, are known to have been throttled, so 40 a minute and bursts of 20 are assumed
 * for its reads, and ECS's figures for services for its writes.
 */
public final class PublishedRates {

    static final List<Rate> ALL = List.of(
            new Rate("ecs", 100, 20, "DescribeServices", "ListServices"),
            new Rate("ecs", 50, 5, "CreateService", "UpdateService", "DeleteService"),
            new Rate("ecs", 20, 1, "RegisterTaskDefinition", "DeregisterTaskDefinition"),
            new Rate("ecs", 50, 20, "DescribeTaskDefinition"),
            new Rate("ecs", 100, 20, "DescribeTasks", "ListTasks"),
            new Rate("ecs", 50, 20, "DescribeServiceDeployments", "ListServiceDeployments"),
            new Rate("ecs", 50, 20, "DescribeServiceRevisions"),
            new Rate("ecs", 100, 40, "RunTask", "StopTask"),
            new Rate("elasticloadbalancing", 40, 10, "Describe*"),
            new Rate("monitoring", 9, 9, "DescribeAlarms"),
            new Rate("monitoring", 50, 50, "GetMetricData"),
            new Rate("codedeploy", 20, 40 / 60.0, "Get*", "BatchGet*", "List*"),
            new Rate("codedeploy", 50, 5, "Create*", "Update*", "Delete*", "Stop*", "Continue*"));

    private PublishedRates() {}

    /** One bucket. */
    record Rate(List<OperationPattern> operations, double burst, double perSecond) {
        Rate(String service, double burst, double perSecond, String... operations) {
            this(
                    java.util.Arrays.stream(operations)
                            .map(name -> new OperationPattern(service, name))
                            .toList(),
                    burst,
                    perSecond);
        }

        boolean covers(String service, String operation) {
            return operations.stream().anyMatch(pattern -> pattern.matches(service, operation));
        }
    }
}
