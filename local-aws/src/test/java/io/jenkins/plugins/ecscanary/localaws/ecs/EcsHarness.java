package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.BLUE;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.ServiceInfo;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.logs.Logs;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** ECS with fakes around it and time that stands still; everything happens in the test's thread. */
final class EcsHarness implements AutoCloseable {

    static final String IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1";

    static final String RUN_TASK = "{'cluster': 'demo', 'taskDefinition': 'web', 'launchType': 'FARGATE',"
            + " 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1']}} %s}";

    /** Longer than any task takes to RUNNING. */
    static final Duration STARTED = Duration.ofSeconds(60);

    /** Longer than any task takes from SIGTERM to STOPPED. */
    static final Duration STOPPED = Duration.ofSeconds(30);

    final ManualTime time = new ManualTime();
    final List<String> log = new ArrayList<>();
    final World world = new World("123456789012", "eu-central-1", time, new Ids(new Random(7)), log::add);
    final FakeLoadBalancing loadBalancing = new FakeLoadBalancing();
    final FakeRuntime runtime = new FakeRuntime();
    final Logs logs = new Logs(world);
    final Map<String, RunnableImage> images = new HashMap<>();
    final Ecs ecs = new Ecs(
            world,
            loadBalancing,
            image -> Optional.ofNullable(images.get(image)),
            logs,
            runtime,
            Timings.fargate(),
            runtime,
            Runnable::run,
            () -> {});
    final DirectCalls calls = new DirectCalls(world, ecs.api());

    EcsHarness() {
        this(true);
    }

    private EcsHarness(boolean withCluster) {
        images.put(
                IMAGE,
                new RunnableImage(
                        "sha256:" + "a".repeat(64),
                        Path.of("web.jar"),
                        Map.of("VERSION", "image", "COLOUR", "image"),
                        List.of("java", "-jar", "app.jar"),
                        List.of("--serve")));
        if (withCluster) {
            calls.call("CreateCluster", "{'clusterName': 'demo'}");
        }
    }

    /** With nothing in it, for a state to be restored. */
    static EcsHarness empty() {
        return new EcsHarness(false);
    }

    /** Registers {@code web:n} with one container {@code web} on port 3000. */
    String register(String extraMembers) {
        return calls.call(
                        "RegisterTaskDefinition",
                        """
                        {'family': 'web', 'networkMode': 'awsvpc', 'requiresCompatibilities': ['FARGATE'],
                         'cpu': '256', 'memory': '512', 'executionRoleArn': 'arn:aws:iam::123456789012:role/exec',
                         'containerDefinitions': [{'name': 'web', 'image': '%s', 'stopTimeout': 60,
                           'environment': [{'name': 'VERSION', 'value': 'definition'}],
                           'portMappings': [{'containerPort': 3000}] %s}]}
                        """,
                        IMAGE,
                        extraMembers)
                .at("/taskDefinition/taskDefinitionArn")
                .asText();
    }

    /** The service {@code web} in the cluster {@code demo}. */
    JsonNode createService(int desiredCount, int grace) {
        JsonNode answer = calls.call(
                "CreateService",
                """
                {'cluster': 'demo', 'serviceName': 'web', 'taskDefinition': 'web', 'desiredCount': %d,
                 'launchType': 'FARGATE', 'deploymentController': {'type': 'CODE_DEPLOY'},
                 'healthCheckGracePeriodSeconds': %d,
                 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1'], 'securityGroups': ['sg-1']}},
                 'loadBalancers': [{'targetGroupArn': '%s', 'containerName': 'web', 'containerPort': 3000}]}
                """,
                desiredCount,
                grace,
                BLUE);
        advance(Duration.ZERO);
        return answer;
    }

    /** A service of {@code count} tasks that all run. */
    void startService(int count) {
        register("");
        createService(count, 0);
        advance(STARTED);
    }

    /** The service {@code web} with the controller ECS behind the target group {@code blue}. */
    JsonNode createRollingService(int desiredCount, String deploymentConfiguration) {
        JsonNode answer = calls.call(
                "CreateService",
                """
                {'cluster': 'demo', 'serviceName': 'web', 'taskDefinition': 'web', 'desiredCount': %d,
                 'launchType': 'FARGATE', 'deploymentConfiguration': %s,
                 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1'], 'securityGroups': ['sg-1']}},
                 'loadBalancers': [{'targetGroupArn': '%s', 'containerName': 'web', 'containerPort': 3000}]}
                """,
                desiredCount,
                deploymentConfiguration,
                BLUE);
        advance(Duration.ZERO);
        return answer;
    }

    /** A completed first deployment of {@code count} tasks under the controller ECS. */
    void startRollingService(int count, String deploymentConfiguration) {
        register("");
        createRollingService(count, deploymentConfiguration);
        advance(STARTED);
    }

    /** RunTask of {@code web} in the cluster {@code demo}. */
    JsonNode runTask(String extraMembers) {
        JsonNode answer = calls.call("RunTask", RUN_TASK, extraMembers);
        advance(Duration.ZERO);
        return answer;
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    JsonNode service() {
        return calls.call("DescribeServices", "{'cluster': 'demo', 'services': ['web']}")
                .at("/services/0");
    }

    ServiceInfo info() {
        return world.call(() -> ecs.service("demo", "web").orElseThrow());
    }

    TaskSetInfo primary() {
        return info().primary().orElseThrow();
    }

    List<String> events() {
        return service().get("events").findValuesAsText("message");
    }

    /** @param desiredStatus RUNNING or STOPPED */
    List<JsonNode> tasks(String desiredStatus) {
        JsonNode arns = calls.call("ListTasks", "{'cluster': 'demo', 'desiredStatus': '%s'}", desiredStatus)
                .get("taskArns");
        List<JsonNode> tasks = new ArrayList<>();
        if (!arns.isEmpty()) {
            calls.call("DescribeTasks", "{'cluster': 'demo', 'tasks': %s}", arns)
                    .get("tasks")
                    .forEach(tasks::add);
        }
        return tasks;
    }

    JsonNode task(String arn) {
        return calls.call("DescribeTasks", "{'cluster': 'demo', 'tasks': ['%s']}", arn);
    }

    @Override
    public void close() {
        ecs.close();
        world.close();
    }
}
