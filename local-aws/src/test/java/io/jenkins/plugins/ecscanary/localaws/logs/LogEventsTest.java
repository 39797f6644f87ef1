package io.jenkins.plugins.ecscanary.localaws.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events put by clients, filtered, expired, and what there is room for. */
class LogEventsTest {

    private final ManualTime time = new ManualTime();
    private final List<String> log = new ArrayList<>();
    private final World world = new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), log::add);
    private final Logs logs = new Logs(world);
    private final DirectCalls calls = new DirectCalls(world, logs.api());

    @BeforeEach
    void open() {
        calls.call("CreateLogGroup", "{'logGroupName': 'g'}");
        calls.call("CreateLogStream", "{'logGroupName': 'g', 'logStreamName': 's'}");
        calls.call("CreateLogStream", "{'logGroupName': 'g', 'logStreamName': 't'}");
    }

    @Test
    void eventsAreReadInTheOrderOfTheirStamps() {
        put("s", event(-1000, "second"), event(0, "third"));
        put("s", event(-5000, "first"));
        assertThat(messages("'startFromHead': true")).containsExactly("first", "second", "third");
        JsonNode tail = get("'limit': 1");
        assertThat(tail.get("events").findValuesAsText("message")).containsExactly("third");
        assertThat(messages("'limit': 5, 'nextToken': '"
                        + tail.get("nextBackwardToken").asText() + "'"))
                .containsExactly("first", "second");
    }

    @Test
    void whatIsTooOldOrTooNewIsLeftOutAndTold() {
        long day = Duration.ofDays(1).toMillis();
        JsonNode old = put("s", event(-15 * day, "too old"), event(-14 * day, "just right"));
        assertThat(old.at("/rejectedLogEventsInfo").toString()).isEqualTo("{\"tooOldLogEventEndIndex\":1}");
        JsonNode recent = put("s", event(0, "now"), event(7_200_001, "too new"));
        assertThat(recent.at("/rejectedLogEventsInfo").toString()).isEqualTo("{\"tooNewLogEventStartIndex\":1}");
        calls.call("PutRetentionPolicy", "{'logGroupName': 'g', 'retentionInDays': 1}");
        JsonNode expired = put("s", event(-day - 1, "expired"), event(-1, "kept"));
        assertThat(expired.at("/rejectedLogEventsInfo").toString()).isEqualTo("{\"expiredLogEventEndIndex\":1}");
        assertThat(put("s", event(0, "fine")).has("rejectedLogEventsInfo")).isFalse();
        assertThat(messages("'startFromHead': true")).containsExactly("kept", "now", "fine");
    }

    @Test
    void batchesThatCannotBe() {
        refused("must be in chronological order", event(0, "b"), event(-1, "a"));
        refused("cannot span more than 24 hours", event(-86_400_001, "a"), event(0, "b"));
        refused("Upload too large: 1048603 bytes exceeds limit of 1048576", event(0, "x".repeat(1_048_577)));
        refused("length greater than or equal to 1");
        refused("length greater than or equal to 1", event(0, ""));
        calls.refused(
                "ResourceNotFoundException",
                "The specified log stream does not exist.",
                "PutLogEvents",
                "{'logGroupName': 'g', 'logStreamName': 'none', 'logEvents': [%s]}",
                event(0, "x"));
    }

    @Test
    void retentionRemovesWhatItDoesNotCoverAnyMore() {
        put("s", event(0, "one"));
        time.advance(Duration.ofDays(2));
        put("s", event(0, "two"));
        calls.call("PutRetentionPolicy", "{'logGroupName': 'g', 'retentionInDays': 3}");
        assertThat(group().get("retentionInDays").asInt()).isEqualTo(3);
        assertThat(messages("'startFromHead': true")).containsExactly("one", "two");
        time.advance(Duration.ofDays(2));
        assertThat(group().get("storedBytes").asInt()).isEqualTo(3);
        assertThat(messages("'startFromHead': true")).containsExactly("two");
        calls.call("DeleteRetentionPolicy", "{'logGroupName': 'g'}");
        time.advance(Duration.ofDays(30));
        assertThat(messages("'startFromHead': true")).containsExactly("two");
        calls.refused(
                "InvalidParameterException",
                "'retentionInDays'",
                "PutRetentionPolicy",
                "{'logGroupName': 'g', 'retentionInDays': 2}");
    }

    @Test
    void eventsOfAllStreamsAreFilteredInOneOrder() {
        put("s", event(-3000, "ERROR one"), event(-1000, "INFO two"));
        put("t", event(-2000, "ERROR three"), event(0, "ERROR four"));
        assertThat(filtered("'filterPattern': 'ERROR'")).containsExactly("ERROR one", "ERROR three", "ERROR four");
        assertThat(filtered("'filterPattern': 'ERROR', 'logStreamNames': ['t']"))
                .containsExactly("ERROR three", "ERROR four");
        assertThat(filtered("'logStreamNamePrefix': 's'")).containsExactly("ERROR one", "INFO two");
        long now = time.now().toEpochMilli();
        assertThat(filtered("'startTime': " + (now - 2000) + ", 'endTime': " + now))
                .containsExactly("ERROR three", "INFO two");
        JsonNode page = filter("'filterPattern': 'ERROR', 'limit': 2");
        assertThat(page.get("events").findValuesAsText("logStreamName")).containsExactly("s", "t");
        assertThat(page.at("/events/0/eventId").asText()).hasSize(56);
        assertThat(filtered("'filterPattern': 'ERROR', 'limit': 2, 'nextToken': '"
                        + page.get("nextToken").asText() + "'"))
                .containsExactly("ERROR four");
        assertThat(filter("'filterPattern': 'ERROR', 'limit': 3").has("nextToken"))
                .isFalse();
        calls.refused(
                "InvalidParameterException",
                "cannot both be specified",
                "FilterLogEvents",
                "{'logGroupName': 'g', 'logStreamNames': ['s'], 'logStreamNamePrefix': 's'}");
        String arn = "arn:aws:logs:eu-central-1:123456789012:log-group:g:*";
        assertThat(calls.call("FilterLogEvents", "{'logGroupIdentifier': '%s'}", arn)
                        .get("events"))
                .hasSize(4);
    }

    @Test
    void whatIsDeletedIsGoneAndATaskWritingToItLosesItsLines() {
        logs.put("g", "s", world.now(), "one");
        calls.call("DeleteLogStream", "{'logGroupName': 'g', 'logStreamName': 's'}");
        calls.refused(
                "ResourceNotFoundException",
                "log stream",
                "GetLogEvents",
                "{'logGroupName': 'g', 'logStreamName': 's'}");
        logs.put("g", "s", world.now(), "lost");
        logs.put("g", "s", world.now(), "lost too");
        assertThat(log.stream().filter(line -> line.contains("stream s of g is gone")))
                .hasSize(1);
        calls.call("DeleteLogGroup", "{'logGroupName': 'g'}");
        calls.refused("ResourceNotFoundException", "log group", "DeleteLogGroup", "{'logGroupName': 'g'}");
    }

    @Test
    void groupsHaveTags() {
        String arn = "arn:aws:logs:eu-central-1:123456789012:log-group:g";
        calls.call("TagResource", "{'resourceArn': '%s', 'tags': {'team': 'web', 'stage': 'test'}}", arn);
        calls.call("UntagResource", "{'resourceArn': '%s', 'tagKeys': ['stage']}", arn);
        assertThat(calls.call("ListTagsForResource", "{'resourceArn': '%s'}", arn)
                        .toString())
                .isEqualTo("{\"tags\":{\"team\":\"web\"}}");
        calls.refused("ResourceNotFoundException", "log group", "ListTagsForResource", "{'resourceArn': '%sx'}", arn);
    }

    @Test
    void memoryIsBounded() {
        String large = "x".repeat(1024 * 1024);
        for (int i = 0; i < 70; i++) {
            logs.open("all", "stream-" + i, true);
            logs.put("all", "stream-" + i, world.now(), large);
            time.advance(Duration.ofSeconds(1));
        }
        JsonNode group =
                calls.call("DescribeLogGroups", "{'logGroupNamePrefix': 'all'}").at("/logGroups/0");
        assertThat(group.get("storedBytes").asLong()).isEqualTo(64L * 1024 * 1024);
        JsonNode oldest =
                calls.call("DescribeLogStreams", "{'logGroupName': 'all', 'logStreamNamePrefix': 'stream-5'}");
        assertThat(oldest.at("/logStreams/0/storedBytes").asInt()).isZero();
        assertThat(oldest.at("/logStreams/1/storedBytes").asInt()).isPositive();
    }

    @Test
    void thereIsAnEndToStreams() {
        logs.put("g", "s", world.now(), "one");
        time.advance(Duration.ofSeconds(1));
        logs.put("g", "t", world.now(), "two");
        for (int i = 2; i < LogStore.MOST_STREAMS; i++) {
            logs.open("g", "n" + i, false);
        }
        calls.refused(
                "LimitExceededException",
                "Resource limit exceeded.",
                "CreateLogStream",
                "{'logGroupName': 'g', 'logStreamName': 'one-more'}");
        assertThat(logs.open("g", "of-a-task", false)).isEmpty();
        assertThat(calls.call("DescribeLogStreams", "{'logGroupName': 'g', 'logStreamNamePrefix': 's'}")
                        .get("logStreams"))
                .as("the oldest made room")
                .isEmpty();
    }

    private String event(long fromNow, String message) {
        return "{'timestamp': " + (time.now().toEpochMilli() + fromNow) + ", 'message': '" + message + "'}";
    }

    private JsonNode put(String stream, String... events) {
        return calls.call(
                "PutLogEvents",
                "{'logGroupName': 'g', 'logStreamName': '%s', 'logEvents': [%s]}",
                stream,
                String.join(",", events));
    }

    private void refused(String message, String... events) {
        calls.refused(
                "InvalidParameterException",
                message,
                "PutLogEvents",
                "{'logGroupName': 'g', 'logStreamName': 's', 'logEvents': [%s]}",
                String.join(",", events));
    }

    private JsonNode get(String members) {
        return calls.call("GetLogEvents", "{'logGroupName': 'g', 'logStreamName': 's', %s}", members);
    }

    private List<String> messages(String members) {
        return get(members).get("events").findValuesAsText("message");
    }

    private JsonNode filter(String members) {
        return calls.call("FilterLogEvents", "{'logGroupName': 'g', %s}", members);
    }

    private List<String> filtered(String members) {
        return filter(members).get("events").findValuesAsText("message");
    }

    private JsonNode group() {
        return calls.call("DescribeLogGroups", "{'logGroupNamePrefix': 'g'}").at("/logGroups/0");
    }
}
