package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.constructs.Construct;

/**
 * Alarms for whoever runs the service. None is in the deployment group: they are about the service as a whole, and would undo
 * deployments for what those did not do.
 */
public final class OperationalAlarms extends Construct {

    private static final int PERIOD_SECONDS = 60;
    private static final String ALB = "AWS/ApplicationELB";
    private static final String ECS = "AWS/ECS";
    /** Of percent used; of seconds for the slowest hundredth; of answers in a minute. */
    private static final double PERCENT = 80;

    private static final double SECONDS = 1;
    private static final double ERRORS = 5;

    private final Settings settings;

    public OperationalAlarms(Construct scope, Settings settings, Ingress ingress) {
        super(scope, "OperationalAlarms");
        this.settings = settings;
        Map<String, String> balancer =
                Map.of("LoadBalancer", ingress.loadBalancer().getAttrLoadBalancerFullName());
        Map<String, String> service = Map.of(
                "ClusterName", settings.names().cluster(),
                "ServiceName", settings.names().service());
        above("LoadBalancerErrors", "load-balancer-5xx", ALB, "HTTPCode_ELB_5XX_Count", "Sum", ERRORS, balancer);
        above("TargetErrors", "target-5xx", ALB, "HTTPCode_Target_5XX_Count", "Sum", ERRORS, balancer);
        above("Latency", "latency-p99", ALB, "TargetResponseTime", "p99", SECONDS, balancer);
        above("Cpu", "cpu", ECS, "CPUUtilization", "Average", PERCENT, service);
        above("Memory", "memory", ECS, "MemoryUtilization", "Average", PERCENT, service);
        healthyTargets(ingress);
    }

    private void above(
            String id,
            String suffix,
            String namespace,
            String metric,
            String statistic,
            double threshold,
            Map<String, String> dimensions) {
        CfnAlarm.Builder alarm = alarm(id, suffix, metric + " above " + threshold)
                .comparisonOperator("GreaterThanThreshold")
                .threshold(threshold)
                .namespace(namespace)
                .metricName(metric)
                .period(PERIOD_SECONDS)
                .dimensions(Alarms.dimensions(dimensions))
                .treatMissingData("notBreaching");
        if (statistic.startsWith("p")) {
            alarm.extendedStatistic(statistic);
        } else {
            alarm.statistic(statistic);
        }
        alarm.build();
    }

    /** Of both target groups together: but for the minutes of a deployment, one of them has none. */
    private void healthyTargets(Ingress ingress) {
        alarm("HealthyTargets", "healthy-targets", "Fewer healthy targets than tasks are wanted")
                .comparisonOperator("LessThanThreshold")
                .threshold(settings.task().desiredCount())
                .treatMissingData("breaching")
                .metrics(List.of(
                        CfnAlarm.MetricDataQueryProperty.builder()
                                .id("healthy")
                                .expression("FILL(blue,0)+FILL(green,0)")
                                .label("Healthy targets")
                                .returnData(true)
                                .build(),
                        Alarms.metric("blue", ALB, "HealthyHostCount", "Minimum", ingress, ingress.blue()),
                        Alarms.metric("green", ALB, "HealthyHostCount", "Minimum", ingress, ingress.green())))
                .build();
    }

    private CfnAlarm.Builder alarm(String id, String suffix, String description) {
        return CfnAlarm.Builder.create(this, id)
                .alarmName(settings.names().service() + "-" + suffix)
                .alarmDescription(description)
                .evaluationPeriods(5)
                .datapointsToAlarm(3)
                .alarmActions(settings.extras()
                        .alarmTopic()
                        .map(topic -> List.of(topic))
                        .orElse(null));
    }
}
