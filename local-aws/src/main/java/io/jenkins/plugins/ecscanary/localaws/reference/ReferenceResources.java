package io.jenkins.plugins.ecscanary.localaws.reference;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the reference service consists of, by name or ARN.
 *
 * @param repositoryUri without tag
 * @param targetGroups the one serving first, then its pair
 * @param alarms the success-rate alarms, in the order of {@code targetGroups}
 * @param executionRoleArn roles exist in name only: a local AWS has no IAM
 */
public record ReferenceResources(
        String region,
        String cluster,
        String service,
        String container,
        String repository,
        String repositoryUri,
        String logGroup,
        String loadBalancerArn,
        List<TargetGroup> targetGroups,
        String productionListenerArn,
        String testListenerArn,
        List<String> alarms,
        String application,
        String deploymentGroup,
        String executionRoleArn,
        String taskRoleArn,
        int minRequests) {

    public ReferenceResources {
        targetGroups = List.copyOf(targetGroups);
        alarms = List.copyOf(alarms);
    }

    /** A target group. */
    public record TargetGroup(String name, String arn) {}

    /**
     * The same as a {@code deploy.config}, {@code KEY=VALUE} lines; where the task definition's template is, is for the
     * caller to add.
     */
    public String deployConfig(URI endpoint) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ENDPOINT_URL", endpoint);
        values.put("REGION", region);
        values.put("CLUSTER", cluster);
        values.put("SERVICE", service);
        values.put("CODEDEPLOY_APPLICATION", application);
        values.put("CODEDEPLOY_GROUP", deploymentGroup);
        values.put("CONTAINER", container);
        values.put("IMAGE_REPOSITORY", repositoryUri);
        values.put("SUCCESS_RATE_THRESHOLD", ReferenceService.THRESHOLD);
        values.put("SUCCESS_RATE_DATAPOINTS", ReferenceService.DATAPOINTS_TO_ALARM);
        values.put("MIN_REQUESTS", minRequests);
        values.put("TASKDEF_FAMILY", service);
        values.put("TASKDEF_CPU", "256");
        values.put("TASKDEF_MEMORY", "512");
        values.put("TASKDEF_EXECUTION_ROLE_ARN", executionRoleArn);
        values.put("TASKDEF_TASK_ROLE_ARN", taskRoleArn);
        values.put("TASKDEF_LOG_GROUP", logGroup);
        values.put("TASKDEF_REGION", region);
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
