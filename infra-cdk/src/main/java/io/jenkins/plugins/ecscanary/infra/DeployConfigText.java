package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;

/** What has been made, as the {@code deploy.config} that Jenkins's steps and the command line read. */
final class DeployConfigText {

    private DeployConfigText() {}

    static String of(
            Settings settings,
            Registry registry,
            Observability observability,
            WebService service,
            Optional<CanaryDeployment> canary,
            Access access) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("REGION", Aws.REGION);
        values.put("CLUSTER", service.cluster().getRef());
        values.put("SERVICE", service.service().getAttrName());
        canary.ifPresent(codeDeploy -> {
            values.put("CODEDEPLOY_APPLICATION", codeDeploy.application().getRef());
            values.put("CODEDEPLOY_GROUP", codeDeploy.group().getRef());
        });
        values.put("CONTAINER", settings.names().container());
        values.put("IMAGE_REPOSITORY", registry.uri());
        values.put("SUCCESS_RATE_THRESHOLD", settings.canary().threshold());
        values.put("SUCCESS_RATE_DATAPOINTS", settings.canary().datapoints());
        values.put("MIN_REQUESTS", settings.canary().minRequests());
        values.put("TASK_DEFINITION_TEMPLATE", settings.names().template());
        values.put("TASKDEF_FAMILY", settings.names().family());
        values.put("TASKDEF_CPU", settings.task().cpu());
        values.put("TASKDEF_MEMORY", settings.task().memory());
        values.put("TASKDEF_EXECUTION_ROLE_ARN", access.execution().getRoleArn());
        values.put("TASKDEF_TASK_ROLE_ARN", access.task().getRoleArn());
        values.put("TASKDEF_LOG_GROUP", observability.logs().getRef());
        values.put("TASKDEF_REGION", Aws.REGION);
        String who = settings.canary()
                .byEcs()
                .map(
                        how -> "# ECS itself deploys this service, by its strategy "
                                + how.strategy().kind()
                                + ", when it is updated with a new task definition.\n"
                                + "# ecs-canary and Jenkins's canaryDeploy deploy services of CodeDeploy only, and refuse it.\n")
                .orElse("");
        return who
                + values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining())
                + "# To deploy with no more rights than that takes, take the # away here:\n# ROLE_ARN="
                + access.deployer().getRoleArn() + "\n";
    }
}
