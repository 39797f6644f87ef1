package io.jenkins.plugins.ecscanary.localaws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsCli;
import io.jenkins.plugins.ecscanary.localaws.wire.WireFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Logs as the official SDK and every AWS CLI of this machine speak to it. */
class LogsWireTest {

    private final WireFixture wire = new WireFixture(world -> List.of(new Logs(world).api()));

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void eventsArePutReadAndFiltered() {
        long now = wire.time.now().toEpochMilli();
        try (CloudWatchLogsClient client = wire.client(CloudWatchLogsClient.builder())) {
            client.createLogGroup(r -> r.logGroupName("g"));
            client.createLogStream(r -> r.logGroupName("g").logStreamName("s"));
            client.putLogEvents(r -> r.logGroupName("g")
                    .logStreamName("s")
                    .logEvents(IntStream.range(0, 25)
                            .mapToObj(i -> InputLogEvent.builder()
                                    .timestamp(now - 25 + i)
                                    .message("{\"n\": " + i + "}")
                                    .build())
                            .toList()));
            assertThat(client
                            .getLogEventsPaginator(r -> r.logGroupName("g")
                                    .logStreamName("s")
                                    .startFromHead(true)
                                    .limit(10))
                            .events()
                            .stream()
                            .map(OutputLogEvent::timestamp))
                    .as("the SDK's paginator ends, since the last token repeats")
                    .hasSize(25)
                    .isSorted();
            assertThat(client
                            .filterLogEventsPaginator(r -> r.logGroupName("g")
                                    .filterPattern("{ $.n >= 10 }")
                                    .limit(4))
                            .events()
                            .stream()
                            .map(FilteredLogEvent::message))
                    .hasSize(15);
            client.deleteLogStream(r -> r.logGroupName("g").logStreamName("s"));
            assertThatExceptionOfType(ResourceNotFoundException.class)
                    .isThrownBy(
                            () -> client.getLogEvents(r -> r.logGroupName("g").logStreamName("s")));
        }
    }

    @TestFactory
    Stream<DynamicTest> theCommandLine() {
        return AwsCli.installed().stream()
                .map(cli -> DynamicTest.dynamicTest(cli.executable().toString(), () -> theCommandLine(cli)));
    }

    private void theCommandLine(AwsCli cli) throws Exception {
        run(cli, "create-log-group", "--log-group-name=g", "--tags=team=web");
        run(cli, "create-log-stream", "--log-group-name=g", "--log-stream-name=s");
        run(
                cli,
                "put-log-events",
                "--log-group-name=g",
                "--log-stream-name=s",
                "--log-events",
                "timestamp=" + wire.time.now().toEpochMilli() + ",message=ERROR one",
                "timestamp=" + wire.time.now().toEpochMilli() + ",message=INFO two");
        assertThat(new ObjectMapper()
                        .readTree(run(cli, "filter-log-events", "--log-group-name=g", "--filter-pattern=-INFO"))
                        .get("events")
                        .findValuesAsText("message"))
                .containsExactly("ERROR one");
        run(cli, "put-retention-policy", "--log-group-name=g", "--retention-in-days=7");
        assertThat(run(cli, "describe-log-groups")).contains("\"retentionInDays\": 7");
        run(cli, "delete-log-group", "--log-group-name=g");
    }

    private String run(AwsCli cli, String... arguments) {
        List<String> all = new ArrayList<>(List.of("logs"));
        all.addAll(List.of(arguments));
        AwsCli.Result result = cli.run(
                wire.endpoint(),
                WireFixture.KEY,
                WireFixture.SECRET,
                WireFixture.REGION,
                home,
                all.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out();
    }
}
