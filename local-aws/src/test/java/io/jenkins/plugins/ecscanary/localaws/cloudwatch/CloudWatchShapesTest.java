package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.DescribeAlarmsResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricOperations.GetMetricDataResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricOperations.ListMetricsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.SdkShapes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudWatchShapesTest {

    @Test
    void everyMemberIsOneOfTheSdk() {
        assertThat(SdkShapes.differences(
                        new CloudWatchFixture().cloudWatch.api(),
                        "software.amazon.awssdk.services.cloudwatch.model",
                        Map.of(
                                "PutMetricAlarm", Empty.class,
                                "DescribeAlarms", DescribeAlarmsResponse.class,
                                "DeleteAlarms", Empty.class,
                                "SetAlarmState", Empty.class,
                                "GetMetricData", GetMetricDataResponse.class,
                                "ListMetrics", ListMetricsResponse.class)))
                .isEmpty();
    }
}
