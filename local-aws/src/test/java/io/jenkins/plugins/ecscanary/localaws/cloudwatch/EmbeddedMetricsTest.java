package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.logs.Logs;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics in log events. */
class EmbeddedMetricsTest {

    private static final String EVENT =
            """
            {'_aws': {'Timestamp': %d, 'CloudWatchMetrics': [{'Namespace': 'Shop', 'Dimensions': [['Service'], []],
              'Metrics': [{'Name': 'Errors', 'Unit': 'Count', 'StorageResolution': 1}, {'Name': 'Latency'}]}]},
             'Service': 'web', 'Errors': 3, 'Latency': [10, 20], 'requestId': 'r-1'}
            """;

    private final CloudWatchFixture fixture = new CloudWatchFixture();
    private final CloudWatchJson json = new CloudWatchJson(fixture);
    private final Logs logs =
            new Logs(fixture.world, new EmbeddedMetrics(fixture.store, fixture.time, CloudWatchSettings.defaults()));
    private final DirectCalls calls = new DirectCalls(fixture.world, logs.api());

    @BeforeEach
    void open() {
        logs.open("/ecs/web", "task", true);
    }

    @Test
    void whatATaskPrintsBecomesMetricsAndStaysALine() {
        print(EVENT.formatted(now()));
        assertThat(json.call("ListMetrics", "{}").get("Metrics")).isEmpty();
        fixture.time.advance(Duration.ofSeconds(5));
        JsonNode point = statistics("Errors", ", 'Dimensions': [{'Name': 'Service', 'Value': 'web'}]", 10);
        assertThat(point.at("/Datapoints/0/Sum").asDouble()).isEqualTo(3);
        assertThat(point.at("/Datapoints/0/Unit").asText()).isEqualTo("Count");
        assertThat(statistics("Latency", "", 60).at("/Datapoints/0/SampleCount").asDouble())
                .isEqualTo(2);
        assertThat(json.call("ListMetrics", "{'Namespace': 'Shop'}").get("Metrics"))
                .hasSize(4);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void whatAClientPutsToo() {
        calls.call(
                "PutLogEvents",
                "{'logGroupName': '/ecs/web', 'logStreamName': 'task', 'logEvents': [{'timestamp': %d, 'message': %s}]}",
                now(),
                TextNode.valueOf(EVENT.formatted(now()).replace('\'', '"')).toString());
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(statistics("Errors", "", 60).at("/Datapoints/0/Sum").asDouble())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            'StorageResolution': 1       | 'StorageResolution': 2
            'Unit': 'Count'              | 'Unit': 'Furlongs'
            'Errors': 3,                 | 'Errors': 'three',
            'Errors': 3,                 | 'Other': 3,
            'Latency': [10, 20]          | 'Latency': []
            'Service': 'web'             | 'Service': 7
            'Namespace': 'Shop'          | 'Namespace': ''
            'Namespace': 'Shop'          | 'Namespace': 'AWS/ApplicationELB'
            'Dimensions': [['Service'], []], | 'Dimensions': [],
            'Timestamp'                  | 'Time'
            """)
    void whatIsNotQuiteInTheFormatStaysALineAndIsCounted(String right, String wrong) {
        String event = EVENT.formatted(now());
        assertThat(event).contains(right);
        print(event.replace(right, wrong));
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(json.call("ListMetrics", "{}").findValuesAsText("MetricName"))
                .containsExactly("EMFValidationErrors");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void otherLinesAreJustLines() {
        print("GET / 200");
        print("{'level': 'info', 'message': '_aws'}");
        print("{'_aws': {}}");
        print("{'_aws': {'CloudWatchMetrics': [");
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(json.call("ListMetrics", "{}").get("Metrics")).isEmpty();
        assertThat(lines()).hasSize(4);
    }

    @Test
    void limitsAreThoseOfTheFormat() {
        String metrics =
                IntStream.range(0, 101).mapToObj(i -> "{'Name': 'Errors'}").collect(Collectors.joining(","));
        print(EVENT.formatted(now()).replace("{'Name': 'Latency'}", metrics));
        String dimensions = IntStream.range(0, 31).mapToObj(i -> "'Service'").collect(Collectors.joining(","));
        print(EVENT.formatted(now()).replace("['Service']", "[" + dimensions + "]"));
        print(EVENT.formatted(now() - Duration.ofDays(15).toMillis()));
        print(EVENT.formatted(now() + Duration.ofHours(3).toMillis()));
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(json.call("ListMetrics", "{}").findValuesAsText("MetricName"))
                .containsExactly("EMFValidationErrors");
    }

    /** A task's clock is the machine's: what it stamped two seconds ago is twenty seconds ago at speed 10. */
    @Test
    void stampsOfTasksAreTranslatedIntoSimulatedTime() {
        Instant machine = Instant.parse("2026-01-05T08:00:00Z");
        EmbeddedMetrics metrics = new EmbeddedMetrics(
                fixture.store, faster(10), CloudWatchSettings.defaults(), InstantSource.fixed(machine));
        metrics.fromTask(
                "/ecs/web",
                fixture.time.now(),
                EVENT.formatted(machine.minusSeconds(2).toEpochMilli()).replace('\'', '"'));
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(statistics("Errors", "", 10).at("/Datapoints/0/Timestamp").asLong())
                .isEqualTo(Instant.parse("2026-01-05T09:59:40Z").getEpochSecond());
    }

    /** Too long ago to count in milliseconds from now: it must not end the task's log. */
    @Test
    void aStampBeforeAllTimeIsNone() {
        EmbeddedMetrics tap = new EmbeddedMetrics(
                fixture.store, faster(10), CloudWatchSettings.defaults(), InstantSource.fixed(fixture.time.now()));
        tap.fromTask(
                "/ecs/web", fixture.time.now(), EVENT.formatted(Long.MIN_VALUE).replace('\'', '"'));
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(json.call("ListMetrics", "{}").findValuesAsText("MetricName"))
                .containsExactly("EMFValidationErrors");
    }

    private SimTime faster(double speed) {
        return new SimTime() {
            @Override
            public Instant now() {
                return fixture.time.now();
            }

            @Override
            public double speed() {
                return speed;
            }

            @Override
            public Timer after(Duration delay, Duration wallFloor, Runnable action) {
                return fixture.time.after(delay, wallFloor, action);
            }

            @Override
            public void close() {
                // the fixture's
            }
        };
    }

    private long now() {
        return fixture.time.now().toEpochMilli();
    }

    private void print(String line) {
        logs.put("/ecs/web", "task", fixture.time.now(), line.strip().replace('\'', '"'));
    }

    private JsonNode lines() {
        return calls.call("GetLogEvents", "{'logGroupName': '/ecs/web', 'logStreamName': 'task'}")
                .get("events");
    }

    private JsonNode statistics(String metric, String more, int period) {
        return json.call(
                "GetMetricStatistics",
                """
                {'Namespace': 'Shop', 'MetricName': '%s', 'StartTime': '2026-01-05T09:00:00Z',
                 'EndTime': '2026-01-05T11:00:00Z', 'Period': %d, 'Statistics': ['Sum', 'SampleCount']%s}
                """
                        .formatted(metric, period, more));
    }
}
