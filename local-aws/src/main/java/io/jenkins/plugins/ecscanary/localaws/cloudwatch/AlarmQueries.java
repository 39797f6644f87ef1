package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalid;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalidCombination;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmHistory.Item;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** DescribeAlarms, DescribeAlarmsForMetric, DescribeAlarmHistory. Where types are not asked for, composite alarms are not told. */
final class AlarmQueries {

    private static final int LARGEST_PAGE = 100;
    private static final int USUAL_PAGE = 50;
    private static final Set<String> TYPES = Set.of(OnMetrics.TYPE, OnAlarms.TYPE);
    private static final Set<String> KINDS = Set.of("ConfigurationUpdate", "StateUpdate", "Action");

    private final AlarmBook book;
    private final AlarmHistory history;

    AlarmQueries(AlarmBook book, AlarmHistory history) {
        this.book = book;
        this.history = history;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("DescribeAlarms", DescribeAlarmsRequest.class, this::describe),
                Operation.of("DescribeAlarmsForMetric", DescribeAlarmsForMetricRequest.class, this::forMetric),
                Operation.of("DescribeAlarmHistory", DescribeAlarmHistoryRequest.class, this::history));
    }

    private DescribeAlarmsResponse describe(DescribeAlarmsRequest in) {
        boolean named = in.alarmNames() != null && !in.alarmNames().isEmpty();
        if (named && in.alarmNamePrefix() != null) {
            throw invalidCombination("AlarmNames and AlarmNamePrefix cannot both be specified");
        }
        if (named && in.alarmNames().size() > LARGEST_PAGE) {
            throw invalid("AlarmNames can have " + LARGEST_PAGE + " elements at most");
        }
        int size = size(in.maxRecords(), named ? LARGEST_PAGE : USUAL_PAGE);
        List<String> types = types(in.alarmTypes());
        Optional<AlarmState> state = Optional.ofNullable(in.stateValue()).map(AlarmState::parse);
        String after = in.nextToken() == null ? "" : in.nextToken();
        Stream<Alarm> found = named
                ? in.alarmNames().stream().distinct().flatMap(name -> book.alarm(name).stream())
                : book.all().stream()
                        .filter(alarm -> alarm.name.compareTo(after) > 0)
                        .filter(alarm -> in.alarmNamePrefix() == null || alarm.name.startsWith(in.alarmNamePrefix()));
        List<Alarm> page = found.filter(alarm -> types.contains(alarm.definition.type()))
                .filter(alarm -> state.isEmpty() || alarm.state == state.get())
                .filter(alarm ->
                        in.actionPrefix() == null || alarm.definition.actions().anyBeginsWith(in.actionPrefix()))
                .limit(size + 1L)
                .toList();
        boolean more = page.size() > size;
        List<Alarm> shown = more ? page.subList(0, size) : page;
        return new DescribeAlarmsResponse(
                shown.stream()
                        .filter(alarm -> alarm.definition instanceof OnAlarms)
                        .map(CompositeAlarm::of)
                        .toList(),
                shown.stream()
                        .filter(alarm -> alarm.definition instanceof OnMetrics)
                        .map(MetricAlarm::of)
                        .toList(),
                more ? shown.get(size - 1).name : null);
    }

    /** Alarms on metric math are not found by the metrics in it, as on AWS. */
    private DescribeAlarmsForMetricResponse forMetric(DescribeAlarmsForMetricRequest in) {
        Arguments.checkName(in.namespace(), "Namespace");
        Arguments.checkName(in.metricName(), "MetricName");
        Arguments.checkDimensions(in.dimensions(), "Dimensions");
        if (in.statistic() != null && in.extendedStatistic() != null) {
            throw invalidCombination("Statistic and ExtendedStatistic cannot both be specified");
        }
        MetricKey wanted = key(in.namespace(), in.metricName(), in.dimensions());
        return new DescribeAlarmsForMetricResponse(book.all().stream()
                .filter(alarm -> alarm.definition instanceof OnMetrics on && watches(on.given(), wanted, in))
                .map(MetricAlarm::of)
                .toList());
    }

    private static boolean watches(PutMetricAlarmRequest alarm, MetricKey wanted, DescribeAlarmsForMetricRequest in) {
        return alarm.metricName() != null
                && key(alarm.namespace(), alarm.metricName(), alarm.dimensions())
                        .equals(wanted)
                && (in.statistic() == null || in.statistic().equals(alarm.statistic()))
                && (in.extendedStatistic() == null || in.extendedStatistic().equals(alarm.extendedStatistic()))
                && (in.period() == null || in.period().equals(alarm.period()))
                && (in.unit() == null || Objects.equals(in.unit(), alarm.unit()));
    }

    private static MetricKey key(String namespace, String name, List<Dimension> dimensions) {
        return new MetricKey(namespace, name, dimensions == null ? List.of() : dimensions);
    }

    private DescribeAlarmHistoryResponse history(DescribeAlarmHistoryRequest in) {
        List<String> types = types(in.alarmTypes());
        if (in.historyItemType() != null && !KINDS.contains(in.historyItemType())) {
            throw invalid("HistoryItemType '" + in.historyItemType() + "' is not one of " + KINDS);
        }
        int size = size(in.maxRecords(), LARGEST_PAGE);
        List<Item> found = new ArrayList<>(history.items().stream()
                .filter(item -> in.alarmName() == null || in.alarmName().equals(item.alarmName()))
                .filter(item -> types.contains(item.alarmType()))
                .filter(item ->
                        in.historyItemType() == null || in.historyItemType().equals(item.historyItemType()))
                .filter(item -> in.startDate() == null || !item.timestamp().isBefore(in.startDate()))
                .filter(item -> in.endDate() == null || !item.timestamp().isAfter(in.endDate()))
                .toList());
        if (!MetricOperations.ascending(in.scanBy())) {
            Collections.reverse(found);
        }
        int from = Math.min(found.size(), Arguments.position(in.nextToken()));
        int to = Math.min(found.size(), from + size);
        return new DescribeAlarmHistoryResponse(
                List.copyOf(found.subList(from, to)), to < found.size() ? Integer.toString(to) : null);
    }

    private static List<String> types(List<String> given) {
        if (given == null || given.isEmpty()) {
            return List.of(OnMetrics.TYPE);
        }
        given.stream().filter(type -> !TYPES.contains(type)).findFirst().ifPresent(type -> {
            throw invalid("AlarmTypes '" + type + "' is not one of " + TYPES);
        });
        return given;
    }

    private static int size(Integer given, int usual) {
        int size = given == null ? usual : given;
        if (size < 1 || size > LARGEST_PAGE) {
            throw invalid("MaxRecords must be between 1 and " + LARGEST_PAGE);
        }
        return size;
    }

    record DescribeAlarmsRequest(
            List<String> alarmNames,
            String alarmNamePrefix,
            List<String> alarmTypes,
            String stateValue,
            String actionPrefix,
            Integer maxRecords,
            String nextToken) {}

    record DescribeAlarmsResponse(
            List<CompositeAlarm> compositeAlarms, List<MetricAlarm> metricAlarms, String nextToken) {}

    record DescribeAlarmsForMetricRequest(
            String metricName,
            String namespace,
            String statistic,
            String extendedStatistic,
            List<Dimension> dimensions,
            Integer period,
            String unit) {}

    record DescribeAlarmsForMetricResponse(List<MetricAlarm> metricAlarms) {}

    record DescribeAlarmHistoryRequest(
            String alarmName,
            List<String> alarmTypes,
            String historyItemType,
            Instant startDate,
            Instant endDate,
            Integer maxRecords,
            String nextToken,
            String scanBy) {}

    record DescribeAlarmHistoryResponse(List<Item> alarmHistoryItems, String nextToken) {}
}
