package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.alarm;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.expression;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.metric;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.successRate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.DeleteAlarmsRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.SetAlarmStateRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmQueries.DescribeAlarmsRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmQueries.DescribeAlarmsResponse;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Alarms in simulated time. */
class AlarmTest {

    private static final String NAME = "web-b-success-rate";

    @Test
    void twoBadMinutesOfThreeAlarmAndTheSentenceSaysSo() throws Exception {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(successRate(1));
        assertThat(fixture.alarm(NAME).stateReason()).isEqualTo("Unchecked: Initial alarm creation");
        fixture.minute(200, 0);
        fixture.minute(200, 10);
        assertThat(fixture.state(NAME)).isEqualTo("OK");
        fixture.minute(200, 4);
        fixture.minute(200, 0);
        MetricAlarm red = fixture.alarm(NAME);
        assertThat(red.stateValue()).isEqualTo("ALARM");
        assertThat(red.stateReason())
                .isEqualTo("Threshold Crossed: 2 out of the last 3 datapoints [98.0 (05/01/26 10:02:00), "
                        + "95.0 (05/01/26 10:01:00)] were less than the threshold (99.5) "
                        + "(minimum 2 datapoints for OK -> ALARM transition).");
        JsonNode data = new ObjectMapper().readTree(red.stateReasonData());
        assertThat(data.get("recentDatapoints").toString()).isEqualTo("[100.0,95.0,98.0]");
        assertThat(data.get("threshold").asDouble()).isEqualTo(99.5);
        assertThat(data.get("evaluatedDatapoints").get(0).toString())
                .isEqualTo("{\"timestamp\":\"2026-01-05T10:02:00.000+0000\",\"value\":98.0}");
        assertThat(fixture.log).anyMatch(line -> line.startsWith("alarm " + NAME + " OK → ALARM: Threshold Crossed"));
        assertThat(red.stateTransitionedTimestamp()).isEqualTo(red.stateUpdatedTimestamp());
        var view = fixture.cloudWatch.alarm(NAME).orElseThrow();
        assertThat(view.state()).isEqualTo("ALARM");
        assertThat(view.reason()).isEqualTo(red.stateReason());

        fixture.minute(200, 0);
        fixture.minute(200, 0);
        fixture.minute(200, 0);
        assertThat(fixture.alarm(NAME).stateReason())
                .matches("Threshold Crossed: [23] out of the last 3 datapoints \\[.*] were not less than the threshold "
                        + "\\(99.5\\) \\(minimum 2 datapoints for ALARM -> OK transition\\)\\.");
    }

    @Test
    void oneBadMinuteIsNotEnough() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(successRate(1));
        fixture.minute(200, 200);
        for (int i = 0; i < 10; i++) {
            fixture.minute(200, 0);
        }
        assertThat(fixture.log).noneMatch(line -> line.contains("→ ALARM:"));
    }

    @Test
    void tooFewRequestsAreNotJudged() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(successRate(50));
        for (int i = 0; i < 10; i++) {
            fixture.minute(49, 49);
        }
        assertThat(fixture.state(NAME)).isEqualTo("OK");
    }

    @Test
    void connectionsThatFailCountAsErrors() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(successRate(1));
        for (int i = 0; i < 4; i++) {
            fixture.traffic.chosen();
            fixture.traffic.connectionFailed();
            fixture.minute(9, 0);
        }
        assertThat(fixture.state(NAME)).isEqualTo("ALARM");
        assertThat(fixture.alarm(NAME).stateReason()).contains("90.0 (");
    }

    /** 133 s after the minute had closed is what a published run saw; up to 60 s of it are the wait for an evaluation. */
    @Test
    void withTheUsualDelayTheAlarmComesWhenAwsWouldRaiseIt() {
        for (int seed = 0; seed < 20; seed++) {
            CloudWatchFixture fixture = new CloudWatchFixture(IngestDelay.asObserved(new Ids(new Random(seed))));
            fixture.put(alarm(
                    NAME,
                    1,
                    1,
                    "LessThanThreshold",
                    99.5,
                    "notBreaching",
                    successRate(1).metrics()));
            fixture.minute(200, 100);
            Instant closed = fixture.time.now();
            while (!"ALARM".equals(fixture.state(NAME))) {
                fixture.minute(200, 0);
                assertThat(fixture.time.now()).isBefore(closed.plusSeconds(300));
            }
            assertThat(Duration.between(closed, fixture.alarm(NAME).stateUpdatedTimestamp()))
                    .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(180));
        }
    }

    @Test
    void aMinuteThatComesLateStillAlarms() {
        AtomicReference<Instant> late = new AtomicReference<>();
        CloudWatchFixture fixture = new CloudWatchFixture(
                (metric, minute) -> minute.equals(late.get()) && metric.name().equals("HTTPCode_Target_5XX_Count")
                        ? Duration.ofSeconds(170)
                        : Duration.ofSeconds(5));
        fixture.put(successRate(1));
        fixture.minute(200, 0);
        late.set(fixture.time.now());
        fixture.minute(200, 20);
        fixture.minute(200, 20);
        fixture.minute(200, 0);
        assertThat(fixture.state(NAME)).as("without the late errors").isEqualTo("OK");
        fixture.silence(2);
        assertThat(fixture.state(NAME)).isEqualTo("ALARM");
    }

    @Test
    void aMinuteThatComesTooLateForTheRangeDoesNot() {
        Instant first = Instant.parse("2026-01-05T10:00:00Z");
        CloudWatchFixture fixture = new CloudWatchFixture(
                (metric, minute) -> minute.equals(first) ? Duration.ofMinutes(10) : Duration.ofSeconds(5));
        fixture.put(successRate(1));
        fixture.minute(200, 200);
        fixture.minute(200, 200);
        for (int i = 0; i < 15; i++) {
            fixture.minute(200, 0);
        }
        assertThat(fixture.log).noneMatch(line -> line.contains("→ ALARM:"));
    }

    /**
     * RequestCount counts when a target is chosen, the status when it has answered: with a second of latency and rising
     * weights a minute has more requests than answers. That is no error.
     */
    @Test
    void aHealthyServiceWithASecondOfLatencyDoesNotAlarmWhileItsWeightRises() {
        CloudWatchFixture fixture = new CloudWatchFixture(IngestDelay.asObserved(new Ids(new Random(7))));
        fixture.put(successRate(1));
        List<Integer> inFlight = new ArrayList<>();
        for (int weight = 0; weight <= 100; weight += 10) {
            for (int second = 0; second < 60; second++) {
                inFlight.forEach(count -> {
                    for (int i = 0; i < count; i++) {
                        fixture.traffic.answered(200, 1.0);
                    }
                });
                inFlight.clear();
                int requests = weight / 2;
                for (int i = 0; i < requests; i++) {
                    fixture.traffic.chosen();
                }
                inFlight.add(requests);
                fixture.time.advance(Duration.ofSeconds(1));
                assertThat(fixture.state(NAME)).isNotEqualTo("ALARM");
            }
        }
        fixture.silence(10);
        assertThat(fixture.log).noneMatch(line -> line.contains("→ ALARM:"));
    }

    @Test
    void silenceAfterTheErrorsEndsTheAlarmOnlyWhenTheyHaveLeftTheRange() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(successRate(1));
        fixture.minute(200, 100);
        fixture.minute(200, 100);
        fixture.silence(1);
        assertThat(fixture.state(NAME)).isEqualTo("ALARM");
        fixture.silence(1);
        assertThat(fixture.state(NAME)).isEqualTo("ALARM");
        fixture.silence(4);
        assertThat(fixture.state(NAME)).isEqualTo("OK");
        fixture.silence(20);
        assertThat(fixture.log.stream().filter(line -> line.contains("→ ALARM:")))
                .as("once")
                .hasSize(1);
    }

    @Test
    void theStateStaysForAWhileAfterTheMetricHasStopped() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(alarm(
                "errors",
                1,
                1,
                "GreaterThanOrEqualToThreshold",
                1,
                "notBreaching",
                List.of(expression("e", "t5xx + 0"), metric("t5xx", "HTTPCode_Target_5XX_Count", "Sum"))));
        fixture.minute(5, 5);
        fixture.silence(1);
        assertThat(fixture.state("errors")).isEqualTo("ALARM");
        fixture.silence(5);
        assertThat(fixture.state("errors")).as("after six minutes").isEqualTo("ALARM");
        fixture.silence(3);
        assertThat(fixture.alarm("errors").stateReason())
                .isEqualTo("Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was "
                        + "treated as [NonBreaching].");
    }

    @Test
    void withoutDataAnAlarmStaysOrBecomesWhatMissingMeans() {
        for (String[] each : List.of(
                new String[] {"missing", "INSUFFICIENT_DATA"},
                new String[] {"ignore", "INSUFFICIENT_DATA"},
                new String[] {"breaching", "ALARM"},
                new String[] {"notBreaching", "OK"})) {
            CloudWatchFixture fixture = new CloudWatchFixture();
            fixture.put(alarm(
                    NAME,
                    3,
                    2,
                    "LessThanThreshold",
                    99.5,
                    each[0],
                    successRate(1).metrics()));
            fixture.silence(2);
            assertThat(fixture.state(NAME)).as(each[0]).isEqualTo(each[1]);
        }
    }

    @Test
    void anAlarmWhoseDataStopsTellsSo() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(alarm(
                NAME, 3, 2, "LessThanThreshold", 99.5, null, successRate(1).metrics()));
        fixture.minute(10, 0);
        fixture.minute(10, 0);
        assertThat(fixture.state(NAME)).isEqualTo("OK");
        fixture.silence(20);
        assertThat(fixture.alarm(NAME).stateReason()).isEqualTo("Insufficient Data: 3 datapoints were unknown.");
    }

    @Test
    void aSimpleAlarmOnOneMetric() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(new PutMetricAlarmRequest(
                "slow",
                "p99 above a second",
                true,
                null,
                null,
                null,
                "TargetResponseTime",
                "AWS/ApplicationELB",
                null,
                "p99",
                List.of(new Dimension("LoadBalancer", CloudWatchFixture.BALANCER)),
                60,
                null,
                1,
                null,
                1.0,
                "GreaterThanThreshold",
                null,
                null,
                null));
        for (int i = 0; i < 100; i++) {
            fixture.traffic.answered(200, i < 98 ? 0.1 : 3.0);
        }
        fixture.silence(2);
        assertThat(fixture.alarm("slow").stateReason())
                .isEqualTo(
                        "Threshold Crossed: 1 out of the last 1 datapoints [3.0 (05/01/26 10:00:00)] was greater than "
                                + "the threshold (1.0) (minimum 1 datapoint for INSUFFICIENT_DATA -> ALARM transition).");
        assertThat(fixture.alarm("slow").alarmArn())
                .isEqualTo("arn:aws:cloudwatch:eu-central-1:123456789012:alarm:slow");
    }

    @Test
    void aStateSetByHandStandsUntilTheNextEvaluation() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(successRate(1));
        fixture.silence(2);
        fixture.calls.call("SetAlarmState", new SetAlarmStateRequest(NAME, "ALARM", "a drill", null), Empty.class);
        assertThat(fixture.alarm(NAME).stateReason()).isEqualTo("a drill");
        fixture.time.advance(Duration.ofSeconds(59));
        assertThat(fixture.state(NAME)).isEqualTo("ALARM");
        fixture.time.advance(Duration.ofSeconds(1));
        assertThat(fixture.state(NAME)).isEqualTo("OK");
    }

    @Test
    void alarmsAreListedByNamePrefixStateAndPage() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        for (String name : List.of("a1", "a2", "a3", "b1")) {
            fixture.put(alarm(
                    name, 3, 2, "LessThanThreshold", 99.5, null, successRate(1).metrics()));
        }
        fixture.calls.call("SetAlarmState", new SetAlarmStateRequest("a2", "ALARM", "test", null), Empty.class);
        DescribeAlarmsResponse first =
                describe(fixture, new DescribeAlarmsRequest(null, "a", null, null, null, 2, null));
        assertThat(names(first)).containsExactly("a1", "a2");
        DescribeAlarmsResponse second =
                describe(fixture, new DescribeAlarmsRequest(null, "a", null, null, null, 2, first.nextToken()));
        assertThat(names(second)).containsExactly("a3");
        assertThat(second.nextToken()).isNull();
        assertThat(names(describe(fixture, new DescribeAlarmsRequest(null, null, null, "ALARM", null, null, null))))
                .containsExactly("a2");
        assertThat(names(describe(
                        fixture, new DescribeAlarmsRequest(List.of("b1", "none"), null, null, null, null, null, null))))
                .containsExactly("b1");
        assertThat(names(describe(
                        fixture,
                        new DescribeAlarmsRequest(null, null, List.of("CompositeAlarm"), null, null, null, null))))
                .isEmpty();
        assertThatThrownBy(() ->
                        fixture.calls.call("DeleteAlarms", new DeleteAlarmsRequest(List.of("a1", "none")), Empty.class))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("ResourceNotFound"));
        fixture.calls.call("DeleteAlarms", new DeleteAlarmsRequest(List.of("b1")), Empty.class);
        assertThat(names(describe(fixture, new DescribeAlarmsRequest(null, null, null, null, null, null, null))))
                .containsExactly("a2", "a3");
    }

    private static DescribeAlarmsResponse describe(CloudWatchFixture fixture, DescribeAlarmsRequest request) {
        return fixture.calls.call("DescribeAlarms", request, DescribeAlarmsResponse.class);
    }

    private static List<String> names(DescribeAlarmsResponse response) {
        return response.metricAlarms().stream().map(MetricAlarm::alarmName).toList();
    }

    static Stream<Arguments> badAlarms() {
        List<MetricDataQuery> good = successRate(1).metrics();
        return Stream.of(
                Arguments.of(alarm("", 3, 2, "LessThanThreshold", 1, null, good), "AlarmName"),
                Arguments.of(alarm("x", 3, 4, "LessThanThreshold", 1, null, good), "DatapointsToAlarm must be less"),
                Arguments.of(alarm("x", 0, null, "LessThanThreshold", 1, null, good), "EvaluationPeriods"),
                Arguments.of(alarm("x", 3, 2, "Less", 1, null, good), "Value 'Less' for ComparisonOperator"),
                Arguments.of(alarm("x", 3, 2, "LessThanThreshold", 1, "no", good), "TreatMissingData"),
                Arguments.of(alarm("x", 3, 2, "LessThanThreshold", 1, null, null), "Either MetricName or Metrics"),
                Arguments.of(
                        alarm("x", 3, 2, "LessThanThreshold", 1, null, List.of(expression("e", "m1 +"))),
                        "Error in expression 'e' at position 5"),
                Arguments.of(
                        alarm("x", 3, 2, "LessThanThreshold", 1, null, List.of(expression("e", "1 + m1"))),
                        "Error in expression 'e' at position 5: 'm1' is no Id in this request"),
                Arguments.of(
                        alarm(
                                "x",
                                3,
                                2,
                                "LessThanThreshold",
                                1,
                                null,
                                List.of(expression("e", "f + 1"), expression("f", "e + 1"))),
                        "refers to itself"),
                Arguments.of(
                        alarm(
                                "x",
                                3,
                                2,
                                "LessThanThreshold",
                                1,
                                null,
                                List.of(expression("e", "SUM(m)"), metric("m", "RequestCount", "Sum"))),
                        "must return a time series"),
                Arguments.of(
                        alarm(
                                "x",
                                3,
                                2,
                                "LessThanThreshold",
                                1,
                                null,
                                List.of(
                                        expression("e", "m"),
                                        expression("f", "m"),
                                        metric("m", "RequestCount", "Sum"))),
                        "Exactly one metric or expression must have ReturnData true, not 2"),
                Arguments.of(
                        alarm(
                                "x",
                                3,
                                2,
                                "LessThanThreshold",
                                1,
                                null,
                                List.of(expression("e", "m"), metric("m", "RequestCount", "Median"))),
                        "Value 'Median' is not a statistic"));
    }

    @ParameterizedTest
    @MethodSource("badAlarms")
    void badAlarmsAreRefusedAndNotKept(PutMetricAlarmRequest request, String message) {
        CloudWatchFixture fixture = new CloudWatchFixture();
        assertThatThrownBy(() -> fixture.put(request))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining(message);
        assertThat(names(describe(fixture, new DescribeAlarmsRequest(null, null, null, null, null, null, null))))
                .isEmpty();
    }
}
