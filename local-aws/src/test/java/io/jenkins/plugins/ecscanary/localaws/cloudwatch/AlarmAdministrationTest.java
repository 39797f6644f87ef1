package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** History, actions, tags and filters of alarms. */
class AlarmAdministrationTest {

    private static final String ARN = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:";
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:ops";

    private final CloudWatchFixture fixture = new CloudWatchFixture();
    private final CloudWatchJson json = new CloudWatchJson(fixture);

    @Test
    void whatHappenedToAnAlarmIsTold() throws Exception {
        put("a", "");
        fixture.time.advance(Duration.ofSeconds(1));
        set("a", "ALARM", "drill");
        put("a", ", 'AlarmDescription': 'changed'");
        json.call("DeleteAlarms", "{'AlarmNames': ['a']}");
        JsonNode all = json.call("DescribeAlarmHistory", "{'AlarmName': 'a'}").get("AlarmHistoryItems");
        assertThat(all.findValuesAsText("HistorySummary"))
                .containsExactly(
                        "Alarm \"a\" deleted",
                        "Alarm \"a\" updated",
                        "Alarm updated from INSUFFICIENT_DATA to ALARM",
                        "Alarm \"a\" created");
        JsonNode moved =
                new ObjectMapper().readTree(all.get(2).get("HistoryData").asText());
        assertThat(moved.at("/oldState/stateReason").asText()).isEqualTo("Unchecked: Initial alarm creation");
        assertThat(moved.at("/newState/stateReason").asText()).isEqualTo("drill");
        assertThat(new ObjectMapper()
                        .readTree(all.get(3).get("HistoryData").asText())
                        .at("/createdAlarm/metricName")
                        .asText())
                .isEqualTo("Errors");
    }

    @Test
    void historyIsFilteredAndPaged() {
        put("a", "");
        put("b", "");
        fixture.time.advance(Duration.ofSeconds(10));
        set("a", "ALARM", "one");
        fixture.time.advance(Duration.ofSeconds(10));
        set("a", "OK", "two");
        assertThat(summaries("{'HistoryItemType': 'StateUpdate', 'ScanBy': 'TimestampAscending'}"))
                .containsExactly("Alarm updated from INSUFFICIENT_DATA to ALARM", "Alarm updated from ALARM to OK");
        assertThat(summaries("{'StartDate': '2026-01-05T10:00:20Z'}"))
                .containsExactly("Alarm updated from ALARM to OK");
        assertThat(summaries("{'EndDate': '2026-01-05T10:00:05Z'}")).hasSize(2);
        assertThat(summaries("{'AlarmTypes': ['CompositeAlarm']}")).isEmpty();
        JsonNode page = json.call("DescribeAlarmHistory", "{'MaxRecords': 3}");
        assertThat(page.get("AlarmHistoryItems")).hasSize(3);
        assertThat(summaries("{'MaxRecords': 3, 'NextToken': '"
                        + page.get("NextToken").asText() + "'}"))
                .containsExactly("Alarm \"a\" created");
    }

    @Test
    void actionsAreKeptAndSaidNotToBeDone() {
        put("a", ", 'AlarmActions': ['" + TOPIC + "']");
        put("b", "");
        assertThat(json.call("DescribeAlarms", "{'ActionPrefix': 'arn:aws:sns:'}")
                        .findValuesAsText("AlarmName"))
                .containsExactly("a");
        set("a", "ALARM", "drill");
        assertThat(summaries("{'HistoryItemType': 'Action'}")).containsExactly("Failed to execute action " + TOPIC);
        assertThat(fixture.log).anyMatch(line -> line.contains("action " + TOPIC + " is not done"));

        json.call("DisableAlarmActions", "{'AlarmNames': ['a', 'none']}");
        assertThat(fixture.alarm("a").actionsEnabled()).isFalse();
        set("a", "OK", "over");
        set("a", "ALARM", "again");
        assertThat(summaries("{'HistoryItemType': 'Action'}")).hasSize(1);
        json.call("EnableAlarmActions", "{'AlarmNames': ['a']}");
        assertThat(fixture.alarm("a").actionsEnabled()).isTrue();
        json.refused(
                "ValidationError", "Invalid arn syntax: mail", "PutMetricAlarm", alarm("c", ", 'OKActions': ['mail']"));
    }

    @Test
    void alarmsAreFoundByTheirMetric() {
        put("a", "");
        put("b", ", 'Dimensions': [{'Name': 'Host', 'Value': 'x'}]");
        String errors = "'Namespace': 'Shop', 'MetricName': 'Errors'";
        assertThat(found("{" + errors + "}")).containsExactly("a");
        assertThat(found("{" + errors + ", 'Dimensions': [{'Name': 'Host', 'Value': 'x'}]}"))
                .containsExactly("b");
        assertThat(found("{" + errors + ", 'Period': 300}")).isEmpty();
        assertThat(found("{" + errors + ", 'Statistic': 'Average'}")).isEmpty();
        assertThat(found("{" + errors + ", 'Statistic': 'Sum', 'Period': 60}")).containsExactly("a");
    }

    @Test
    void tagsComeWithAnAlarmAndGoWithIt() {
        put("a", ", 'Tags': [{'Key': 'team', 'Value': 'web'}]");
        put("a", ", 'Tags': [{'Key': 'ignored', 'Value': 'x'}]");
        json.call("TagResource", "{'ResourceARN': '" + ARN + "a', 'Tags': [{'Key': 'stage', 'Value': 'test'}]}");
        assertThat(tags()).isEqualTo("[{\"Key\":\"stage\",\"Value\":\"test\"},{\"Key\":\"team\",\"Value\":\"web\"}]");
        json.call("UntagResource", "{'ResourceARN': '" + ARN + "a', 'TagKeys': ['team']}");
        assertThat(tags()).isEqualTo("[{\"Key\":\"stage\",\"Value\":\"test\"}]");
        json.refused("ResourceNotFoundException", "alarm:b", "ListTagsForResource", "{'ResourceARN': '" + ARN + "b'}");
        json.refused(
                "ValidationError",
                "aws:",
                "TagResource",
                "{'ResourceARN': '" + ARN + "a', 'Tags': [{'Key': 'aws:x', 'Value': ''}]}");
    }

    @Test
    void deletingGoesOnBeyondNamesThatAreNotThere() {
        put("a", "");
        json.refused("ResourceNotFound", "none", "DeleteAlarms", "{'AlarmNames': ['none', 'a']}");
        assertThat(json.call("DescribeAlarms", "{}").get("MetricAlarms")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            , 'ExtendedStatistic': 'p99'                   | Either Statistic or ExtendedStatistic
            , 'Unit': 'Furlongs'                           | Furlongs
            , 'Dimensions': [{'Name': 'a'}]                | Dimensions.member.1.Value
            , 'DatapointsToAlarm': 3                       | DatapointsToAlarm must be less
            , 'Metrics': [{'Id': 'm', 'Expression': '1'}]  | Either MetricName or Metrics
            """)
    void alarmsThatMakeNoSense(String more, String message) {
        assertThatThrownBy(() -> put("a", more)).hasMessageContaining(message);
        assertThat(json.call("DescribeAlarms", "{}").get("MetricAlarms")).isEmpty();
    }

    private void put(String name, String more) {
        json.call("PutMetricAlarm", alarm(name, more));
    }

    private static String alarm(String name, String more) {
        return """
                {'AlarmName': '%s', 'Namespace': 'Shop', 'MetricName': 'Errors', 'Statistic': 'Sum', 'Period': 60,
                 'EvaluationPeriods': 1, 'Threshold': 3, 'ComparisonOperator': 'GreaterThanThreshold'%s}
                """
                .formatted(name, more);
    }

    private void set(String name, String state, String reason) {
        json.call(
                "SetAlarmState",
                "{'AlarmName': '" + name + "', 'StateValue': '" + state + "', 'StateReason': '" + reason + "'}");
    }

    private List<String> summaries(String request) {
        return json.call("DescribeAlarmHistory", request).findValuesAsText("HistorySummary");
    }

    private List<String> found(String request) {
        return json.call("DescribeAlarmsForMetric", request).findValuesAsText("AlarmName");
    }

    private String tags() {
        return json.call("ListTagsForResource", "{'ResourceARN': '" + ARN + "a'}")
                .get("Tags")
                .toString();
    }
}
