package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.BLUE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.ecr.Ecr;
import io.jenkins.plugins.ecscanary.localaws.ecr.JarImage;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.ServiceInfo;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.logs.Logs;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ScaledTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path with real parts: an image pushed to ECR, run by ECS as a process on its own address, its output in Logs. */
class EcsOnProcessesTest {

    @TempDir
    Path directory;

    private final World world =
            new World("123456789012", "eu-central-1", new ScaledTime(200), new Ids(new Random(3)), line -> {});
    private final FakeLoadBalancing loadBalancing = new FakeLoadBalancing();
    private final Logs logs = new Logs(world);
    private final int port = freePort();
    private Ecr ecr;
    private Ecs ecs;
    private DirectCalls calls;

    @BeforeEach
    void open() throws IOException {
        ecr = new Ecr(world, directory.resolve("images"));
        ProcessTaskRuntime runtime = new ProcessTaskRuntime(directory.resolve("tasks"));
        ecs = new Ecs(world, loadBalancing, ecr, logs, runtime, Timings.fargate());
        calls = new DirectCalls(world, ecs.api());
        push();
    }

    @AfterEach
    void close() {
        ecs.close();
        world.close();
    }

    @Test
    void aServiceServesOnItsTasksOwnAddressesAndGoesAwayCleanly() throws Exception {
        createService("serve");
        TaskSetInfo steady = await(TaskSetInfo::steady);
        assertThat(steady.runningCount()).isEqualTo(2);
        List<String> addresses = world.call(() ->
                loadBalancing.targets(BLUE).stream().map(target -> target.ip()).toList());
        assertThat(addresses).hasSize(2).doesNotHaveDuplicates();
        for (String address : addresses) {
            try (Socket socket = new Socket(address, port)) {
                assertThat(socket.getInputStream().read()).isEqualTo('!');
            }
        }
        JsonNode task = calls.call("DescribeTasks", "{'cluster': 'demo', 'tasks': %s}", tasks("RUNNING"))
                .at("/tasks/0");
        assertThat(task.get("healthStatus").asText()).isEqualTo("HEALTHY");
        List<ProcessHandle> processes = pids();
        assertThat(processes).hasSize(2).allMatch(ProcessHandle::isAlive);

        calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'desiredCount': 0}");
        for (ProcessHandle process : processes) {
            process.onExit().get(60, SECONDS);
        }
        await(set -> set.runningCount() == 0 && set.steady());
        assertThat(messages()).contains("bye");
    }

    @Test
    void anImageThatIgnoresHostIsStoppedWithThatReason() throws Exception {
        createService("serve-everywhere");
        TaskSetInfo failed =
                await(set -> set.lastFailure() != null && set.lastFailure().contains("all addresses"));
        assertThat(failed.lastFailure())
                .contains("the image binds port " + port + " on all addresses; it must bind the address in HOST");
    }

    private TaskSetInfo await(Predicate<TaskSetInfo> wanted) throws Exception {
        CompletableFuture<TaskSetInfo> seen = new CompletableFuture<>();
        Runnable look = () -> info().primary().filter(wanted).ifPresent(seen::complete);
        world.run(() -> {
            ecs.onChange(look);
            look.run();
        });
        return seen.get(120, SECONDS);
    }

    private ServiceInfo info() {
        return ecs.service("demo", "web").orElseThrow();
    }

    private void createService(String command) {
        calls.call("CreateCluster", "{'clusterName': 'demo'}");
        calls.call(
                "RegisterTaskDefinition",
                """
                {'family': 'web', 'networkMode': 'awsvpc', 'requiresCompatibilities': ['FARGATE'],
                 'cpu': '256', 'memory': '512', 'executionRoleArn': 'arn:aws:iam::123456789012:role/exec',
                 'containerDefinitions': [{'name': 'web', 'command': ['%s'],
                   'image': '123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1',
                   'environment': [{'name': 'A', 'value': 'b'}],
                   'portMappings': [{'containerPort': %d}],
                   'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group': '/ecs/web',
                     'awslogs-region': 'eu-central-1', 'awslogs-stream-prefix': 'ecs', 'awslogs-create-group': 'true'}},
                   'healthCheck': {'command': ['CMD', 'java', '-cp', 'app.jar', '%s', 'check']}}]}
                """,
                command,
                port,
                TestApp.class.getName());
        calls.call(
                "CreateService",
                """
                {'cluster': 'demo', 'serviceName': 'web', 'taskDefinition': 'web', 'desiredCount': 2,
                 'launchType': 'FARGATE', 'deploymentController': {'type': 'CODE_DEPLOY'},
                 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1']}},
                 'loadBalancers': [{'targetGroupArn': '%s', 'containerName': 'web', 'containerPort': %d}]}
                """,
                BLUE,
                port);
    }

    private JsonNode tasks(String desiredStatus) {
        return calls.call("ListTasks", "{'cluster': 'demo', 'desiredStatus': '%s'}", desiredStatus)
                .get("taskArns");
    }

    private List<ProcessHandle> pids() {
        return messages().stream()
                .filter(message -> message.startsWith("pid "))
                .map(message ->
                        ProcessHandle.of(Long.parseLong(message.substring(4))).orElseThrow())
                .toList();
    }

    private List<String> messages() {
        DirectCalls read = new DirectCalls(world, logs.api());
        return read
                .call("DescribeLogStreams", "{'logGroupName': '/ecs/web'}")
                .findValuesAsText("logStreamName")
                .stream()
                .flatMap(stream -> read
                        .call("GetLogEvents", "{'logGroupName': '/ecs/web', 'logStreamName': '%s'}", stream)
                        .findValuesAsText("message")
                        .stream())
                .toList();
    }

    private void push() throws IOException {
        DirectCalls registry = new DirectCalls(world, ecr.api());
        registry.call("CreateRepository", "{'repositoryName': 'web'}");
        JarImage image = JarImage.of(
                TestApp.jar(directory.resolve("image.jar")), Map.of("VERSION", "1"), JarImage.DEFAULT_ENTRY_POINT);
        upload(registry, Files.readAllBytes(image.layer()), image.layerDigest());
        upload(registry, image.config(), image.configDigest());
        registry.call(
                "PutImage",
                "{'repositoryName': 'web', 'imageTag': '1', 'imageManifest': %s}",
                TextNode.valueOf(image.manifest()));
    }

    private static void upload(DirectCalls registry, byte[] blob, String digest) {
        String id = registry.call("InitiateLayerUpload", "{'repositoryName': 'web'}")
                .get("uploadId")
                .asText();
        registry.call(
                "UploadLayerPart",
                "{'repositoryName': 'web', 'uploadId': '%s', 'partFirstByte': 0, 'partLastByte': %d, 'layerPartBlob': '%s'}",
                id,
                blob.length - 1,
                Base64.getEncoder().encodeToString(blob));
        registry.call(
                "CompleteLayerUpload",
                "{'repositoryName': 'web', 'uploadId': '%s', 'layerDigests': ['%s']}",
                id,
                digest);
    }

    /** On an address of its own, since each task's is another: what is free there is free for all of them. */
    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
