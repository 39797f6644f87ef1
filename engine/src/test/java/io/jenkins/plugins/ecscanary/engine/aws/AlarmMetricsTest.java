package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmMetricSeen;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What DescribeAlarms tells of what an alarm looks at. */
class AlarmMetricsTest {

    private static final String NAMESPACE = "AWS/ApplicationELB";

    private final WireServer server = new WireServer();
    private final SdkAws aws =
            SdkAws.open(new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDEXAMPLE", "secret", null)));

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    private List<AlarmMetricSeen> metrics(Map<String, Object> alarm) {
        Map<String, Object> all = new HashMap<>(alarm);
        all.put("AlarmName", "a");
        all.put("StateValue", "OK");
        server.on("DescribeAlarms", Reply.cbor(200, Map.of("MetricAlarms", List.of(all))));
        return aws.alarms(List.of("a")).get(0).metrics();
    }

    private static Map<String, Object> metric(String targetGroup) {
        return Map.of(
                "Namespace",
                NAMESPACE,
                "MetricName",
                "RequestCount",
                "Dimensions",
                List.of(
                        Map.of("Name", "TargetGroup", "Value", targetGroup),
                        Map.of("Name", "LoadBalancer", "Value", "app/shop/1")));
    }

    private static AlarmMetricSeen seen(String targetGroup) {
        return new AlarmMetricSeen(NAMESPACE, Map.of("TargetGroup", targetGroup, "LoadBalancer", "app/shop/1"));
    }

    @Test
    void ofOneMetric() {
        assertThat(metrics(metric("targetgroup/web-a/1"))).containsExactly(seen("targetgroup/web-a/1"));
    }

    @Test
    void ofMetricMath() {
        assertThat(metrics(Map.of(
                        "Metrics",
                        List.of(
                                Map.of("Id", "e", "Expression", "100*(1-b/a)"),
                                Map.of("Id", "a", "MetricStat", Map.of("Metric", metric("targetgroup/web-a/1"))),
                                Map.of("Id", "b", "MetricStat", Map.of("Metric", metric("targetgroup/web-b/2")))))))
                .containsExactly(seen("targetgroup/web-a/1"), seen("targetgroup/web-b/2"));
    }

    private List<AlarmMetricSeen> ofQuery(String expression) {
        return metrics(Map.of("Metrics", List.of(Map.of("Id", "q", "Expression", expression))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT SUM(RequestCount) FROM SCHEMA(\"AWS/ApplicationELB\", LoadBalancer, TargetGroup)"
                        + " WHERE TargetGroup = 'targetgroup/web-a/1' AND LoadBalancer = 'app/shop/1'",
                "select SUM(RequestCount) from \"AWS/ApplicationELB\""
                        + " where \"TargetGroup\"='targetgroup/web-a/1' and \"LoadBalancer\"='app/shop/1'"
            })
    void ofAQuery(String expression) {
        assertThat(ofQuery(expression)).containsExactly(seen("targetgroup/web-a/1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IF(a > 1, 'TargetGroup', 0)",
                "SELECT SUM(RequestCount) FROM SCHEMA(\"AWS/ApplicationELB\", TargetGroup)"
                        + " WHERE TargetGroup != 'targetgroup/web-a/1'",
                "SELECT SUM(RequestCount) FROM SCHEMA(\"AWS/ApplicationELB\", TargetGroup)"
                        + " WHERE TargetGroup = 'targetgroup/web-a/1' OR TargetGroup = 'targetgroup/web-b/2'"
            })
    void whatTakesMoreThanReadingIsLeftOut(String expression) {
        assertThat(ofQuery(expression)).isEmpty();
    }
}
