package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.constructs.Construct;

/**
 * The tasks' log group and an alarm on the success rate of each target group: they change roles with every deployment, so each
 * has its own. What the load balancer answers by itself (a time-out, no target) has no target group in CloudWatch and is not in
 * the rate.
 */
public final class Observability extends Construct {

    private final Settings settings;
    private final Ingress ingress;
    private final CfnLogGroup logs;
    private final CfnAlarm blue;
    private final CfnAlarm green;

    public Observability(Construct scope, Settings settings, Ingress ingress) {
        super(scope, "Observability");
        this.settings = settings;
        this.ingress = ingress;
        logs = CfnLogGroup.Builder.create(this, "Logs")
                .logGroupName(settings.names().logGroup())
                .retentionInDays(settings.extras().logRetentionDays())
                .build();
        blue = successRate("Blue", ingress.blue());
        green = successRate("Green", ingress.green());
    }

    /**
     * 100 % less the share of 5xx answers and failed connections, judged only in minutes with enough requests. RequestCount is
     * not filled: a minute whose metrics are not there yet must be missing, not healthy. One more minute is looked at than may
     * be bad, since the newest may not be complete.
     */
    private CfnAlarm successRate(String side, CfnTargetGroup group) {
        Settings.Canary canary = settings.canary();
        String name = settings.names().service() + "-" + side.toLowerCase(Locale.ROOT);
        return CfnAlarm.Builder.create(this, side + "SuccessRate")
                .alarmName(name + "-success-rate")
                .alarmDescription("Success rate of " + name + " in percent")
                .comparisonOperator("LessThanThreshold")
                .threshold(canary.threshold())
                .evaluationPeriods(canary.datapoints() + 1)
                .datapointsToAlarm(canary.datapoints())
                .treatMissingData("notBreaching")
                .alarmActions(settings.extras()
                        .alarmTopic()
                        .map(topic -> List.of(topic))
                        .orElse(null))
                .metrics(List.of(
                        CfnAlarm.MetricDataQueryProperty.builder()
                                .id("sr")
                                .expression("IF(req >= " + canary.minRequests()
                                        + ", 100*(1-(FILL(t5xx,0)+FILL(connErr,0))/req), 100)")
                                .label("Success rate")
                                .returnData(true)
                                .build(),
                        sum("req", "RequestCount", group),
                        sum("t5xx", "HTTPCode_Target_5XX_Count", group),
                        sum("connErr", "TargetConnectionErrorCount", group)))
                .build();
    }

    private CfnAlarm.MetricDataQueryProperty sum(String id, String metric, CfnTargetGroup group) {
        return Alarms.metric(id, "AWS/ApplicationELB", metric, "Sum", ingress, group);
    }

    /** Of the tasks. */
    CfnLogGroup logs() {
        return logs;
    }

    /** Those that stop a deployment. */
    List<CfnAlarm> successRates() {
        return List.of(blue, green);
    }
}
