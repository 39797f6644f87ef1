package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.chaos.ChaosTasks;
import io.jenkins.plugins.ecscanary.cli.local.LocalWorld;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The infrastructure that users get, with one mistake each: nothing is deployed, and what is said is why. Mistakes for which
 * a stack waits in vain are tested where time stands still, with local-aws.
 */
@Tag("e2e")
@Timeout(600)
class BrokenTemplateTest {

    private static final Path APP = Path.of("..", "sample-app", "target", "sample-app.jar");
    private static final Path TASK_DEFINITION = Path.of("..", "sample-app", "taskdef.json.tpl");
    private static final Path TEMPLATE =
            Path.of("..", "infra-cdk", "src", "test", "resources", "snapshot", "default.template.json");

    @TempDir
    Path directory;

    private ObjectNode template;

    @BeforeEach
    void read() throws IOException {
        assumeTrue(Files.exists(APP), APP + " is not built: run 'mvn package' or 'mvn verify'");
        assumeTrue(Files.exists(TEMPLATE), "infra-cdk is not beside this module: its template is left out");
        template = (ObjectNode) new ObjectMapper().readTree(TEMPLATE.toFile());
    }

    private LocalWorld world() throws Exception {
        return LocalWorld.fromStack(
                // No processes: how long they take to start is no part of it.
                LocalAwsOptions.in(directory.resolve("aws")).withTaskRuntime(new ChaosTasks()),
                World.SPEED,
                new StackTemplate("ecs-canary", template.toString(), Map.of()),
                TASK_DEFINITION,
                directory.resolve("work"),
                APP,
                Map.of("APP_VERSION", "first"));
    }

    private ObjectNode properties(String type, String member, String value) {
        for (JsonNode resource : template.path("Resources")) {
            if (resource.path("Type").asText().equals(type)
                    && resource.at("/Properties/" + member).asText().equals(value)) {
                return (ObjectNode) resource.get("Properties");
            }
        }
        throw new AssertionError("there is no " + type + " with the " + member + " " + value);
    }

    @Test
    void aDeploymentGroupWithoutTheSecondTargetGroup() {
        ObjectNode pair = (ObjectNode) properties("AWS::CodeDeploy::DeploymentGroup", "DeploymentGroupName", "web")
                .at("/LoadBalancerInfo/TargetGroupPairInfoList/0");
        ((ArrayNode) pair.get("TargetGroups")).remove(1);
        assertThatExceptionOfType(CliFailure.class)
                .isThrownBy(() -> world().close())
                .withMessageStartingWith("the stack ecs-canary was not created: CanaryDeployment")
                .withMessageContaining("a target group pair has two target groups");
    }

    @Test
    void anAlarmOnTheWrongTargetGroupAndAHealthPathOfItsOwn() throws Exception {
        ObjectNode blue = properties("AWS::CloudWatch::Alarm", "AlarmName", "web-blue-success-rate");
        properties("AWS::CloudWatch::Alarm", "AlarmName", "web-green-success-rate")
                .set("Metrics", blue.get("Metrics"));
        properties("AWS::ElasticLoadBalancingV2::TargetGroup", "Name", "web-green")
                .put("HealthCheckPath", "/status");
        try (LocalWorld world = world()) {
            world.push(APP, "second", Map.of("APP_VERSION", "second"));
            String why = "alarm web-green-success-rate looks at the original target group, targetgroup/web-blue/";
            try (CliRun run = run(world, "verify", "--image", ":second")) {
                assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
                assertThat(run.text())
                        .anyMatch(line -> line.startsWith("REFUSED alarm-targets") && line.contains(why))
                        .anyMatch(line -> line.contains("health-checks")
                                && line.contains("web-green, the replacement, by /status"));
            }
            String state = directory.resolve("state").toString();
            try (CliRun run =
                    run(world, "deploy", "--image", ":second", "--state", state, "--speed", "60", "--no-page")) {
                assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
                assertThat(run.err()).contains("no alarm looks at the replacement target group", why);
            }
            JsonNode deployments = world.aws()
                    .calls()
                    .call(
                            "codedeploy",
                            "ListDeployments",
                            Map.of("applicationName", "web", "deploymentGroupName", "web"));
            assertThat(deployments.path("deployments")).isEmpty();
        }
    }

    private static CliRun run(LocalWorld world, String... arguments) throws IOException {
        return CliRun.start(world.directory(), new TreeMap<>(world.environment()), arguments);
    }
}
