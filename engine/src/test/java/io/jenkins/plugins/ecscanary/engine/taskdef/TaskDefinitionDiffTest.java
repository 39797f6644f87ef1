package io.jenkins.plugins.ecscanary.engine.taskdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskDefinitionDiffTest {

    /** As a template makes it. */
    private static final String WRITTEN =
            """
            {"family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1 vCPU",
             "memory": "2 GB", "executionRoleArn": "arn:aws:iam::123456789012:role/exec",
             "containerDefinitions": [
               {"name": "web", "image": "web:1", "portMappings": [{"containerPort": 3000}],
                "environment": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "COLOUR", "value": "blue"}],
                "healthCheck": {"command": ["CMD", "true"]}},
               {"name": "agent", "image": "agent:7", "essential": false}],
             "tags": [{"key": "team", "value": "shop"}]}""";

    /** As ECS answers it once it is registered. */
    private static final String DESCRIBED =
            """
            {"taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:12", "family": "web",
             "revision": 12, "status": "ACTIVE", "registeredAt": "2026-11-23T18:30:00Z", "registeredBy": "arn:x",
             "requiresAttributes": [{"name": "x"}], "compatibilities": ["EC2", "FARGATE"], "volumes": [],
             "placementConstraints": [], "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
             "cpu": "1024", "memory": "2048", "executionRoleArn": "arn:aws:iam::123456789012:role/exec",
             "containerDefinitions": [
               {"name": "agent", "image": "agent:7", "cpu": 0, "essential": false, "environment": [],
                "mountPoints": [], "volumesFrom": [], "portMappings": [], "systemControls": []},
               {"name": "web", "image": "web:1", "cpu": 0, "essential": true,
                "portMappings": [{"containerPort": 3000, "hostPort": 3000, "protocol": "tcp"}],
                "environment": [{"name": "COLOUR", "value": "blue"}, {"name": "LOG_LEVEL", "value": "info"}],
                "healthCheck": {"command": ["CMD", "true"], "interval": 30, "timeout": 5, "retries": 3},
                "mountPoints": [], "volumesFrom": [], "systemControls": []}]}""";

    @Test
    void whatEcsMakesOfATemplateIsTheSameRevision() {
        TaskDefinitionDiff diff = TaskDefinitionDiff.of(WRITTEN, DESCRIBED);
        assertThat(diff.changes()).isEmpty();
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.unified("a", "b")).isEmpty();
    }

    @Test
    void everyChangeHasItsPathAndBothValues() {
        String after = WRITTEN.replace("web:1", "web:2")
                .replace("\"info\"", "\"debug\"")
                .replace("{\"name\": \"COLOUR\", \"value\": \"blue\"}", "{\"name\": \"SHAPE\", \"value\": \"round\"}")
                .replace("\"CMD\", \"true\"", "\"CMD\", \"false\"")
                .replace("2 GB", "3 GB");
        assertThat(TaskDefinitionDiff.of(DESCRIBED, after).changes())
                .containsExactly(
                        new RevisionChange("containerDefinitions[web].environment[COLOUR]", "blue", null),
                        new RevisionChange("containerDefinitions[web].environment[LOG_LEVEL]", "info", "debug"),
                        new RevisionChange("containerDefinitions[web].environment[SHAPE]", null, "round"),
                        new RevisionChange(
                                "containerDefinitions[web].healthCheck.command",
                                "[\"CMD\",\"true\"]",
                                "[\"CMD\",\"false\"]"),
                        new RevisionChange("containerDefinitions[web].image", "web:1", "web:2"),
                        new RevisionChange("memory", "2048", "3072"));
    }

    @Test
    void aWholeContainerIsOneChange() {
        String without =
                WRITTEN.replace(",\n   {\"name\": \"agent\", \"image\": \"agent:7\", \"essential\": false}", "");
        assertThat(without).isNotEqualTo(WRITTEN);
        assertThat(TaskDefinitionDiff.of(WRITTEN, without).changes())
                .containsExactly(new RevisionChange(
                        "containerDefinitions[agent]", "{\"essential\":false,\"image\":\"agent:7\"}", null));
    }

    @Test
    void theOrderOfACommandCountsAndThatOfPortsDoesNot() {
        String command = "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"c\",\"command\":[%s]}]}";
        assertThat(TaskDefinitionDiff.of(command.formatted("\"a\",\"b\""), command.formatted("\"b\",\"a\""))
                        .changes())
                .hasSize(1);
        String ports = "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"c\",\"portMappings\":[%s]}]}";
        String one = "{\"containerPort\":1}";
        String two = "{\"containerPort\":2}";
        assertThat(TaskDefinitionDiff.of(ports.formatted(one + "," + two), ports.formatted(two + "," + one))
                        .changes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD",
                "dbPassword",
                "API_KEY",
                "apikey",
                "GITHUB_TOKEN",
                "AWS_SECRET_ACCESS_KEY",
                "splunk-token",
                "SENTRY_DSN",
                "BASIC_AUTH",
                "PGPASS_PWD",
                "clientSecret",
                "CREDENTIALS"
            })
    void valuesWithSuchANameAreHidden(String name) {
        RevisionChange change = environment(name, "hunter2", "hunter3");
        assertThat(change.path()).endsWith("environment[" + name + "]");
        assertThat(change.before()).isEqualTo("(hidden)");
        assertThat(change.after()).isEqualTo("(hidden) (another value)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOG_LEVEL", "KEYBOARD", "AUTHOR", "COMPASS", "PORT", "MONKEYS"})
    void othersAreShown(String name) {
        assertThat(environment(name, "one", "two"))
                .extracting(RevisionChange::before, RevisionChange::after)
                .containsExactly("one", "two");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://ann:hunter2@db/shop, hunter2, db/shop",
        "AKIAIOSFODNN7EXAMPLE, AKIAIOSFODNN7EXAMPLE, hidden",
        "-Xmx1g -Dpassword=hunter2 -jar app.jar, hunter2, -jar app.jar",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln, eyJ, hidden",
        "host=db token: hunter2, hunter2, host=db"
    })
    void whatLooksLikeASecretIsHiddenWhateverItsName(String value, String secret, String stays) {
        RevisionChange change = environment("SETTING", "x", value);
        assertThat(change.after()).doesNotContain(secret).contains(stays);
    }

    @Test
    void aSecretThatChangesInsideALongerTextIsSaidToHaveChanged() {
        RevisionChange change = environment("URL", "https://ann:one@db/", "https://ann:two@db/");
        assertThat(change.before()).isEqualTo("https://(hidden)@db/");
        assertThat(change.after()).isEqualTo("https://(hidden)@db/ (another value)");
    }

    @Test
    void commandsLogOptionsAndSecretsHideTheirsToo() {
        String with =
                """
                {"family":"f","containerDefinitions":[{"name":"c","command":["run","--password","%1$s","--token=%1$s"],
                 "logConfiguration":{"logDriver":"splunk","options":{"splunk-token":"%1$s","splunk-url":"u"}},
                 "secrets":[{"name":"DB","valueFrom":"arn:aws:ssm:eu-central-1:1:parameter/%1$s"}]}]}""";
        TaskDefinitionDiff diff = TaskDefinitionDiff.of(with.formatted("hunter2"), with.formatted("hunter3"));
        assertThat(diff.changes()).hasSize(3);
        assertThat(diff.changes().toString() + diff.unified("a", "b"))
                .doesNotContain("hunter")
                .contains("secrets[DB]", "(another value)", "--token=(hidden)");
    }

    @Test
    void secretsOfAnAddedContainerAreHidden() {
        String before = "{\"family\":\"f\",\"containerDefinitions\":[]}";
        String after = "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"c\",\"environment\":"
                + "[{\"name\":\"TOKEN\",\"value\":\"hunter2\"},{\"name\":\"A\",\"value\":\"1\"}]}]}";
        assertThat(TaskDefinitionDiff.of(before, after).changes().toString())
                .doesNotContain("hunter2")
                .contains("\"A\":\"1\"");
    }

    @Test
    void longValuesAreCut() {
        assertThat(environment("A", "x", "y".repeat(5000)).after()).hasSize(201).endsWith("…");
    }

    @Test
    void unifiedShowsWhatDiffersWithItsSurroundings() {
        String text = TaskDefinitionDiff.of(DESCRIBED, WRITTEN.replace("\"info\"", "\"debug\""))
                .unified("web:12", "new");
        assertThat(text)
                .isEqualTo(
                        """
                        --- web:12
                        +++ new
                        @@ -7,7 +7,7 @@
                             "web": {
                               "environment": {
                                 "COLOUR": "blue",
                        -        "LOG_LEVEL": "info"
                        +        "LOG_LEVEL": "debug"
                               },
                               "healthCheck": {
                                 "command": [""");
    }

    @Test
    void unifiedHunksFarApartAreTwo() {
        String many = "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"c\",\"environment\":["
                + String.join(
                        ",",
                        java.util.stream.IntStream.range(10, 40)
                                .mapToObj(i -> "{\"name\":\"V" + i + "\",\"value\":\"" + i + "\"}")
                                .toList())
                + "]}]}";
        String other =
                many.replace("\"value\":\"12\"", "\"value\":\"x\"").replace("{\"name\":\"V38\",\"value\":\"38\"},", "");
        List<String> lines =
                TaskDefinitionDiff.of(many, other).unified("a", "b").lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("@@"))
                .containsExactly("@@ -4,7 +4,7 @@", "@@ -30,7 +30,6 @@");
        assertThat(lines)
                .contains("-        \"V12\": \"12\",", "+        \"V12\": \"x\",", "-        \"V38\": \"38\",");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> TaskDefinitionDiff.of("[]", "{}")).hasMessageContaining("no JSON object");
        assertThatThrownBy(() -> TaskDefinitionDiff.of("{", "{}")).hasMessageContaining("no JSON");
    }

    private static RevisionChange environment(String name, String before, String after) {
        String with = "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"c\",\"environment\":[{\"name\":\"" + name
                + "\",\"value\":\"%s\"}]}]}";
        List<RevisionChange> changes = TaskDefinitionDiff.of(with.formatted(before), with.formatted(after))
                .changes();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }
}
