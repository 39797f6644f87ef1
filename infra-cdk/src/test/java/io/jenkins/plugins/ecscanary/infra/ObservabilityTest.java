package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresNode
class ObservabilityTest {

    private final Resources stack = Synth.defaults();

    @Test
    void logsAreKeptForAWhile() {
        JsonNode logs = stack.only("AWS::Logs::LogGroup");
        assertThat(logs.path("LogGroupName").asText()).isEqualTo("/ecs/web");
        assertThat(logs.path("RetentionInDays").asInt()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Blue", "Green"})
    void eachTargetGroupHasItsOwnSuccessRate(String side) {
        JsonNode alarm = stack.of("Observability" + side + "SuccessRate");
        assertThat(alarm.path("AlarmName").asText())
                .isEqualTo("web-" + side.toLowerCase(Locale.ROOT) + "-success-rate");
        assertThat(alarm.path("Threshold").asDouble()).isEqualTo(99.5);
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(alarm.path("DatapointsToAlarm").asInt()).isEqualTo(2);
        assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(3);
        assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
        assertThat(alarm.at("/Metrics/0/Expression").asText())
                .isEqualTo("IF(req >= 50, 100*(1-(FILL(t5xx,0)+FILL(connErr,0))/req), 100)");
        assertThat(alarm.path("Metrics"))
                .extracting(metric -> metric.path("Id").asText() + " "
                        + metric.at("/MetricStat/Metric/MetricName").asText())
                .containsExactly(
                        "sr ",
                        "req RequestCount",
                        "t5xx HTTPCode_Target_5XX_Count",
                        "connErr TargetConnectionErrorCount");
        for (int metric = 1; metric <= 3; metric++) {
            JsonNode stat = alarm.path("Metrics").get(metric).path("MetricStat");
            assertThat(stat.path("Period").asInt()).isEqualTo(60);
            assertThat(stat.path("Stat").asText()).isEqualTo("Sum");
            assertThat(stat.at("/Metric/Dimensions/1/Name").asText()).isEqualTo("TargetGroup");
            assertThat(stat.at("/Metric/Dimensions/1/Value/Fn::GetAtt/0").asText())
                    .as("its own target group")
                    .isEqualTo(stack.id("Ingress" + side));
        }
    }

    @Test
    void theCriterionIsASetting() {
        JsonNode alarm = Synth.of(Map.of(
                        "successRateThreshold",
                        "98",
                        "successRateDatapoints",
                        "3",
                        "minRequests",
                        "200",
                        "logRetentionDays",
                        "365",
                        "alarmTopic",
                        "arn:aws:sns:eu-central-1:123456789012:alarms"))
                .of("ObservabilityGreenSuccessRate");
        assertThat(alarm.path("Threshold").asDouble()).isEqualTo(98);
        assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(4);
        assertThat(alarm.at("/Metrics/0/Expression").asText()).startsWith("IF(req >= 200,");
        assertThat(Resources.texts(alarm.path("AlarmActions")))
                .containsExactly("arn:aws:sns:eu-central-1:123456789012:alarms");
    }
}
