package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.util.List;
import java.util.Map;

/** CloudWatch's operations in JSON with single quotes, through the same binding as on the wire. */
record CloudWatchJson(CloudWatchFixture fixture) {

    JsonNode call(String operation, String input) {
        return new InProcessCalls(fixture.world, List.of(fixture.cloudWatch.api()))
                .call("monitoring", operation, parsed(input));
    }

    void refused(String code, String message, String operation, String input) {
        assertThatThrownBy(() -> call(operation, input))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    void put(String datum) {
        call("PutMetricData", "{'Namespace': 'Shop', 'MetricData': [" + datum + "]}");
    }

    JsonNode statistics(String metric, int period, String statistics) {
        return call(
                "GetMetricStatistics",
                """
                {'Namespace': 'Shop', 'MetricName': '%s', 'StartTime': '2026-01-05T09:00:00Z',
                 'EndTime': '2026-01-05T11:00:00Z', 'Period': %d, 'Statistics': ['%s']}
                """
                        .formatted(metric, period, statistics));
    }

    JsonNode percentiles(String metric, String percentiles) {
        return call(
                "GetMetricStatistics",
                """
                {'Namespace': 'Shop', 'MetricName': '%s', 'StartTime': '2026-01-05T09:00:00Z',
                 'EndTime': '2026-01-05T11:00:00Z', 'Period': 60, 'ExtendedStatistics': ['%s']}
                """
                        .formatted(metric, percentiles));
    }

    private static Map<?, ?> parsed(String input) {
        try {
            return new ObjectMapper().readValue(input.replace('\'', '"'), Map.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(input, e);
        }
    }
}
