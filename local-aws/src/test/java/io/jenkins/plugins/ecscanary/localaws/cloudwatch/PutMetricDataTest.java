package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics that someone puts, through PutMetricData, GetMetricStatistics and ListMetrics. */
class PutMetricDataTest {

    private final CloudWatchFixture fixture = new CloudWatchFixture();
    private final CloudWatchJson json = new CloudWatchJson(fixture);

    @Test
    void valuesAreSeenALittleLaterAndSummedByMinute() {
        json.put("{'MetricName': 'Orders', 'Value': 2.5, 'Unit': 'Count'}");
        json.put("{'MetricName': 'Orders', 'Value': 1234.5, 'Unit': 'Count'}");
        assertThat(json.statistics("Orders", 60, "Sum").get("Datapoints")).isEmpty();
        fixture.time.advance(Duration.ofSeconds(2));
        JsonNode point = json.statistics("Orders", 60, "Sum', 'Maximum', 'Minimum', 'Average', 'SampleCount")
                .at("/Datapoints/0");
        assertThat(point.get("Sum").asDouble()).isEqualTo(1237);
        assertThat(point.get("Maximum").asDouble()).as("exactly").isEqualTo(1234.5);
        assertThat(point.get("Minimum").asDouble()).isEqualTo(2.5);
        assertThat(point.get("Average").asDouble()).isEqualTo(618.5);
        assertThat(point.get("SampleCount").asDouble()).isEqualTo(2);
        assertThat(point.get("Unit").asText()).isEqualTo("Count");
    }

    @Test
    void valuesWithCountsHavePercentiles() {
        json.put("{'MetricName': 'Latency', 'Values': [10, 20, 900], 'Counts': [50, 48, 2], 'Unit': 'Milliseconds'}");
        fixture.time.advance(Duration.ofSeconds(2));
        JsonNode told = json.percentiles("Latency", "p50', 'p98', 'p99").at("/Datapoints/0/ExtendedStatistics");
        assertThat(told.get("p50").asDouble()).isEqualTo(10);
        assertThat(told.get("p98").asDouble()).isEqualTo(20);
        assertThat(told.get("p99").asDouble()).isEqualTo(900);
    }

    @Test
    void aSummaryHasNoPercentilesUnlessAllValuesAreTheSame() {
        json.put("{'MetricName': 'A', 'StatisticValues': {'SampleCount': 3, 'Sum': 9, 'Minimum': 1, 'Maximum': 5}}");
        json.put("{'MetricName': 'B', 'StatisticValues': {'SampleCount': 3, 'Sum': 9, 'Minimum': 3, 'Maximum': 3}}");
        json.put("{'MetricName': 'C', 'Values': [-1, 2]}");
        fixture.time.advance(Duration.ofSeconds(2));
        assertThat(json.statistics("A", 60, "Average")
                        .at("/Datapoints/0/Average")
                        .asDouble())
                .isEqualTo(3);
        assertThat(json.percentiles("A", "p90").at("/Datapoints/0").has("ExtendedStatistics"))
                .isFalse();
        assertThat(json.percentiles("B", "p90")
                        .at("/Datapoints/0/ExtendedStatistics/p90")
                        .asDouble())
                .isEqualTo(3);
        assertThat(json.percentiles("C", "p90").at("/Datapoints/0").has("ExtendedStatistics"))
                .as("with a negative value")
                .isFalse();
    }

    @Test
    void secondsAreKeptForThreeHoursAndThenBecomeMinutes() {
        for (int i = 0; i < 6; i++) {
            json.put("{'MetricName': 'Fine', 'Value': 1, 'StorageResolution': 1}");
            fixture.time.advance(Duration.ofSeconds(10));
        }
        assertThat(json.statistics("Fine", 10, "Sum").get("Datapoints")).hasSize(6);
        assertThat(json.statistics("Fine", 30, "Sum").get("Datapoints").findValuesAsText("Sum"))
                .containsExactly("3.0", "3.0");
        fixture.time.advance(Duration.ofHours(3).plusMinutes(5));
        assertThat(json.statistics("Fine", 10, "Sum").get("Datapoints")).isEmpty();
        assertThat(json.statistics("Fine", 60, "Sum").get("Datapoints").findValuesAsText("Sum"))
                .containsExactly("6.0");
    }

    @Test
    void unitsAreKeptApart() {
        json.put("{'MetricName': 'Size', 'Value': 1, 'Unit': 'Bytes'}");
        json.put("{'MetricName': 'Size', 'Value': 2, 'Unit': 'Kilobytes'}");
        fixture.time.advance(Duration.ofSeconds(2));
        assertThat(json.statistics("Size", 60, "Sum").get("Datapoints").findValuesAsText("Unit"))
                .containsExactly("Bytes", "Kilobytes");
        assertThat(json.call(
                                "GetMetricStatistics",
                                """
                {'Namespace': 'Shop', 'MetricName': 'Size', 'StartTime': '2026-01-05T09:00:00Z',
                 'EndTime': '2026-01-05T11:00:00Z', 'Period': 60, 'Statistics': ['Sum'], 'Unit': 'Bytes'}
                """)
                        .at("/Datapoints"))
                .hasSize(1);
    }

    @Test
    void metricsAreListedByWhatTheyAreAndWhetherTheyAreRecent() {
        json.put("{'MetricName': 'Old', 'Value': 1, 'Dimensions': [{'Name': 'Host', 'Value': 'a'}]}");
        fixture.time.advance(Duration.ofHours(4));
        json.put("{'MetricName': 'New', 'Value': 1}");
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(names("{'Namespace': 'Shop'}")).containsExactly("New", "Old");
        assertThat(names("{'RecentlyActive': 'PT3H'}")).containsExactly("New");
        assertThat(names("{'Dimensions': [{'Name': 'Host'}]}")).containsExactly("Old");
        assertThat(names("{'MetricName': 'Old', 'Dimensions': [{'Name': 'Host', 'Value': 'b'}]}"))
                .isEmpty();
        json.refused("InvalidParameterValue", "PT1H", "ListMetrics", "{'RecentlyActive': 'PT1H'}");
    }

    @Test
    void listsHavePages() {
        for (int i = 0; i < 600; i++) {
            json.put("{'MetricName': 'M" + i + "', 'Value': 1}");
        }
        fixture.time.advance(Duration.ofSeconds(2));
        JsonNode first = json.call("ListMetrics", "{}");
        assertThat(first.get("Metrics")).hasSize(500);
        assertThat(json.call(
                                "ListMetrics",
                                "{'NextToken': '" + first.get("NextToken").asText() + "'}")
                        .get("Metrics"))
                .hasSize(100);
    }

    @Test
    void atMost1440DatapointsAreAskedFor() {
        json.refused(
                "InvalidParameterCombination",
                "You have requested up to 2,880 datapoints, which exceeds the limit of 1,440.",
                "GetMetricStatistics",
                """
                {'Namespace': 'Shop', 'MetricName': 'Size', 'StartTime': '2026-01-05T00:00:00Z',
                 'EndTime': '2026-01-07T00:00:00Z', 'Period': 60, 'Statistics': ['Sum']}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {'MetricName': 'M', 'Value': 1, 'StatisticValues': {'SampleCount': 1}}     | InvalidParameterCombination | MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive
            {'MetricName': 'M'}                                                        | MissingParameter            | MetricData.member.1.Value
            {'Value': 1}                                                               | MissingParameter            | MetricData.member.1.MetricName
            {'MetricName': 'M', 'Value': 'NaN'}                                        | InvalidParameterValue       | The value NaN for parameter MetricData.member.1.Value is invalid.
            {'MetricName': 'M', 'Value': 1e200}                                        | InvalidParameterValue       | MetricData.member.1.Value
            {'MetricName': 'M', 'Value': 1, 'Unit': 'Furlongs'}                        | ValidationError             | Furlongs
            {'MetricName': 'M', 'Value': 1, 'StorageResolution': 5}                    | InvalidParameterValue       | StorageResolution is not 1 or 60
            {'MetricName': 'M', 'Value': 1, 'Timestamp': '2025-12-22T09:59:00Z'}       | InvalidParameterValue       | within the past two weeks
            {'MetricName': 'M', 'Value': 1, 'Timestamp': '2026-01-05T12:01:00Z'}       | InvalidParameterValue       | no more than two hours in the future
            {'MetricName': 'M', 'Values': [1, 2], 'Counts': [1]}                       | InvalidParameterValue       | of the same size
            {'MetricName': 'M', 'Value': 1, 'Dimensions': [{'Name': 'A'}]}             | MissingParameter            | Dimensions.member.1.Value
            {'MetricName': 'M', 'StatisticValues': {'SampleCount': 1, 'Sum': 1, 'Minimum': 2, 'Maximum': 1}} | InvalidParameterValue | Minimum must be less
            """)
    void whatCannotBeIsRefused(String datum, String code, String message) {
        json.refused(code, message, "PutMetricData", "{'Namespace': 'Shop', 'MetricData': [%s]}".formatted(datum));
    }

    @Test
    void nothingOfARequestIsKeptIfAnyOfItIsWrong() {
        json.refused(
                "MissingParameter",
                "MetricData.member.2.Value",
                "PutMetricData",
                "{'Namespace': 'Shop', 'MetricData': [{'MetricName': 'A', 'Value': 1}, {'MetricName': 'B'}]}");
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(names("{}")).isEmpty();
    }

    @Test
    void limitsAreAws() {
        String dimensions = String.join(
                ",",
                IntStream.range(0, 31)
                        .mapToObj(i -> "{'Name': 'd" + i + "', 'Value': 'x'}")
                        .toList());
        json.refused(
                "InvalidParameterValue",
                "must not have a size greater than 30",
                "PutMetricData",
                "{'Namespace': 'Shop', 'MetricData': [{'MetricName': 'A', 'Value': 1, 'Dimensions': [" + dimensions
                        + "]}]}");
        json.refused(
                "InvalidParameterValue",
                "The value AWS/ECS for parameter Namespace is invalid.",
                "PutMetricData",
                "{'Namespace': 'AWS/ECS', 'MetricData': [{'MetricName': 'A', 'Value': 1}]}");
    }

    private List<String> names(String filter) {
        return json.call("ListMetrics", filter).findValuesAsText("MetricName");
    }
}
