package io.jenkins.plugins.ecscanary.localaws.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** The main flow driven by a client others wrote. */
@Timeout(600)
class AwsCliDeploymentTest {

    private static final double SPEED = 120;

    @TempDir
    Path directory;

    @Test
    void createWatchAndStopADeployment() throws Exception {
        List<AwsCli> installed = AwsCli.installed();
        assumeFalse(installed.isEmpty(), "no aws on this machine: its deployments are left out");
        AwsCli cli = installed.get(0);
        try (LocalAwsFixture fixture = new LocalAwsFixture(directory, SPEED, ReferenceSettings.defaults())) {
            Path taskDefinition = directory.resolve("taskdef.json");
            Files.writeString(taskDefinition, fixture.taskDefinition(Map.of("VERSION", "2")));
            String arn = json(
                            fixture,
                            cli,
                            "ecs",
                            "register-task-definition",
                            "--cli-input-json",
                            "file://" + taskDefinition)
                    .at("/taskDefinition/taskDefinitionArn")
                    .asText();
            assertThat(arn).endsWith(":task-definition/web:2");

            String good = create(fixture, cli, arn);
            assertThat(status(fixture, cli, good)).isIn("Created", "InProgress");
            AwsCli.Result busy = run(fixture, cli, createArguments(fixture, arn));
            assertThat(busy.exit()).isNotZero();
            assertThat(busy.err()).contains("DeploymentLimitExceededException", good);
            fixture.log.await(good + " Succeeded");
            assertThat(run(fixture, cli, "deploy", "wait", "deployment-successful", "--deployment-id", good)
                            .exit())
                    .isZero();
            JsonNode target = json(
                    fixture,
                    cli,
                    "deploy",
                    "get-deployment-target",
                    "--deployment-id",
                    good,
                    "--target-id",
                    "reference:web");
            assertThat(target.at("/deploymentTarget/ecsTarget/lifecycleEvents")).hasSize(8);
            assertThat(json(
                                    fixture,
                                    cli,
                                    "elbv2",
                                    "describe-listeners",
                                    "--listener-arns",
                                    fixture.reference.productionListenerArn())
                            .at("/Listeners/0/DefaultActions/0/ForwardConfig/TargetGroups")
                            .findValuesAsText("Weight"))
                    .containsExactlyInAnyOrder("0", "100");

            String stopped = create(fixture, cli, arn);
            fixture.log.await(stopped + " traffic shifted: web-green 70, web-blue 30");
            assertThat(json(
                                    fixture,
                                    cli,
                                    "deploy",
                                    "stop-deployment",
                                    "--deployment-id",
                                    stopped,
                                    "--auto-rollback-enabled")
                            .path("status")
                            .asText())
                    .isEqualTo("Pending");
            fixture.log.await(stopped + " Stopped");
            AwsCli.Result failed =
                    run(fixture, cli, "deploy", "wait", "deployment-successful", "--deployment-id", stopped);
            assertThat(failed.exit()).isNotZero();
            String rollback = json(fixture, cli, "deploy", "get-deployment", "--deployment-id", stopped)
                    .at("/deploymentInfo/rollbackInfo/rollbackDeploymentId")
                    .asText();
            fixture.log.await(rollback + " Succeeded");
            assertThat(fixture.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));

            assertThat(json(
                                    fixture,
                                    cli,
                                    "deploy",
                                    "list-deployments",
                                    "--application-name",
                                    "web",
                                    "--deployment-group-name",
                                    "web")
                            .path("deployments"))
                    .hasSize(3);
            JsonNode alarms = json(fixture, cli, "cloudwatch", "describe-alarms");
            assertThat(alarms.path("MetricAlarms").findValuesAsText("AlarmName"))
                    .containsExactlyInAnyOrderElementsOf(fixture.reference.alarms());
            JsonNode groups = json(
                    fixture, cli, "logs", "describe-log-streams", "--log-group-name", fixture.reference.logGroup());
            assertThat(groups.path("logStreams").size()).isGreaterThanOrEqualTo(4);
        }
    }

    /** It gives its CodeDeploy client no --endpoint-url, so only a CLI that knows AWS_ENDPOINT_URL comes here. */
    @Test
    void ecsDeploy() throws Exception {
        AwsCli cli = AwsCli.installed().stream()
                .filter(AwsCli::knowsEndpointVariable)
                .findFirst()
                .orElse(null);
        assumeTrue(cli != null, "no aws that knows AWS_ENDPOINT_URL on this machine: aws ecs deploy is left out");
        try (LocalAwsFixture fixture = new LocalAwsFixture(directory, SPEED, ReferenceSettings.defaults())) {
            Path taskDefinition = directory.resolve("taskdef.json");
            Files.writeString(taskDefinition, fixture.taskDefinition(Map.of("VERSION", "2")));
            Path appSpec = directory.resolve("appspec.yaml");
            Files.writeString(
                    appSpec,
                    """
                    version: 0.0
                    resources:
                      - TargetService:
                          type: AWS::ECS::Service
                          properties:
                            taskDefinition: replaced
                            loadBalancerInfo:
                              containerName: app
                              containerPort: 3000
                    """);
            AwsCli.Result result = run(
                    fixture,
                    cli,
                    "ecs",
                    "deploy",
                    "--cluster",
                    fixture.reference.cluster(),
                    "--service",
                    fixture.reference.service(),
                    "--task-definition",
                    taskDefinition.toString(),
                    "--codedeploy-appspec",
                    appSpec.toString(),
                    "--codedeploy-application",
                    fixture.reference.application(),
                    "--codedeploy-deployment-group",
                    fixture.reference.deploymentGroup());
            assertThat(result.exit()).as(result.out() + result.err()).isZero();
            assertThat(result.out()).contains("Successfully deployed", "task-definition/web:2");
            assertThat(fixture.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
        }
    }

    private String create(LocalAwsFixture fixture, AwsCli cli, String taskDefinitionArn) throws Exception {
        return json(fixture, cli, createArguments(fixture, taskDefinitionArn))
                .path("deploymentId")
                .asText();
    }

    private static String[] createArguments(LocalAwsFixture fixture, String taskDefinitionArn) throws Exception {
        String revision = new ObjectMapper()
                .writeValueAsString(Map.of(
                        "revisionType",
                        "AppSpecContent",
                        "appSpecContent",
                        Map.of("content", LocalAwsFixture.appSpec(taskDefinitionArn))));
        return new String[] {
            "deploy",
            "create-deployment",
            "--application-name",
            fixture.reference.application(),
            "--deployment-group-name",
            fixture.reference.deploymentGroup(),
            "--revision",
            revision
        };
    }

    private String status(LocalAwsFixture fixture, AwsCli cli, String id) throws Exception {
        return json(fixture, cli, "deploy", "get-deployment", "--deployment-id", id)
                .at("/deploymentInfo/status")
                .asText();
    }

    private JsonNode json(LocalAwsFixture fixture, AwsCli cli, String... arguments) throws Exception {
        AwsCli.Result result = run(fixture, cli, arguments);
        assertThat(result.exit()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    private AwsCli.Result run(LocalAwsFixture fixture, AwsCli cli, String... arguments) {
        return cli.run(
                fixture.aws.endpoint(),
                LocalAwsOptions.DEFAULT_ACCESS_KEY_ID,
                LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY,
                fixture.aws.region(),
                directory,
                arguments);
    }
}
