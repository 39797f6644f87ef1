package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** PutMetricAlarm, DescribeAlarms, DeleteAlarms, SetAlarmState. */
final class AlarmOperations {

    private static final int LARGEST_PAGE = 100;
    private static final int USUAL_PAGE = 50;

    private final World world;
    private final AlarmEvaluator evaluator;
    private final NavigableMap<String, Alarm> alarms = new TreeMap<>();

    AlarmOperations(World world, AlarmEvaluator evaluator) {
        this.world = world;
        this.evaluator = evaluator;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("PutMetricAlarm", PutMetricAlarmRequest.class, this::put),
                Operation.of("DescribeAlarms", DescribeAlarmsRequest.class, this::describe),
                Operation.of("DeleteAlarms", DeleteAlarmsRequest.class, this::delete),
                Operation.of("SetAlarmState", SetAlarmStateRequest.class, this::set));
    }

    Optional<Alarm> alarm(String name) {
        return Optional.ofNullable(alarms.get(name));
    }

    private Empty put(PutMetricAlarmRequest in) {
        Alarm.Configuration configuration = AlarmValidation.read(in, world.now());
        Alarm known = alarms.get(in.alarmName());
        if (known != null) { // the state stays, as on AWS
            known.configuration = configuration;
            world.log("alarm %s changed", known.name);
            return new Empty();
        }
        Alarm created = new Alarm(
                in.alarmName(), world.arn("cloudwatch", "alarm:" + in.alarmName()), configuration, world.now());
        alarms.put(created.name, created);
        world.log("alarm %s created: %s", created.name, created.state);
        evaluator.start(created);
        return new Empty();
    }

    private DescribeAlarmsResponse describe(DescribeAlarmsRequest in) {
        boolean named = in.alarmNames() != null && !in.alarmNames().isEmpty();
        if (named && in.alarmNamePrefix() != null) {
            throw new AwsError(
                    "InvalidParameterCombination", "AlarmNames and AlarmNamePrefix cannot both be specified");
        }
        if (named && in.alarmNames().size() > LARGEST_PAGE) {
            throw invalid("AlarmNames can have " + LARGEST_PAGE + " elements at most");
        }
        int size = in.maxRecords() == null ? named ? LARGEST_PAGE : USUAL_PAGE : in.maxRecords();
        if (size < 1 || size > LARGEST_PAGE) {
            throw invalid("MaxRecords must be between 1 and " + LARGEST_PAGE);
        }
        Optional<AlarmState> state = Optional.ofNullable(in.stateValue()).map(AlarmOperations::state);
        Stream<Alarm> found = named
                ? in.alarmNames().stream().distinct().map(alarms::get).filter(Objects::nonNull)
                : alarms.tailMap(in.nextToken() == null ? "" : in.nextToken(), false).values().stream()
                        .filter(alarm -> in.alarmNamePrefix() == null || alarm.name.startsWith(in.alarmNamePrefix()));
        if (in.alarmTypes() != null
                && !in.alarmTypes().isEmpty()
                && !in.alarmTypes().contains("MetricAlarm")) {
            found = Stream.empty();
        }
        List<Alarm> page = found.filter(alarm -> state.isEmpty() || alarm.state == state.get())
                .limit(size + 1L)
                .toList();
        boolean more = page.size() > size;
        List<Alarm> shown = more ? page.subList(0, size) : page;
        return new DescribeAlarmsResponse(
                List.of(), shown.stream().map(MetricAlarm::of).toList(), more ? shown.get(size - 1).name : null);
    }

    private Empty delete(DeleteAlarmsRequest in) {
        Set<String> names = new LinkedHashSet<>(in.alarmNames() == null ? List.of() : in.alarmNames());
        if (names.isEmpty()) {
            throw new AwsError("MissingParameter", "The parameter AlarmNames is required.");
        }
        for (String name : names) {
            require(name);
        }
        for (String name : names) {
            alarms.remove(name).nextEvaluation.cancel();
            world.log("alarm %s deleted", name);
        }
        return new Empty();
    }

    private Empty set(SetAlarmStateRequest in) {
        Alarm alarm = require(in.alarmName());
        AlarmState next = state(in.stateValue());
        if (in.stateReason() == null) {
            throw new AwsError("MissingParameter", "The parameter StateReason is required.");
        }
        if (in.stateReasonData() != null) {
            try {
                new ObjectMapper().readTree(in.stateReasonData());
            } catch (JsonProcessingException e) {
                throw new AwsError("InvalidFormat", "StateReasonData is not JSON: " + e.getOriginalMessage());
            }
        }
        evaluator.transition(alarm, next, new StateReason(in.stateReason(), in.stateReasonData()));
        evaluator.postpone(alarm);
        return new Empty();
    }

    private Alarm require(String name) {
        return alarm(name).orElseThrow(() -> new AwsError(404, "ResourceNotFound", "There is no alarm '" + name + "'"));
    }

    private static AlarmState state(String value) {
        return Arrays.stream(AlarmState.values())
                .filter(state -> state.name().equals(value))
                .findFirst()
                .orElseThrow(() -> invalid("StateValue '" + value + "' is not one of OK, ALARM, INSUFFICIENT_DATA"));
    }

    private static AwsError invalid(String message) {
        return new AwsError("ValidationError", message);
    }

    /**
     * @param actionsEnabled told back; there are no actions here
     * @param tags accepted; no operation here tells them back
     */
    record PutMetricAlarmRequest(
            String alarmName,
            String alarmDescription,
            Boolean actionsEnabled,
            @JsonProperty("OKActions") List<String> okActions,
            List<String> alarmActions,
            List<String> insufficientDataActions,
            String metricName,
            String namespace,
            String statistic,
            String extendedStatistic,
            List<Dimension> dimensions,
            Integer period,
            Integer evaluationPeriods,
            Integer datapointsToAlarm,
            Double threshold,
            String comparisonOperator,
            String treatMissingData,
            List<MetricDataQuery> metrics,
            List<Tag> tags) {}

    record Tag(String key, String value) {}

    record DescribeAlarmsRequest(
            List<String> alarmNames,
            String alarmNamePrefix,
            List<String> alarmTypes,
            String stateValue,
            Integer maxRecords,
            String nextToken) {}

    /** @param compositeAlarms there are none here, and AWS says so with an empty list */
    record DescribeAlarmsResponse(
            List<CompositeAlarm> compositeAlarms, List<MetricAlarm> metricAlarms, String nextToken) {}

    record CompositeAlarm(String alarmName) {}

    record MetricAlarm(
            String alarmName,
            String alarmArn,
            String alarmDescription,
            Instant alarmConfigurationUpdatedTimestamp,
            Boolean actionsEnabled,
            @JsonProperty("OKActions") List<String> okActions,
            List<String> alarmActions,
            List<String> insufficientDataActions,
            String stateValue,
            String stateReason,
            String stateReasonData,
            Instant stateUpdatedTimestamp,
            String metricName,
            String namespace,
            String statistic,
            String extendedStatistic,
            List<Dimension> dimensions,
            Integer period,
            Integer evaluationPeriods,
            Integer datapointsToAlarm,
            Double threshold,
            String comparisonOperator,
            String treatMissingData,
            List<MetricDataQuery> metrics,
            Instant stateTransitionedTimestamp) {

        static MetricAlarm of(Alarm alarm) {
            PutMetricAlarmRequest given = alarm.configuration.given();
            return new MetricAlarm(
                    alarm.name,
                    alarm.arn,
                    given.alarmDescription(),
                    alarm.configuration.updated(),
                    given.actionsEnabled() == null || given.actionsEnabled(),
                    List.of(),
                    List.of(),
                    List.of(),
                    alarm.state.name(),
                    alarm.reason.sentence(),
                    alarm.reason.data(),
                    alarm.stateUpdated,
                    given.metricName(),
                    given.namespace(),
                    given.statistic(),
                    given.extendedStatistic(),
                    given.dimensions() == null ? List.of() : given.dimensions(),
                    given.period(),
                    given.evaluationPeriods(),
                    given.datapointsToAlarm(),
                    given.threshold(),
                    given.comparisonOperator(),
                    given.treatMissingData(),
                    given.metrics(),
                    alarm.stateTransitioned);
        }
    }

    record DeleteAlarmsRequest(List<String> alarmNames) {}

    record SetAlarmStateRequest(String alarmName, String stateValue, String stateReason, String stateReasonData) {}
}
