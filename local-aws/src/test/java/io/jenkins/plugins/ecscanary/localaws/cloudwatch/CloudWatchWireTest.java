package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsCli;
import io.jenkins.plugins.ecscanary.localaws.wire.WireFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** CloudWatch as the official SDK (CBOR) and every AWS CLI of this machine speak to it. */
@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
class CloudWatchWireTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private final WireFixture wire = new WireFixture(world -> List.of(
            new CloudWatch(world, new MetricStore(world.time(), IngestDelay.none()), CloudWatchSettings.defaults())
                    .api()));

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void metricsArePutAndRead() {
        try (CloudWatchClient client = wire.client(CloudWatchClient.builder())) {
            client.putMetricData(r -> r.namespace("Shop")
                    .metricData(
                            d -> d.metricName("Latency")
                                    .unit("Milliseconds")
                                    .storageResolution(1)
                                    .values(10.0, 900.0)
                                    .counts(99.0, 1.0)
                                    .dimensions(x -> x.name("Host").value("a")),
                            d -> d.metricName("Batch").statisticValues(v -> v.sampleCount(2.0)
                                    .sum(6.0)
                                    .minimum(1.0)
                                    .maximum(5.0))));
            wire.time.advance(Duration.ofSeconds(10));
            Datapoint point = client.getMetricStatistics(r -> r.namespace("Shop")
                            .metricName("Latency")
                            .dimensions(x -> x.name("Host").value("a"))
                            .startTime(START)
                            .endTime(START.plusSeconds(60))
                            .period(10)
                            .extendedStatistics("p50", "p99.9"))
                    .datapoints()
                    .get(0);
            assertThat(point.extendedStatistics()).containsEntry("p50", 10.0).containsEntry("p99.9", 900.0);
            assertThat(client.getMetricStatistics(r -> r.namespace("Shop")
                                    .metricName("Batch")
                                    .startTime(START)
                                    .endTime(START.plusSeconds(60))
                                    .period(60)
                                    .statistics(Statistic.SUM))
                            .datapoints())
                    .extracting(Datapoint::sum)
                    .containsExactly(6.0);
            assertThat(client.listMetrics(r -> r.recentlyActive("PT3H")).metrics())
                    .hasSize(2);
            assertThatExceptionOfType(CloudWatchException.class)
                    .isThrownBy(
                            () -> client.putMetricData(r -> r.namespace("Shop").metricData(d -> d.metricName("X"))))
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MissingParameter"));
        }
    }

    @Test
    void largeRequestsComeCompressed() {
        List<String> encodings = new ArrayList<>();
        ExecutionInterceptor look = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                context.httpRequest().firstMatchingHeader("Content-Encoding").ifPresent(encodings::add);
            }
        };
        try (CloudWatchClient client =
                wire.client(CloudWatchClient.builder().overrideConfiguration(c -> c.addExecutionInterceptor(look)))) {
            client.putMetricData(r -> r.namespace("Shop")
                    .metricData(IntStream.range(0, 500)
                            .mapToObj(i -> MetricDatum.builder()
                                    .metricName("metric-of-a-rather-long-name-" + i)
                                    .value(1.0)
                                    .build())
                            .toList()));
            wire.time.advance(Duration.ofSeconds(10));
            assertThat(client.listMetrics().metrics()).hasSize(500);
        }
        assertThat(encodings).containsExactly("gzip");
    }

    @Test
    void alarmsAreAdministered() {
        try (CloudWatchClient client = wire.client(CloudWatchClient.builder())) {
            client.putMetricAlarm(r -> r.alarmName("errors")
                    .namespace("Shop")
                    .metricName("Errors")
                    .statistic(Statistic.SUM)
                    .period(10)
                    .evaluationPeriods(2)
                    .threshold(3.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .tags(t -> t.key("team").value("web")));
            client.putCompositeAlarm(r -> r.alarmName("any").alarmRule("ALARM(errors)"));
            wire.time.advance(Duration.ofSeconds(5));
            client.setAlarmState(
                    r -> r.alarmName("errors").stateValue(StateValue.ALARM).stateReason("drill"));
            assertThat(client.describeAlarms(r -> r.alarmTypes(AlarmType.COMPOSITE_ALARM))
                            .compositeAlarms())
                    .singleElement()
                    .satisfies(alarm -> assertThat(alarm.stateValue()).isEqualTo(StateValue.ALARM));
            String arn = client.describeAlarms().metricAlarms().get(0).alarmArn();
            assertThat(client.listTagsForResource(r -> r.resourceARN(arn)).tags())
                    .hasSize(1);
            assertThat(client.describeAlarmHistory(
                                    r -> r.alarmName("errors").historyItemType(HistoryItemType.STATE_UPDATE))
                            .alarmHistoryItems())
                    .singleElement()
                    .satisfies(item -> assertThat(item.historySummary()).endsWith("to ALARM"));
        }
    }

    @TestFactory
    Stream<DynamicTest> theCommandLine() {
        return AwsCli.installed().stream()
                .map(cli -> DynamicTest.dynamicTest(cli.executable().toString(), () -> theCommandLine(cli)));
    }

    private void theCommandLine(AwsCli cli) throws Exception {
        run(
                cli,
                "put-metric-data",
                "--namespace=Shop",
                "--metric-data=MetricName=Latency,Values=10,900,Counts=99,1,Unit=Milliseconds,StorageResolution=1");
        wire.time.advance(Duration.ofSeconds(10));
        JsonNode statistics = new ObjectMapper()
                .readTree(run(
                        cli,
                        "get-metric-statistics",
                        "--namespace=Shop",
                        "--metric-name=Latency",
                        "--start-time=2026-01-05T10:00:00Z",
                        "--end-time=2026-01-05T10:10:00Z",
                        "--period=600",
                        "--extended-statistics",
                        "p50",
                        "p99.9"));
        assertThat(statistics.at("/Datapoints/0/ExtendedStatistics/p99.9").asDouble())
                .isEqualTo(900);
        run(
                cli,
                "put-metric-alarm",
                "--alarm-name=errors",
                "--namespace=Shop",
                "--metric-name=Errors",
                "--statistic=Sum",
                "--period=10",
                "--evaluation-periods=2",
                "--threshold=3",
                "--comparison-operator=GreaterThanThreshold");
        run(cli, "put-composite-alarm", "--alarm-name=any", "--alarm-rule=ALARM(errors)");
        run(cli, "set-alarm-state", "--alarm-name=errors", "--state-value=ALARM", "--state-reason=drill");
        assertThat(run(cli, "describe-alarms", "--alarm-types", "CompositeAlarm", "MetricAlarm"))
                .contains("\"AlarmRule\": \"ALARM(errors)\"", "\"StateReason\": \"drill\"");
        assertThat(run(cli, "describe-alarm-history", "--alarm-name=errors")).contains("to ALARM");
        run(cli, "delete-alarms", "--alarm-names", "any", "errors");
    }

    private String run(AwsCli cli, String... arguments) {
        List<String> all = new ArrayList<>(List.of("cloudwatch"));
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
