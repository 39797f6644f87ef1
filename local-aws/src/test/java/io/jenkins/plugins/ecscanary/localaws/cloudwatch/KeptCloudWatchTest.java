package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.ecscanary.localaws.world.KeptJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CloudWatch across a restart. */
class KeptCloudWatchTest {

    private static final List<String> QUESTIONS = List.of(
            "DescribeAlarms {'AlarmTypes': ['MetricAlarm', 'CompositeAlarm']}",
            "DescribeAlarmHistory {'AlarmTypes': ['MetricAlarm', 'CompositeAlarm']}",
            "ListTagsForResource {'ResourceARN': 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:fine'}",
            "ListMetrics {}",
            statistics("Sum', 'Maximum"),
            statistics("SampleCount"));

    private final CloudWatchFixture before = new CloudWatchFixture();
    private final CloudWatchFixture after = new CloudWatchFixture();

    @Test
    void everythingIsAnsweredAsBefore() {
        prepare();
        restart();
        for (String question : QUESTIONS) {
            String[] parts = question.split(" ", 2);
            assertThat(new CloudWatchJson(after).call(parts[0], parts[1]))
                    .as(question)
                    .isEqualTo(new CloudWatchJson(before).call(parts[0], parts[1]));
        }
        after.time.advance(Duration.ofSeconds(2));
        assertThat(new CloudWatchJson(after).call("ListMetrics", "{}").findValuesAsText("MetricName"))
                .as("what was on its way has arrived")
                .contains("Late");
    }

    @Test
    void alarmsGoOnBeingEvaluated() {
        prepare();
        assertThat(before.state("web-b-success-rate")).isEqualTo("ALARM");
        restart();
        assertThat(after.state("web-b-success-rate")).isEqualTo("ALARM");
        assertThat(after.state("fine")).isEqualTo("ALARM");
        CloudWatchJson json = new CloudWatchJson(after);
        for (int i = 0; i < 40; i++) {
            json.put("{'MetricName': 'Errors', 'Value': 0, 'StorageResolution': 1}");
            after.time.advance(Duration.ofSeconds(1));
        }
        assertThat(after.state("fine")).isEqualTo("OK");
        assertThat(after.cloudWatch.alarm("any").orElseThrow().state()).isEqualTo("OK");
        for (int i = 0; i < 5; i++) {
            after.minute(200, 0);
        }
        assertThat(after.state("web-b-success-rate")).isEqualTo("OK");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        prepare();
        var kept = new KeptCloudWatch.State(
                List.of(new KeptCloudWatch.KeptAlarm(
                        "odd",
                        null,
                        null,
                        after.time.now(),
                        Map.of(),
                        true,
                        AlarmState.OK,
                        "",
                        null,
                        after.time.now(),
                        after.time.now())),
                List.of(),
                List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ((KeptCloudWatch) after.cloudWatch.kept()).restore(kept))
                .withMessageContaining("alarm 'odd' has no definition");
    }

    private void prepare() {
        CloudWatchJson json = new CloudWatchJson(before);
        before.put(CloudWatchFixture.successRate(1));
        json.call(
                "PutMetricAlarm",
                """
                {'AlarmName': 'fine', 'Namespace': 'Shop', 'MetricName': 'Errors', 'Statistic': 'Sum', 'Period': 10,
                 'EvaluationPeriods': 1, 'Threshold': 3, 'ComparisonOperator': 'GreaterThanThreshold',
                 'Tags': [{'Key': 'team', 'Value': 'web'}]}
                """);
        json.call("PutCompositeAlarm", "{'AlarmName': 'any', 'AlarmRule': 'ALARM(fine)'}");
        before.minute(200, 100);
        before.minute(200, 100);
        for (int i = 0; i < 30; i++) {
            json.put("{'MetricName': 'Errors', 'Values': [1.25, 7], 'Counts': [3, 1], 'StorageResolution': 1}");
            before.time.advance(Duration.ofSeconds(1));
        }
        assertThat(before.state("fine")).isEqualTo("ALARM");
        json.put("{'MetricName': 'Late', 'Value': 1}");
    }

    private void restart() {
        after.time.advance(Duration.between(after.time.now(), before.time.now()));
        KeptJson.move(before.cloudWatch.kept(), after.cloudWatch.kept());
    }

    private static String statistics(String names) {
        return """
                GetMetricStatistics {'Namespace': 'Shop', 'MetricName': 'Errors', 'StartTime': '2026-01-05T09:00:00Z',
                 'EndTime': '2026-01-05T11:00:00Z', 'Period': 10, 'Statistics': ['%s']}
                """
                .formatted(names);
    }
}
