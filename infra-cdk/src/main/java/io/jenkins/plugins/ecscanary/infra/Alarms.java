package io.jenkins.plugins.ecscanary.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;

/** Metrics as alarms name them. */
final class Alarms {

    private static final int PERIOD_SECONDS = 60;

    private Alarms() {}

    /** A target group's metric by the minute, for an expression. */
    static CfnAlarm.MetricDataQueryProperty metric(
            String id, String namespace, String metric, String statistic, Ingress ingress, CfnTargetGroup group) {
        Map<String, String> dimensions = Map.of(
                "LoadBalancer", ingress.loadBalancer().getAttrLoadBalancerFullName(),
                "TargetGroup", group.getAttrTargetGroupFullName());
        return CfnAlarm.MetricDataQueryProperty.builder()
                .id(id)
                .metricStat(CfnAlarm.MetricStatProperty.builder()
                        .metric(CfnAlarm.MetricProperty.builder()
                                .namespace(namespace)
                                .metricName(metric)
                                .dimensions(dimensions(dimensions))
                                .build())
                        .period(PERIOD_SECONDS)
                        .stat(statistic)
                        .build())
                .returnData(false)
                .build();
    }

    /** In a fixed order. */
    static List<CfnAlarm.DimensionProperty> dimensions(Map<String, String> dimensions) {
        return new TreeMap<>(dimensions)
                .entrySet().stream()
                        .map(dimension -> CfnAlarm.DimensionProperty.builder()
                                .name(dimension.getKey())
                                .value(dimension.getValue())
                                .build())
                        .toList();
    }
}
