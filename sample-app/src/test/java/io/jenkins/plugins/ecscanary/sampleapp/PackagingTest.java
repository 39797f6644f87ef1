package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The image's and the task definition's promises, which must fit each other and the code. */
class PackagingTest {

    private static final Map<String, String> VALUES = Map.of(
            "IMAGE", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web@sha256:abc",
            "FAMILY", "web",
            "CPU", "256",
            "MEMORY", "512",
            "EXECUTION_ROLE_ARN", "arn:aws:iam::123456789012:role/execution",
            "TASK_ROLE_ARN", "arn:aws:iam::123456789012:role/task",
            "LOG_GROUP", "/ecs/web",
            "REGION", "eu-central-1");

    private static JsonNode taskDefinition() throws Exception {
        String template = Files.readString(Path.of("taskdef.json.tpl"));
        String filled = Pattern.compile("\\$\\{([A-Z_]+)}").matcher(template).replaceAll(placeholder -> {
            assertThat(VALUES).containsKey(placeholder.group(1));
            return Matcher.quoteReplacement(VALUES.get(placeholder.group(1)));
        });
        assertThat(filled).doesNotContain("$");
        assertThat(VALUES.keySet()).allSatisfy(name -> assertThat(template).contains("${" + name + "}"));
        return new ObjectMapper().readTree(filled);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> dockerfile() throws Exception {
        return Files.readAllLines(Path.of("Dockerfile"));
    }

    @Test
    void the_task_definition_is_for_fargate_and_read_only() throws Exception {
        JsonNode task = taskDefinition();
        assertThat(texts(task.get("requiresCompatibilities"))).containsExactly("FARGATE");
        assertThat(task.get("networkMode").asText()).isEqualTo("awsvpc");
        JsonNode app = task.get("containerDefinitions").get(0);
        assertThat(app.get("name").asText()).isEqualTo("app");
        assertThat(app.get("portMappings").get(0).get("containerPort").asInt()).isEqualTo(3000);
        assertThat(app.get("readonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(app.get("environment").findValuesAsText("name")).containsExactly("PORT", "APP_IMAGE");
    }

    @Test
    void there_is_time_to_drain_before_the_kill() throws Exception {
        int stopTimeout = taskDefinition()
                .get("containerDefinitions")
                .get(0)
                .get("stopTimeout")
                .asInt();
        assertThat(DrainTimes.DEFAULT.finishWithin().toSeconds()).isLessThan(stopTimeout - 10L);
    }

    @Test
    void the_health_check_runs_a_class_of_the_jar_in_the_image() throws Exception {
        JsonNode app = taskDefinition().get("containerDefinitions").get(0);
        String jar = "app.jar"; // relative to the image's working directory, wherever that is
        assertThat(texts(app.get("healthCheck").get("command")))
                .containsExactly("CMD", "java", "-cp", jar, HealthCheck.class.getName());
        assertThat(dockerfile()).contains("WORKDIR /app", "ENTRYPOINT [\"java\", \"-jar\", \"" + jar + "\"]");
        assertThat(dockerfile()).anyMatch(line -> line.startsWith("COPY ") && line.endsWith(" /app/" + jar));
    }

    @Test
    void image_and_task_definition_name_the_same_user_by_number() throws Exception {
        String user =
                taskDefinition().get("containerDefinitions").get(0).get("user").asText();
        assertThat(user).matches("[1-9][0-9]*:[1-9][0-9]*");
        assertThat(dockerfile()).contains("USER " + user);
    }

    @Test
    void every_base_image_has_an_exact_version() throws Exception {
        assertThat(dockerfile())
                .filteredOn(line -> line.startsWith("FROM "))
                .hasSize(2)
                .allMatch(line -> line.matches("FROM [a-z/-]+:[a-z-]*\\d+\\.\\d+\\.\\d+\\S*( AS \\w+)?"));
    }
}
