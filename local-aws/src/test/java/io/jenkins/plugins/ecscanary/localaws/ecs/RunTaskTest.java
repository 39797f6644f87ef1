package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.IMAGE;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.RUN_TASK;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that belong to no service. */
class RunTaskTest {

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aTaskRunsToItsEndAndStaysDescribableForAnHour() {
        aws.register("");
        JsonNode answer = aws.runTask(", 'startedBy': 'deploy/42', 'referenceId': 'r-1'");
        assertThat(answer.get("failures")).isEmpty();
        JsonNode task = answer.at("/tasks/0");
        assertThat(task.get("lastStatus").asText()).isEqualTo("PROVISIONING");
        assertThat(task.get("desiredStatus").asText()).isEqualTo("RUNNING");
        assertThat(task.get("group").asText()).isEqualTo("family:web");
        assertThat(task.get("startedBy").asText()).isEqualTo("deploy/42");
        assertThat(task.at("/overrides/containerOverrides/0/name").asText()).isEqualTo("web");
        String arn = task.get("taskArn").asText();

        aws.advance(STARTED);
        assertThat(aws.task(arn).at("/tasks/0/lastStatus").asText()).isEqualTo("RUNNING");
        assertThat(cluster().get("runningTasksCount").asInt()).isEqualTo(1);

        aws.runtime.last().exit.complete(3);
        aws.advance(STOPPED);
        JsonNode stopped = aws.task(arn).at("/tasks/0");
        assertThat(stopped.get("lastStatus").asText()).isEqualTo("STOPPED");
        assertThat(stopped.get("stopCode").asText()).isEqualTo("EssentialContainerExited");
        assertThat(stopped.get("stoppedReason").asText()).isEqualTo("Essential container in task exited");
        assertThat(stopped.at("/containers/0/exitCode").asInt()).isEqualTo(3);
        assertThat(aws.runtime.started).as("nobody replaces it").hasSize(1);

        aws.advance(Duration.ofMinutes(59));
        assertThat(aws.task(arn).get("failures")).isEmpty();
        aws.advance(Duration.ofMinutes(1));
        assertThat(aws.task(arn).at("/failures/0/reason").asText()).isEqualTo("MISSING");
    }

    @Test
    void overridesReachTheContainer() {
        aws.register(", 'command': ['--serve'], 'cpu': 10");
        JsonNode task = aws.runTask(
                        ", 'overrides': {'cpu': '512', 'memory': '1024', 'containerOverrides': [{'name': 'web',"
                                + " 'command': ['--migrate', 'all'], 'cpu': 64, 'memory': 300,"
                                + " 'environment': [{'name': 'VERSION', 'value': 'override'}, {'name': 'X', 'value': 'y'}]}]}")
                .at("/tasks/0");
        assertThat(task.get("cpu").asText()).isEqualTo("512");
        assertThat(task.get("memory").asText()).isEqualTo("1024");
        assertThat(task.at("/containers/0/cpu").asText()).isEqualTo("64");
        assertThat(task.at("/containers/0/memory").asText()).isEqualTo("300");
        assertThat(task.at("/overrides/containerOverrides/0/command").toString())
                .isEqualTo("[\"--migrate\",\"all\"]");
        aws.advance(STARTED);
        TaskRuntime.ContainerSpec spec = aws.runtime.last().spec;
        assertThat(spec.command()).containsExactly("java", "-jar", "app.jar", "--migrate", "all");
        assertThat(spec.environment())
                .containsEntry("COLOUR", "image")
                .containsEntry("VERSION", "override")
                .containsEntry("X", "y");
    }

    @Test
    void itNeedNotServeAnything() {
        aws.runtime.listens = false;
        aws.register("");
        String arn = aws.runTask("").at("/tasks/0/taskArn").asText();
        aws.advance(Duration.ofMinutes(10));
        assertThat(aws.task(arn).at("/tasks/0/lastStatus").asText()).isEqualTo("RUNNING");
    }

    @Test
    void itsOutputGoesToItsLogStream() {
        DirectCalls logs = new DirectCalls(aws.world, aws.logs.api());
        aws.register(
                ", 'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group': '/ecs/web',"
                        + " 'awslogs-region': 'eu-central-1', 'awslogs-stream-prefix': 'once', 'awslogs-create-group': 'true'}}");
        String arn = aws.runTask("").at("/tasks/0/taskArn").asText();
        aws.advance(STARTED);
        aws.runtime.last().output.accept("migrated 7 tables");
        assertThat(logs.call(
                                "GetLogEvents",
                                "{'logGroupName': '/ecs/web', 'logStreamName': 'once/web/%s'}",
                                arn.substring(arn.lastIndexOf('/') + 1))
                        .at("/events/0/message")
                        .asText())
                .isEqualTo("migrated 7 tables");
    }

    @Test
    void stoppingByTheUserIsToldAsSuch() {
        aws.register("");
        String first = aws.runTask("").at("/tasks/0/taskArn").asText();
        String second = aws.runTask("").at("/tasks/0/taskArn").asText();
        aws.advance(STARTED);
        JsonNode asked = aws.calls
                .call("StopTask", "{'cluster': 'demo', 'task': '%s', 'reason': 'enough'}", first)
                .get("task");
        assertThat(asked.get("desiredStatus").asText()).isEqualTo("STOPPED");
        aws.calls.call("StopTask", "{'cluster': 'demo', 'task': '%s'}", second.substring(second.lastIndexOf('/') + 1));
        aws.advance(STOPPED);
        JsonNode stopped = aws.task(first).at("/tasks/0");
        assertThat(stopped.get("stopCode").asText()).isEqualTo("UserInitiated");
        assertThat(stopped.get("stoppedReason").asText()).isEqualTo("enough");
        assertThat(stopped.at("/containers/0/exitCode").asInt()).isEqualTo(143);
        assertThat(aws.task(second).at("/tasks/0/stoppedReason").asText()).isEqualTo("Task stopped by user");
        aws.calls.refused(
                "InvalidParameterException",
                "The referenced task was not found.",
                "StopTask",
                "{'cluster': 'demo', 'task': 'nope'}");
    }

    @Test
    void aServicesTaskStoppedByTheUserIsReplacedAndNoFailure() {
        aws.startService(1);
        String arn = aws.tasks("RUNNING").get(0).get("taskArn").asText();
        aws.calls.call("StopTask", "{'cluster': 'demo', 'task': '%s'}", arn);
        aws.advance(STARTED);
        assertThat(aws.task(arn).at("/tasks/0/stopCode").asText()).isEqualTo("UserInitiated");
        assertThat(aws.tasks("RUNNING")).hasSize(1);
        assertThat(aws.primary().failedTasks()).isZero();
    }

    @Test
    void aMissingImageIsTheReasonNotAnError() {
        aws.images.clear();
        aws.register("");
        String arn = aws.runTask("").at("/tasks/0/taskArn").asText();
        aws.advance(STARTED);
        JsonNode stopped = aws.task(arn).at("/tasks/0");
        assertThat(stopped.get("stopCode").asText()).isEqualTo("TaskFailedToStart");
        assertThat(stopped.get("stoppedReason").asText()).startsWith("CannotPullContainerError: ");
    }

    @Test
    void severalContainersRunTogetherAndTheEssentialOneDecides() {
        aws.register("}, {'name': 'sidecar', 'image': '" + IMAGE + "', 'essential': false");
        String arn = aws.runTask("").at("/tasks/0/taskArn").asText();
        aws.advance(STARTED);
        assertThat(aws.runtime.started).hasSize(2);
        aws.runtime.started.get(1).exit.complete(0);
        aws.advance(STARTED);
        assertThat(aws.task(arn).at("/tasks/0/lastStatus").asText()).isEqualTo("RUNNING");
        aws.runtime.started.get(0).exit.complete(0);
        aws.advance(STOPPED);
        assertThat(aws.task(arn).at("/tasks/0/stopCode").asText()).isEqualTo("EssentialContainerExited");
    }

    @Test
    void aClientTokenStartsNothingTwice() {
        aws.register("");
        String token = ", 'count': 2, 'clientToken': 'once'";
        JsonNode first = aws.runTask(token);
        JsonNode again = aws.runTask(token);
        assertThat(again.findValuesAsText("taskArn")).isEqualTo(first.findValuesAsText("taskArn"));
        aws.advance(STARTED);
        assertThat(aws.runtime.started).hasSize(2);
        aws.calls.refused(
                "ConflictException",
                "The provided clientToken is already in use with a different RunTask request.",
                "RunTask",
                RUN_TASK,
                ", 'count': 3, 'clientToken': 'once'");
        aws.advance(Duration.ofHours(24));
        assertThat(aws.runTask(token).findValuesAsText("taskArn"))
                .doesNotContainAnyElementsOf(first.findValuesAsText("taskArn"));
    }

    @Test
    void tagsAreItsOwnThoseOfTheRevisionAndAwss() {
        aws.register("");
        aws.calls.call(
                "TagResource",
                "{'resourceArn': '%s', 'tags': [{'key': 'team', 'value': 'a'}, {'key': 'app', 'value': 'web'}]}",
                aws.calls
                        .call("DescribeTaskDefinition", "{'taskDefinition': 'web'}")
                        .at("/taskDefinition/taskDefinitionArn")
                        .asText());
        String arn = aws.runTask(", 'propagateTags': 'TASK_DEFINITION', 'enableECSManagedTags': true,"
                        + " 'tags': [{'key': 'team', 'value': 'b'}]")
                .at("/tasks/0/taskArn")
                .asText();
        assertThat(aws.task(arn).at("/tasks/0/tags")).isEmpty();
        assertThat(aws.calls
                        .call("DescribeTasks", "{'cluster': 'demo', 'tasks': ['%s'], 'include': ['TAGS']}", arn)
                        .at("/tasks/0/tags")
                        .toString())
                .contains("aws:ecs:clusterName", "{\"key\":\"app\",\"value\":\"web\"}")
                .contains("{\"key\":\"team\",\"value\":\"b\"}")
                .doesNotContain("\"a\"");
    }

    @Test
    void tasksAreFoundByWhatStartedThemAndByFamily() {
        aws.startService(1);
        aws.runTask(", 'startedBy': 'me', 'count': 3");
        assertThat(list("'startedBy': 'me'")).hasSize(3);
        assertThat(list("'family': 'web'")).hasSize(4);
        assertThat(list("'serviceName': 'web'")).hasSize(1);
        assertThat(list("'desiredStatus': 'PENDING'")).isEmpty();
        aws.calls.refused(
                "InvalidParameterException",
                "startedBy must be the only filter",
                "ListTasks",
                "{'cluster': 'demo', 'startedBy': 'me', 'family': 'web'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'count': 11 | InvalidParameterException | count must be between 1 and 10",
                "'count': 0 | InvalidParameterException | count must be between 1 and 10",
                "'taskDefinition': 'nope' | ClientException | TaskDefinition not found.",
                "'platformVersion': '1.3.0' | NotImplementedByLocalAws | platformVersion 1.3.0; only LATEST",
                "'launchType': 'EC2' | NotImplementedByLocalAws | the launch type EC2",
                "'cluster': 'nope' | ClusterNotFoundException | Cluster not found.",
                "'networkConfiguration': {} | InvalidParameterException | Network Configuration must be provided",
                "'startedBy': 'a b' | InvalidParameterException | Invalid startedBy",
                "'group': 'service:web' | InvalidParameterException | service: is for the tasks of services",
                "'propagateTags': 'SERVICE' | InvalidParameterException | Invalid propagateTags",
                "'tags': [{'key': 'aws:x', 'value': ''}] | InvalidParameterException | are reserved",
                "'clientToken': 'a b' | InvalidParameterException | Invalid clientToken",
                "'volumeConfigurations': [{}] | NotImplementedByLocalAws | volumeConfigurations",
                "'placementStrategy': [{}] | NotImplementedByLocalAws | placementStrategy",
                "'overrides': {'cpu': '1'} | ClientException | No Fargate configuration exists",
                "'overrides': {'containerOverrides': [{'name': 'x'}]} | InvalidParameterException | Override for container"
                        + " named x is not a container in the TaskDefinition.",
                "'overrides': {'containerOverrides': [{'name': 'web', 'environmentFiles': [{}]}]} | NotImplementedByLocalAws"
                        + " | environmentFiles",
            })
    void whatCannotRunIsRefusedBeforeAnythingIsStarted(String member, String code, String message) {
        aws.register("");
        aws.calls.refused(code, message, "RunTask", duplicateOf(member) + ", %s}", member);
        aws.advance(STARTED);
        assertThat(aws.runtime.started).isEmpty();
    }

    /** A good request without the member that is to be a bad one. */
    private static String duplicateOf(String member) {
        String[] good = {
            "'cluster': 'demo'",
            "'taskDefinition': 'web'",
            "'launchType': 'FARGATE'",
            "'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1']}}"
        };
        String name = member.substring(0, member.indexOf(':'));
        return "{"
                + String.join(
                        ", ",
                        Arrays.stream(good).filter(one -> !one.startsWith(name)).toList());
    }

    private JsonNode list(String filter) {
        return aws.calls.call("ListTasks", "{'cluster': 'demo', %s}", filter).get("taskArns");
    }

    private JsonNode cluster() {
        return aws.calls.call("DescribeClusters", "{'clusters': ['demo']}").at("/clusters/0");
    }
}
