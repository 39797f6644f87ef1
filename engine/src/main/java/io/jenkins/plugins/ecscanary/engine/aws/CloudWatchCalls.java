package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.MetricWanted;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.SeriesSeen;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** Amazon CloudWatch. */
final class CloudWatchCalls {

    private static final String NAMESPACE = "AWS/ApplicationELB";
    private static final int MOST_ALARMS = 100;

    private final Calls calls;
    private final SdkClients clients;

    CloudWatchCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    /** In the order of {@code names}. */
    List<AlarmSeen> alarms(List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        return calls.read(
                "cloudwatch:DescribeAlarms",
                "alarms " + String.join(", ", names),
                "check the alarms' names and the region",
                () -> {
                    DescribeAlarmsResponse answer = clients.cloudWatch().describeAlarms(r -> r.alarmNames(names)
                            .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                            .maxRecords(MOST_ALARMS));
                    Map<String, AlarmSeen> found = Stream.concat(
                                    answer.metricAlarms().stream()
                                            .map(alarm -> new AlarmSeen(
                                                    alarm.alarmName(),
                                                    alarm.stateValueAsString(),
                                                    alarm.stateReason(),
                                                    firstNonNull(
                                                            alarm.stateTransitionedTimestamp(),
                                                            alarm.stateUpdatedTimestamp()),
                                                    AlarmMetrics.of(alarm))),
                                    answer.compositeAlarms().stream()
                                            .map(alarm -> new AlarmSeen(
                                                    alarm.alarmName(),
                                                    alarm.stateValueAsString(),
                                                    alarm.stateReason(),
                                                    firstNonNull(
                                                            alarm.stateTransitionedTimestamp(),
                                                            alarm.stateUpdatedTimestamp()))))
                            .collect(Collectors.toMap(AlarmSeen::name, Function.identity(), (a, b) -> a));
                    return names.stream()
                            .distinct()
                            .filter(found::containsKey)
                            .map(found::get)
                            .toList();
                });
    }

    List<SeriesSeen> metrics(List<MetricWanted> queries, Instant from, Instant to) {
        if (queries.isEmpty()) {
            return List.of();
        }
        GetMetricDataRequest request = GetMetricDataRequest.builder()
                .metricDataQueries(queries.stream().map(CloudWatchCalls::query).toList())
                .startTime(from)
                .endTime(to)
                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                .build();
        return calls.read(
                "cloudwatch:GetMetricData",
                queries.size() + " metrics of " + queries.get(0).loadBalancer(),
                "check the region",
                () -> {
                    Map<String, NavigableMap<Instant, Double>> points = new TreeMap<>();
                    queries.forEach(query -> points.put(query.id(), new TreeMap<>()));
                    clients.cloudWatch()
                            .getMetricDataPaginator(request)
                            .metricDataResults()
                            .forEach(result -> add(points, result));
                    return queries.stream()
                            .map(query ->
                                    new SeriesSeen(query.id(), Collections.unmodifiableMap(points.get(query.id()))))
                            .toList();
                });
    }

    private static MetricDataQuery query(MetricWanted wanted) {
        return MetricDataQuery.builder()
                .id(wanted.id())
                .returnData(true)
                .metricStat(stat -> stat.stat("Sum")
                        .period(Math.toIntExact(wanted.period().toSeconds()))
                        .metric(metric -> metric.namespace(NAMESPACE)
                                .metricName(wanted.metric())
                                .dimensions(
                                        dimension("TargetGroup", wanted.targetGroup()),
                                        dimension("LoadBalancer", wanted.loadBalancer()))))
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private static void add(Map<String, NavigableMap<Instant, Double>> points, MetricDataResult result) {
        NavigableMap<Instant, Double> series = points.get(result.id());
        if (series == null) {
            return;
        }
        for (int i = 0; i < result.timestamps().size(); i++) {
            series.put(result.timestamps().get(i), result.values().get(i));
        }
    }

    private static Instant firstNonNull(Instant first, Instant second) {
        return first == null ? second : first;
    }
}
