package io.jenkins.plugins.ecscanary.localaws.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ECS without CodeDeploy, driven by a client others wrote, with real processes, health checks and traffic. */
@Timeout(600)
class AwsCliEcsTest {

    private static final double SPEED = 120;
    private static final String NETWORK = "awsvpcConfiguration={subnets=[subnet-1],securityGroups=[sg-1]}";

    @TempDir
    Path directory;

    @Test
    void aTaskOnItsOwnAndARollingUpdateUnderTraffic() throws Exception {
        List<AwsCli> installed = AwsCli.installed();
        assumeFalse(installed.isEmpty(), "no aws on this machine: its tasks and services are left out");
        try (LocalAwsFixture fixture = new LocalAwsFixture(directory, SPEED, ReferenceSettings.defaults())) {
            Shell aws = new Shell(fixture, installed.get(0));
            runTask(fixture, aws);
            rollingUpdate(fixture, aws);
        }
    }

    private void runTask(LocalAwsFixture fixture, Shell aws) throws Exception {
        String cluster = fixture.reference.cluster();
        JsonNode run = aws.json(
                "ecs",
                "run-task",
                "--cluster",
                cluster,
                "--task-definition",
                "web",
                "--launch-type",
                "FARGATE",
                "--network-configuration",
                NETWORK,
                "--started-by",
                "migration",
                "--overrides",
                "{\"containerOverrides\":[{\"name\":\"app\",\"command\":[\"--migrate\"]}]}");
        String arn = run.at("/tasks/0/taskArn").asText();
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        fixture.log.await("ecs family:web: task " + id.substring(0, 8) + "… STOPPED");
        aws.json("ecs", "wait", "tasks-stopped", "--cluster", cluster, "--tasks", arn);
        JsonNode task = aws.json("ecs", "describe-tasks", "--cluster", cluster, "--tasks", arn)
                .at("/tasks/0");
        assertThat(task.path("lastStatus").asText()).isEqualTo("STOPPED");
        assertThat(task.path("startedBy").asText()).isEqualTo("migration");
        assertThat(task.path("stopCode").asText()).isEqualTo("EssentialContainerExited");
        assertThat(task.at("/containers/0/exitCode").asInt(-1)).isZero();
        assertThat(aws.json(
                                "logs",
                                "get-log-events",
                                "--log-group-name",
                                fixture.reference.logGroup(),
                                "--log-stream-name",
                                "app/app/" + id)
                        .path("events")
                        .findValuesAsText("message"))
                .containsExactly("migrated to version 1");
    }

    private void rollingUpdate(LocalAwsFixture fixture, Shell aws) throws Exception {
        String cluster = fixture.reference.cluster();
        String group = aws.json(
                        "elbv2",
                        "create-target-group",
                        "--name",
                        "rolling",
                        "--protocol",
                        "HTTP",
                        "--port",
                        "3000",
                        "--vpc-id",
                        "vpc-1",
                        "--target-type",
                        "ip",
                        "--health-check-path",
                        "/health")
                .at("/TargetGroups/0/TargetGroupArn")
                .asText();
        String listener = aws.json(
                        "elbv2",
                        "create-listener",
                        "--load-balancer-arn",
                        fixture.reference.loadBalancerArn(),
                        "--protocol",
                        "HTTP",
                        "--port",
                        "9080",
                        "--default-actions",
                        "Type=forward,TargetGroupArn=" + group)
                .at("/Listeners/0/ListenerArn")
                .asText();
        aws.json(
                "ecs",
                "create-service",
                "--cluster",
                cluster,
                "--service-name",
                "rolling",
                "--task-definition",
                "web:1",
                "--desired-count",
                "2",
                "--launch-type",
                "FARGATE",
                "--network-configuration",
                NETWORK,
                "--load-balancers",
                "targetGroupArn=" + group + ",containerName=app,containerPort=3000",
                "--health-check-grace-period-seconds",
                "60");
        fixture.log.await("COMPLETED (web:1)");
        aws.json("ecs", "wait", "services-stable", "--cluster", cluster, "--services", "rolling");

        Path taskDefinition = directory.resolve("taskdef.json");
        Files.writeString(taskDefinition, fixture.taskDefinition(Map.of("VERSION", "2")));
        aws.json("ecs", "register-task-definition", "--cli-input-json", "file://" + taskDefinition);
        Traffic traffic = new Traffic(fixture.aws.listener(listener), 2, 25);
        try (traffic) {
            aws.json(
                    "ecs",
                    "update-service",
                    "--cluster",
                    cluster,
                    "--service",
                    "rolling",
                    "--task-definition",
                    "web:2",
                    "--deployment-configuration",
                    "deploymentCircuitBreaker={enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=200");
            fixture.log.await("COMPLETED (web:2)");
            aws.json("ecs", "wait", "services-stable", "--cluster", cluster, "--services", "rolling");
        }
        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.count("200 1")).isPositive();
        assertThat(traffic.count("200 2")).isPositive();
        JsonNode service = aws.json("ecs", "describe-services", "--cluster", cluster, "--services", "rolling")
                .at("/services/0");
        assertThat(service.path("deployments")).hasSize(1);
        assertThat(service.at("/deployments/0/rolloutState").asText()).isEqualTo("COMPLETED");
        assertThat(service.path("taskDefinition").asText()).endsWith(":task-definition/web:2");
        assertThat(service.path("runningCount").asInt()).isEqualTo(2);
    }

    /** The CLI with this fixture's endpoint and keys. */
    private final class Shell {
        private final LocalAwsFixture fixture;
        private final AwsCli cli;

        Shell(LocalAwsFixture fixture, AwsCli cli) {
            this.fixture = fixture;
            this.cli = cli;
        }

        /** What it prints; {@code wait} prints nothing. */
        JsonNode json(String... arguments) throws Exception {
            AwsCli.Result result = cli.run(
                    fixture.aws.endpoint(),
                    LocalAwsOptions.DEFAULT_ACCESS_KEY_ID,
                    LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY,
                    fixture.aws.region(),
                    directory,
                    arguments);
            assertThat(result.exit()).as(result.err()).isZero();
            return new ObjectMapper().readTree(result.out());
        }
    }
}
