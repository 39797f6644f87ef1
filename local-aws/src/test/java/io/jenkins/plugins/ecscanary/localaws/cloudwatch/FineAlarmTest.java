package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms with periods of less than a minute. */
class FineAlarmTest {

    private final CloudWatchFixture fixture = new CloudWatchFixture();
    private final CloudWatchJson json = new CloudWatchJson(fixture);

    @Test
    void twoBadTenSecondsAlarmWithinTenMore() {
        alarm(10, 2, "missing");
        second(2, 0, 1);
        Instant bad = fixture.time.now();
        while (!"ALARM".equals(fixture.state("fine"))) {
            second(1, 5, 1);
            assertThat(fixture.time.now()).isBefore(bad.plusSeconds(60));
        }
        assertThat(Duration.between(bad, fixture.alarm("fine").stateUpdatedTimestamp()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(35));
        assertThat(fixture.alarm("fine").stateReason())
                .startsWith("Threshold Crossed: 2 out of the last 2 datapoints [50.0 (05/01/26 10:");
        Instant good = fixture.time.now();
        while (!"OK".equals(fixture.state("fine"))) {
            second(1, 0, 1);
            assertThat(fixture.time.now()).isBefore(good.plusSeconds(60));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30})
    void otherShortPeriodsAreEvaluatedAsOften(int period) {
        alarm(period, 1, "missing");
        fixture.time.advance(Duration.ofSeconds(period));
        Instant bad = fixture.time.now();
        second(period, 9, 1);
        while (!"ALARM".equals(fixture.state("fine"))) {
            second(1, 0, 1);
            assertThat(fixture.time.now()).isBefore(bad.plusSeconds(period + 20));
        }
    }

    /** As AWS documents it: such an alarm finds nothing in most of its periods and may lapse into INSUFFICIENT_DATA. */
    @Test
    void aMetricOfWholeMinutesLeavesMostShortPeriodsWithoutData() {
        alarm(10, 1, "missing");
        json.put("{'MetricName': 'Errors', 'Value': 50}");
        fixture.time.advance(Duration.ofSeconds(25));
        assertThat(fixture.state("fine")).isEqualTo("ALARM");
        fixture.time.advance(Duration.ofMinutes(5));
        assertThat(fixture.state("fine")).isEqualTo("INSUFFICIENT_DATA");
    }

    @Test
    void anAlarmWhosePeriodBecomesShortIsEvaluatedMoreOften() {
        alarm(60, 1, "missing");
        fixture.time.advance(Duration.ofMinutes(3));
        alarm(10, 1, "missing");
        second(10, 9, 1);
        fixture.time.advance(Duration.ofSeconds(15));
        assertThat(fixture.state("fine")).isEqualTo("ALARM");
    }

    @Test
    void aStateSetByHandStandsForTenSeconds() {
        alarm(10, 1, "notBreaching");
        fixture.time.advance(Duration.ofSeconds(20));
        json.call("SetAlarmState", "{'AlarmName': 'fine', 'StateValue': 'ALARM', 'StateReason': 'drill'}");
        fixture.time.advance(Duration.ofSeconds(9));
        assertThat(fixture.state("fine")).isEqualTo("ALARM");
        fixture.time.advance(Duration.ofSeconds(1));
        assertThat(fixture.state("fine")).isEqualTo("OK");
    }

    @Test
    void percentilesAreWatchedToo() {
        json.call(
                "PutMetricAlarm",
                """
                {'AlarmName': 'slow', 'Namespace': 'Shop', 'MetricName': 'Latency', 'ExtendedStatistic': 'p99',
                 'Period': 10, 'EvaluationPeriods': 1, 'Threshold': 500, 'ComparisonOperator': 'GreaterThanThreshold'}
                """);
        json.put("{'MetricName': 'Latency', 'Values': [10, 800], 'Counts': [97, 3], 'StorageResolution': 1}");
        fixture.time.advance(Duration.ofSeconds(21));
        assertThat(fixture.state("slow")).isEqualTo("ALARM");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 15, 45, 90})
    void otherPeriodsAreRefused(int period) {
        json.refused("ValidationError", "Period", "PutMetricAlarm", put(period, 1, "missing"));
    }

    @Test
    void howLongAnAlarmMayLookBack() {
        json.refused("ValidationError", "more than a day", "PutMetricAlarm", put(60, 1441, "missing"));
        json.refused("ValidationError", "more than a week", "PutMetricAlarm", put(3600, 169, "missing"));
        json.call("PutMetricAlarm", put(3600, 168, "missing"));
    }

    private void alarm(int period, int n, String missing) {
        json.call("PutMetricAlarm", put(period, n, missing));
    }

    private static String put(int period, int n, String missing) {
        return """
                {'AlarmName': 'fine', 'Namespace': 'Shop', 'MetricName': 'Errors', 'Statistic': 'Sum', 'Period': %d,
                 'EvaluationPeriods': %d, 'Threshold': 3, 'ComparisonOperator': 'GreaterThanThreshold',
                 'TreatMissingData': '%s'}
                """
                .formatted(period, n, missing);
    }

    /** Some seconds with as many errors each, put every second. */
    private void second(int count, int errors, int resolution) {
        for (int i = 0; i < count; i++) {
            json.put("{'MetricName': 'Errors', 'Value': " + errors + ", 'StorageResolution': " + resolution + "}");
            fixture.time.advance(Duration.ofSeconds(1));
        }
    }
}
