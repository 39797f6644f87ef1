package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** CloudWatch's alarms as the engine makes them. */
final class AlarmCalls {

    private static final String NAMESPACE = "AWS/ApplicationELB";

    /** Says who made it, to whoever finds it in the account. */
    private static final Tag MANAGED_BY =
            Tag.builder().key("managed-by").value("ecs-canary").build();

    private final Calls calls;
    private final SdkClients clients;

    AlarmCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    Optional<List<String>> differences(SuccessRateAlarm wanted) {
        return calls.read("cloudwatch:DescribeAlarms", "alarm " + wanted.name(), "check the region", () -> clients
                .cloudWatch()
                .describeAlarms(r -> r.alarmNames(wanted.name()).alarmTypes(AlarmType.METRIC_ALARM))
                .metricAlarms()
                .stream()
                .findFirst()
                .map(alarm -> differences(alarm, request(wanted))));
    }

    void create(SuccessRateAlarm alarm) {
        calls.change(
                "cloudwatch:PutMetricAlarm", "alarm " + alarm.name(), "check the region", () -> clients.cloudWatch()
                        .putMetricAlarm(request(alarm)));
    }

    private static PutMetricAlarmRequest request(SuccessRateAlarm alarm) {
        return PutMetricAlarmRequest.builder()
                .alarmName(alarm.name())
                .alarmDescription(alarm.description())
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .threshold(alarm.criterion().threshold())
                .evaluationPeriods(alarm.evaluationPeriods())
                .datapointsToAlarm(alarm.criterion().datapoints())
                .treatMissingData("notBreaching")
                .metrics(
                        MetricDataQuery.builder()
                                .id("sr")
                                .expression(alarm.expression())
                                .label("Success rate")
                                .returnData(true)
                                .build(),
                        sum("req", "RequestCount", alarm),
                        sum("t5xx", "HTTPCode_Target_5XX_Count", alarm),
                        sum("connErr", "TargetConnectionErrorCount", alarm))
                .tags(MANAGED_BY)
                .build();
    }

    private static MetricDataQuery sum(String id, String metric, SuccessRateAlarm alarm) {
        return MetricDataQuery.builder()
                .id(id)
                .returnData(false)
                .metricStat(stat -> stat.stat("Sum")
                        .period(Math.toIntExact(alarm.criterion().period().toSeconds()))
                        .metric(of -> of.namespace(NAMESPACE)
                                .metricName(metric)
                                .dimensions(
                                        dimension("TargetGroup", alarm.targetGroup()),
                                        dimension("LoadBalancer", alarm.loadBalancer()))))
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    /** Of what decides when it is red; who is told of it, and how it is described, is its owner's business. */
    private static List<String> differences(MetricAlarm there, PutMetricAlarmRequest wanted) {
        List<String> differences = new ArrayList<>();
        compare(differences, "comparison", there.comparisonOperatorAsString(), wanted.comparisonOperatorAsString());
        compare(differences, "threshold", there.threshold(), wanted.threshold());
        compare(differences, "evaluation periods", there.evaluationPeriods(), wanted.evaluationPeriods());
        // AWS leaves it out where every period has to be bad.
        Integer datapoints = there.datapointsToAlarm() == null ? there.evaluationPeriods() : there.datapointsToAlarm();
        compare(differences, "datapoints to alarm", datapoints, wanted.datapointsToAlarm());
        compare(differences, "missing data", there.treatMissingData(), wanted.treatMissingData());
        compare(differences, "metrics", metrics(there.metrics()), metrics(wanted.metrics()));
        return List.copyOf(differences);
    }

    private static void compare(List<String> differences, String what, Object there, Object wanted) {
        if (!Objects.equals(there, wanted)) {
            differences.add(what + " " + (there == null ? "not set" : there) + " instead of " + wanted);
        }
    }

    /** In an order of their own: AWS's is not said to be the one they were given in. */
    private static String metrics(List<MetricDataQuery> metrics) {
        TreeMap<String, String> byId = new TreeMap<>();
        metrics.forEach(metric -> byId.put(metric.id(), metric(metric)));
        return byId.toString();
    }

    private static String metric(MetricDataQuery metric) {
        if (metric.metricStat() == null) {
            return String.valueOf(metric.expression()).replaceAll("\\s+", "");
        }
        return metric.metricStat().stat() + " of "
                + metric.metricStat().metric().namespace() + "/"
                + metric.metricStat().metric().metricName() + " per "
                + metric.metricStat().period() + " s of "
                + metric.metricStat().metric().dimensions().stream()
                        .map(Dimension::value)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }
}
