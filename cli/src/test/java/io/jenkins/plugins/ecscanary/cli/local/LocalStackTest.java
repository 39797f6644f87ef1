package io.jenkins.plugins.ecscanary.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackTemplate;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The infrastructure that users get, with the sample service in it. */
@Timeout(600)
class LocalStackTest {

    private static final Path APP = Path.of("..", "sample-app", "target", "sample-app.jar");
    private static final Path TASK_DEFINITION = Path.of("..", "sample-app", "taskdef.json.tpl");
    private static final Path TEMPLATE =
            Path.of("..", "infra-cdk", "src", "test", "resources", "snapshot", "default.template.json");

    @TempDir
    Path directory;

    @BeforeEach
    void requireWhatItRunsOn() {
        assumeTrue(Files.exists(APP), APP + " is not built: run 'mvn package' or 'mvn verify'");
        assumeTrue(Files.exists(TEMPLATE), "infra-cdk is not beside this module: its template is left out");
    }

    private LocalWorld world(StackTemplate stack) throws Exception {
        LocalAwsOptions options = LocalAwsOptions.in(directory.resolve("aws")).withState(directory.resolve("state"));
        return LocalWorld.fromStack(
                options, 60, stack, TASK_DEFINITION, directory.resolve("work"), APP, Map.of("APP_VERSION", "first"));
    }

    @Test
    void servesAndIsThereAgain() throws Exception {
        StackTemplate stack = StackFile.read(TEMPLATE);
        try (LocalWorld world = world(stack)) {
            assertThat(get(world)).isEqualTo(200);
            assertThat(Files.readString(world.directory().resolve("deploy.config")))
                    .contains("CLUSTER=reference\n", "ENDPOINT_URL=" + world.endpoint() + "\n")
                    .contains("TASK_DEFINITION_TEMPLATE=taskdef.json.tpl\n")
                    .doesNotContain("sample-app/");
            assertThat(world.taskDefinition("first")).contains("reference/web:first");
            assertThat(world.alarms()).containsExactly("web-blue-success-rate", "web-green-success-rate");
        }
        try (LocalWorld world = world(stack)) {
            assertThat(get(world)).isEqualTo(200);
        }
    }

    @Test
    void aStackThatFailsSaysWhy() throws Exception {
        StackTemplate stack = new StackTemplate(
                "ecs-canary",
                Files.readString(TEMPLATE).replaceAll("(?<name>\"DatapointsToAlarm\"\\s*:\\s*)2", "${name}4"),
                Map.of());
        assertThatExceptionOfType(CliFailure.class)
                .isThrownBy(() -> world(stack).close())
                .withMessageStartingWith("the stack ecs-canary was not created: Observability")
                .withMessageContaining("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
    }

    private static int get(LocalWorld world) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(world.productionUrl()).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
