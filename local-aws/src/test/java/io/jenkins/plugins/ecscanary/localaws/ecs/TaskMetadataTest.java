package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.IMAGE;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container finds at ECS_CONTAINER_METADATA_URI_V4. */
class TaskMetadataTest {

    private static final String VARIABLE = "ECS_CONTAINER_METADATA_URI_V4";

    private final EcsHarness aws = new EcsHarness();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aContainerLearnsAboutItself() throws Exception {
        aws.register(", 'dockerLabels': {'team': 'a'}, 'cpu': 10, 'memory': 256, 'logConfiguration': {'logDriver':"
                + " 'awslogs', 'options': {'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-central-1',"
                + " 'awslogs-stream-prefix': 'ecs', 'awslogs-create-group': 'true'}}");
        aws.createService(1, 0);
        aws.advance(STARTED);
        JsonNode task = aws.tasks("RUNNING").get(0);
        JsonNode container = get("");

        assertThat(container.get("DockerId").asText())
                .isEqualTo(task.at("/containers/0/runtimeId").asText());
        assertThat(container.get("Name").asText()).isEqualTo("web");
        assertThat(container.get("Image").asText()).isEqualTo(IMAGE);
        assertThat(container.get("ImageID").asText()).startsWith("sha256:aaa");
        JsonNode labels = container.get("Labels");
        assertThat(labels.get("team").asText()).isEqualTo("a");
        assertThat(labels.get("com.amazonaws.ecs.cluster").asText())
                .isEqualTo(task.get("clusterArn").asText());
        assertThat(labels.get("com.amazonaws.ecs.container-name").asText()).isEqualTo("web");
        assertThat(labels.get("com.amazonaws.ecs.task-arn").asText())
                .isEqualTo(task.get("taskArn").asText());
        assertThat(labels.get("com.amazonaws.ecs.task-definition-family").asText())
                .isEqualTo("web");
        assertThat(labels.get("com.amazonaws.ecs.task-definition-version").asText())
                .isEqualTo("1");
        assertThat(container.get("DesiredStatus").asText()).isEqualTo("RUNNING");
        assertThat(container.get("KnownStatus").asText()).isEqualTo("RUNNING");
        assertThat(container.get("Limits").toString()).isEqualTo("{\"CPU\":10,\"Memory\":256}");
        assertThat(container.get("CreatedAt").asText()).startsWith("2026-01-05T10:00:");
        assertThat(container.get("StartedAt").asText()).startsWith("2026-01-05T10:00:");
        assertThat(container.at("/LogOptions/awslogs-stream").asText()).startsWith("ecs/web/");
        assertThat(container.get("ContainerARN").asText())
                .isEqualTo(task.at("/containers/0/containerArn").asText());
        assertThat(container.at("/Networks/0/NetworkMode").asText()).isEqualTo("awsvpc");
        assertThat(container.at("/Networks/0/IPv4Addresses/0").asText())
                .isEqualTo(aws.runtime.last().spec.ip());
        assertThat(container.has("ExitCode")).isFalse();
    }

    @Test
    void aContainerLearnsAboutItsTask() throws Exception {
        aws.register("}, {'name': 'sidecar', 'image': '" + IMAGE + "', 'essential': false");
        aws.runTask(", 'tags': [{'key': 'team', 'value': 'a'}], 'overrides': {'cpu': '512', 'memory': '1024'}");
        aws.advance(STARTED);
        JsonNode told = aws.tasks("RUNNING").get(0);
        JsonNode task = get("/task");
        assertThat(task.get("Cluster").asText())
                .isEqualTo(told.get("clusterArn").asText());
        assertThat(task.get("TaskARN").asText()).isEqualTo(told.get("taskArn").asText());
        assertThat(task.get("Family").asText()).isEqualTo("web");
        assertThat(task.get("Revision").asText()).isEqualTo("1");
        assertThat(task.get("DesiredStatus").asText()).isEqualTo("RUNNING");
        assertThat(task.get("KnownStatus").asText()).isEqualTo("RUNNING");
        assertThat(task.get("Limits").toString()).isEqualTo("{\"CPU\":0.5,\"Memory\":1024}");
        assertThat(task.get("LaunchType").asText()).isEqualTo("FARGATE");
        assertThat(task.get("AvailabilityZone").asText())
                .matches("eu-central-1[abc]")
                .isEqualTo(told.get("availabilityZone").asText());
        assertThat(task.get("Containers").findValuesAsText("Name")).containsExactly("web", "sidecar");
        assertThat(task.has("TaskTags")).isFalse();
        assertThat(get("/taskWithTags").at("/TaskTags/team").asText()).isEqualTo("a");
    }

    @Test
    void everyContainerHasAnAddressOfItsOwnWhichEndsWithTheTask() throws Exception {
        aws.register("}, {'name': 'sidecar', 'image': '" + IMAGE + "', 'essential': false");
        aws.createService(2, 0);
        aws.advance(STARTED);
        assertThat(aws.runtime.started)
                .extracting(container -> container.spec.environment().get(VARIABLE))
                .hasSize(4)
                .doesNotHaveDuplicates()
                .allMatch(uri -> uri.matches("http://127\\.0\\.0\\.1:[0-9]+/v4/[0-9a-f]{32}"))
                .noneMatch(uri -> aws.tasks("RUNNING").stream()
                        .anyMatch(task -> task.get("taskArn").asText().endsWith(uri.substring(uri.length() - 32))));
        assertThat(get("").get("Name").asText()).isEqualTo("sidecar");
        aws.calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'desiredCount': 0}");
        aws.advance(STOPPED);
        assertThat(send(request("").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void theRestOfTheEnvironmentIsFargatesUnlessItIsSet() {
        aws.register("}, {'name': 'other', 'image': '" + IMAGE
                + "', 'environment': [{'name': 'AWS_REGION', 'value': 'us-east-1'}]");
        aws.runTask("");
        aws.advance(STARTED);
        assertThat(aws.runtime.started.get(0).spec.environment())
                .containsEntry("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE")
                .containsEntry("AWS_REGION", "eu-central-1")
                .containsEntry("AWS_DEFAULT_REGION", "eu-central-1");
        assertThat(aws.runtime.started.get(1).spec.environment()).containsEntry("AWS_REGION", "us-east-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats", "/task/stats", "/nope", "x", "/task/"})
    void otherPathsAreNotThere(String suffix) throws Exception {
        aws.startService(1);
        assertThat(send(request(suffix).GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyElseIsAnswered() throws Exception {
        aws.startService(1);
        HttpResponse<String> posted = send(request("").POST(BodyPublishers.ofString("x")));
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET");
        assertThat(send(request("").GET().header("Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        URI named = URI.create(uri().replace("127.0.0.1", "localhost"));
        assertThat(send(HttpRequest.newBuilder(named)).statusCode()).isEqualTo(403);
        String guessed = uri().replaceFirst("/v4/.*", "/v4/" + "0".repeat(32));
        assertThat(send(HttpRequest.newBuilder(URI.create(guessed))).statusCode())
                .isEqualTo(404);
    }

    private JsonNode get(String suffix) throws Exception {
        HttpResponse<String> answer = send(request(suffix).GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpRequest.Builder request(String suffix) {
        return HttpRequest.newBuilder(URI.create(uri() + suffix));
    }

    private String uri() {
        return aws.runtime.last().spec.environment().get(VARIABLE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
