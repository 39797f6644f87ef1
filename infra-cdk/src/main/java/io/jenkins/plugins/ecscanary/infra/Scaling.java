package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.CustomizedMetricSpecificationProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricDimensionProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.constructs.Construct;

/**
 * More tasks by CPU, memory or requests, and fewer again, never fewer than the desired count. AWS's own metric of requests per
 * target is of one target group, and the traffic is at the other after every deployment: so they are counted at both. They are
 * divided by the tasks that are wanted, not by those that run, of which there are twice as many during a deployment.
 */
public final class Scaling extends Construct {

    private static final int OUT_AFTER_SECONDS = 60;
    private static final int IN_AFTER_SECONDS = 300;

    private final Settings.Names names;
    private final Ingress ingress;
    private final CfnScalableTarget target;

    public Scaling(Construct scope, Settings settings, Settings.Scaling scaling, Ingress ingress, WebService service) {
        super(scope, "Scaling");
        names = settings.names();
        this.ingress = ingress;
        target = CfnScalableTarget.Builder.create(this, "Tasks")
                .serviceNamespace("ecs")
                .scalableDimension("ecs:service:DesiredCount")
                .resourceId("service/" + service.cluster().getRef() + "/"
                        + service.service().getAttrName())
                .minCapacity(settings.task().desiredCount())
                .maxCapacity(scaling.maxCount())
                .build();
        scaling.cpu().ifPresent(percent -> keep("Cpu", percent, predefined("ECSServiceAverageCPUUtilization")));
        scaling.memory()
                .ifPresent(percent -> keep("Memory", percent, predefined("ECSServiceAverageMemoryUtilization")));
        scaling.requests()
                .ifPresent(requests -> keep(
                        "Requests",
                        requests,
                        TargetTrackingScalingPolicyConfigurationProperty.builder()
                                .customizedMetricSpecification(requestsOfATask())));
    }

    private static TargetTrackingScalingPolicyConfigurationProperty.Builder predefined(String metric) {
        return TargetTrackingScalingPolicyConfigurationProperty.builder()
                .predefinedMetricSpecification(PredefinedMetricSpecificationProperty.builder()
                        .predefinedMetricType(metric)
                        .build());
    }

    private void keep(String id, int value, TargetTrackingScalingPolicyConfigurationProperty.Builder tracking) {
        CfnScalingPolicy.Builder.create(this, id)
                .policyName(id)
                .policyType("TargetTrackingScaling")
                .scalingTargetId(target.getRef())
                .targetTrackingScalingPolicyConfiguration(tracking.targetValue(value)
                        .scaleOutCooldown(OUT_AFTER_SECONDS)
                        .scaleInCooldown(IN_AFTER_SECONDS)
                        .build())
                .build();
    }

    private CustomizedMetricSpecificationProperty requestsOfATask() {
        return CustomizedMetricSpecificationProperty.builder()
                .metrics(List.of(
                        TargetTrackingMetricDataQueryProperty.builder()
                                .id("requests")
                                .expression("(FILL(blue,0)+FILL(green,0))/tasks")
                                .label("Requests a minute and task")
                                .returnData(true)
                                .build(),
                        requests("blue", ingress.blue()),
                        requests("green", ingress.green()),
                        // Container Insights', which the cluster has.
                        metric(
                                "tasks",
                                "ECS/ContainerInsights",
                                "DesiredTaskCount",
                                "Average",
                                Map.of("ClusterName", names.cluster(), "ServiceName", names.service()))))
                .build();
    }

    private TargetTrackingMetricDataQueryProperty requests(String id, CfnTargetGroup group) {
        return metric(
                id,
                "AWS/ApplicationELB",
                "RequestCount",
                "Sum",
                Map.of(
                        "LoadBalancer",
                        ingress.loadBalancer().getAttrLoadBalancerFullName(),
                        "TargetGroup",
                        group.getAttrTargetGroupFullName()));
    }

    private static TargetTrackingMetricDataQueryProperty metric(
            String id, String namespace, String metric, String statistic, Map<String, String> dimensions) {
        return TargetTrackingMetricDataQueryProperty.builder()
                .id(id)
                .metricStat(TargetTrackingMetricStatProperty.builder()
                        .metric(TargetTrackingMetricProperty.builder()
                                .namespace(namespace)
                                .metricName(metric)
                                .dimensions(new TreeMap<>(dimensions)
                                        .entrySet().stream()
                                                .map(dimension -> TargetTrackingMetricDimensionProperty.builder()
                                                        .name(dimension.getKey())
                                                        .value(dimension.getValue())
                                                        .build())
                                                .toList())
                                .build())
                        .stat(statistic)
                        .build())
                .returnData(false)
                .build();
    }
}
