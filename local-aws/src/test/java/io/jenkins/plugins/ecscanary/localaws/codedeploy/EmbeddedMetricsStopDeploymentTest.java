package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatch;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchSettings;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.EmbeddedMetrics;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.IngestDelay;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricStore;
import io.jenkins.plugins.ecscanary.localaws.logs.Logs;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replacement that prints its error rate every ten seconds stops its own deployment within a minute. */
@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
class EmbeddedMetricsStopDeploymentTest {

    private Logs logs;
    private CloudWatch cloudWatch;
    private final CodeDeployFixture aws = new CodeDeployFixture(world -> {
        MetricStore store = new MetricStore(world.time(), IngestDelay.none());
        CloudWatchSettings settings = CloudWatchSettings.defaults();
        logs = new Logs(world, new EmbeddedMetrics(store, world.time(), settings));
        cloudWatch = new CloudWatch(world, store, settings);
        return cloudWatch;
    });

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void badReleasesAreStoppedWithinAMinuteOfTheirFirstUsers() {
        watch();
        assertThat(logs.open("/ecs/web", "green", true)).isEmpty();
        aws.withGroup();
        String id = deploy();
        aws.untilProd("a 90, b 10");
        Duration passed = Duration.ZERO;
        while (!"Stopped".equals(aws.get(id).statusAsString())) {
            print(40);
            aws.advance(Duration.ofSeconds(10));
            passed = passed.plusSeconds(10);
            assertThat(passed).isLessThanOrEqualTo(Duration.ofSeconds(60));
        }
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("ALARM_ACTIVE");
        assertThat(cloudWatch.alarm("errors").orElseThrow().reason())
                .startsWith("Threshold Crossed: 2 out of the last 2 datapoints [40.0 (05/01/26 10:");
        aws.untilProd("a 100, b 0");
    }

    @Test
    void goodReleasesAreNot() {
        watch();
        logs.open("/ecs/web", "green", true);
        aws.withGroup();
        String id = deploy();
        aws.untilProd("a 90, b 10");
        for (int i = 0; i < 600 && !"Succeeded".equals(aws.get(id).statusAsString()); i++) {
            print(0);
            aws.advance(Duration.ofSeconds(10));
        }
        assertThat(aws.get(id).statusAsString()).isEqualTo("Succeeded");
    }

    private void watch() {
        new InProcessCalls(aws.wire.world, List.of(cloudWatch.api()))
                .call(
                        "monitoring",
                        "PutMetricAlarm",
                        Map.of(
                                "AlarmName", "errors",
                                "Namespace", "Shop",
                                "MetricName", "ErrorRate",
                                "Dimensions", List.of(Map.of("Name", "Color", "Value", "green")),
                                "Statistic", "Maximum",
                                "Period", 10,
                                "EvaluationPeriods", 2,
                                "Threshold", 0.5,
                                "ComparisonOperator", "GreaterThanThreshold"));
    }

    private String deploy() {
        return aws.deploy(r -> r.overrideAlarmConfiguration(a -> a.enabled(true).alarms(x -> x.name("errors"))));
    }

    /** What the app writes to its standard output, as the awslogs driver brings it. */
    private void print(double errorRate) {
        String line =
                """
                {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["Color"]],\
                "Metrics":[{"Name":"ErrorRate","Unit":"Percent","StorageResolution":1}]}]},\
                "Color":"green","ErrorRate":%s}"""
                        .formatted(aws.wire.time.now().toEpochMilli(), errorRate);
        logs.put("/ecs/web", "green", aws.wire.time.now(), line);
    }
}
