package io.jenkins.plugins.ecscanary.localaws.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogsTest {

    private final ManualTime time = new ManualTime();
    private final World world = new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), line -> {});
    private final Logs logs = new Logs(world);
    private final DirectCalls calls = new DirectCalls(world, logs.api());

    @Test
    void groupsAndStreamsAreCreatedOnce() {
        calls.call("CreateLogGroup", "{'logGroupName': '/ecs/web'}");
        calls.refused(
                "ResourceAlreadyExistsException",
                "The specified log group already exists",
                "CreateLogGroup",
                "{'logGroupName': '/ecs/web'}");
        calls.call("CreateLogStream", "{'logGroupName': '/ecs/web', 'logStreamName': 'a'}");
        calls.refused(
                "ResourceAlreadyExistsException",
                "The specified log stream already exists",
                "CreateLogStream",
                "{'logGroupName': '/ecs/web', 'logStreamName': 'a'}");
        JsonNode group = calls.call("DescribeLogGroups", "{'logGroupNamePrefix': '/ecs'}")
                .at("/logGroups/0");
        assertThat(group.get("logGroupArn").asText())
                .isEqualTo("arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/web");
        assertThat(calls.call("DescribeLogGroups", "{'logGroupNamePrefix': '/other'}")
                        .get("logGroups"))
                .isEmpty();
    }

    @Test
    void whatIsMissingIsSaid() {
        calls.refused(
                "ResourceNotFoundException",
                "The specified log group does not exist.",
                "DescribeLogStreams",
                "{'logGroupName': 'x'}");
        calls.call("CreateLogGroup", "{'logGroupName': 'x'}");
        calls.refused(
                "ResourceNotFoundException",
                "The specified log stream does not exist.",
                "GetLogEvents",
                "{'logGroupName': 'x', 'logStreamName': 'y'}");
        assertThat(logs.open("z", "y", false))
                .hasValue("ResourceNotFoundException: The specified log group does not exist.");
        assertThat(logs.open("z", "y", true)).isEmpty();
    }

    @Test
    void eventsAreReadForwardAndBackward() {
        write(5);
        JsonNode head = events("'startFromHead': true, 'limit': 2");
        assertThat(messages(head)).containsExactly("line 0", "line 1");
        JsonNode next = events(
                "'limit': 2, 'nextToken': '" + head.get("nextForwardToken").asText() + "'");
        assertThat(messages(next)).containsExactly("line 2", "line 3");

        JsonNode tail = events("'limit': 2");
        assertThat(messages(tail)).containsExactly("line 3", "line 4");
        JsonNode before = events(
                "'limit': 2, 'nextToken': '" + tail.get("nextBackwardToken").asText() + "'");
        assertThat(messages(before)).containsExactly("line 1", "line 2");
    }

    @Test
    void atTheEndTheTokenStaysAndLaterEventsFollow() {
        write(2);
        String end = events("'startFromHead': true").get("nextForwardToken").asText();
        JsonNode nothing = events("'nextToken': '" + end + "'");
        assertThat(messages(nothing)).isEmpty();
        assertThat(nothing.get("nextForwardToken").asText()).isEqualTo(end);
        logs.put("g", "s", world.now(), "later");
        assertThat(messages(events("'nextToken': '" + end + "'"))).containsExactly("later");
        calls.refused(
                "InvalidParameterException",
                "nextToken is invalid",
                "GetLogEvents",
                "{'logGroupName': 'g', 'logStreamName': 's', 'nextToken': 'f/x'}");
    }

    @Test
    void eventsAreChosenByTime() {
        write(3);
        long second = events("'startFromHead': true").at("/events/1/timestamp").asLong();
        assertThat(messages(events("'startTime': " + second))).containsExactly("line 1", "line 2");
        assertThat(messages(events("'endTime': " + second))).containsExactly("line 0");
    }

    @Test
    void aStreamKeepsOnlyItsNewestEvents() {
        logs.open("g", "s", true);
        for (int i = 0; i < 10_005; i++) {
            logs.put("g", "s", world.now(), "line " + i);
        }
        JsonNode all = events("'startFromHead': true");
        assertThat(messages(all)).hasSize(10_000).startsWith("line 5").endsWith("line 10004");
        logs.put("g", "s", world.now(), "x".repeat(4 * 1024 * 1024));
        assertThat(events("'startFromHead': true").get("events")).hasSize(1);
    }

    @Test
    void streamsAreListedByNameOrNewestEvent() {
        logs.open("g", "b", true);
        logs.open("g", "a", false);
        logs.put("g", "a", world.now(), "one");
        time.advance(Duration.ofSeconds(1));
        logs.put("g", "b", world.now(), "two");
        assertThat(calls.call("DescribeLogStreams", "{'logGroupName': 'g'}").findValuesAsText("logStreamName"))
                .containsExactly("a", "b");
        assertThat(calls.call(
                                "DescribeLogStreams",
                                "{'logGroupName': 'g', 'orderBy': 'LastEventTime', 'descending': true}")
                        .findValuesAsText("logStreamName"))
                .containsExactly("b", "a");
    }

    private void write(int count) {
        logs.open("g", "s", true);
        for (int i = 0; i < count; i++) {
            logs.put("g", "s", world.now(), "line " + i);
            time.advance(Duration.ofSeconds(1));
        }
    }

    private JsonNode events(String members) {
        return calls.call("GetLogEvents", "{'logGroupName': 'g', 'logStreamName': 's', %s}", members);
    }

    private static List<String> messages(JsonNode answer) {
        return answer.get("events").findValuesAsText("message");
    }
}
