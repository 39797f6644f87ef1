package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmQueries.DescribeAlarmHistoryResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmQueries.DescribeAlarmsForMetricResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmQueries.DescribeAlarmsResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmTags.ListTagsForResourceResponse;
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
                        Map.ofEntries(
                                Map.entry("PutMetricAlarm", Empty.class),
                                Map.entry("PutCompositeAlarm", Empty.class),
                                Map.entry("DescribeAlarms", DescribeAlarmsResponse.class),
                                Map.entry("DescribeAlarmsForMetric", DescribeAlarmsForMetricResponse.class),
                                Map.entry("DescribeAlarmHistory", DescribeAlarmHistoryResponse.class),
                                Map.entry("DeleteAlarms", Empty.class),
                                Map.entry("SetAlarmState", Empty.class),
                                Map.entry("EnableAlarmActions", Empty.class),
                                Map.entry("DisableAlarmActions", Empty.class),
                                Map.entry("TagResource", Empty.class),
                                Map.entry("UntagResource", Empty.class),
                                Map.entry("ListTagsForResource", ListTagsForResourceResponse.class),
                                Map.entry("GetMetricData", GetMetricDataResponse.class),
                                Map.entry("GetMetricStatistics", MetricStatistics.Response.class),
                                Map.entry("PutMetricData", Empty.class),
                                Map.entry("ListMetrics", ListMetricsResponse.class))))
                .isEmpty();
    }
}
