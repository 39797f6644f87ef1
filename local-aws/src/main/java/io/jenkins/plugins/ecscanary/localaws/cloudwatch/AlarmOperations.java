package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalid;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.missing;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.required;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PutMetricAlarm, PutCompositeAlarm, DeleteAlarms, SetAlarmState, EnableAlarmActions, DisableAlarmActions. */
final class AlarmOperations {

    private static final int MOST_NAMES = 100;
    private static final int LONGEST_REASON = 1023;
    private static final int LONGEST_DATA = 4000;

    private final World world;
    private final AlarmBook book;
    private final AlarmEvaluator evaluator;
    private final AlarmHistory history;

    AlarmOperations(World world, AlarmBook book, AlarmEvaluator evaluator, AlarmHistory history) {
        this.world = world;
        this.book = book;
        this.evaluator = evaluator;
        this.history = history;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("PutMetricAlarm", PutMetricAlarmRequest.class, this::put),
                Operation.of("PutCompositeAlarm", PutCompositeAlarmRequest.class, this::put),
                Operation.of("DeleteAlarms", DeleteAlarmsRequest.class, this::delete),
                Operation.of("SetAlarmState", SetAlarmStateRequest.class, this::set),
                Operation.of("EnableAlarmActions", AlarmActionsRequest.class, in -> actions(in, true)),
                Operation.of("DisableAlarmActions", AlarmActionsRequest.class, in -> actions(in, false)));
    }

    private Empty put(PutMetricAlarmRequest in) {
        return put(in.alarmName(), AlarmValidation.read(in, world.now()), in.tags());
    }

    private Empty put(PutCompositeAlarmRequest in) {
        AlarmValidation.checkName(in.alarmName());
        AlarmValidation.checkDescription(in.alarmDescription());
        CompositeRule rule = CompositeRuleParser.parse(in.alarmRule(), book.arnPrefix());
        AlarmActions actions =
                AlarmActions.read(in.actionsEnabled(), in.okActions(), in.alarmActions(), in.insufficientDataActions());
        Set<String> apart = new HashSet<>();
        for (String child : rule.alarms()) {
            if (book.alarm(child).isEmpty()) {
                throw invalid("AlarmRule names '" + child + "', and there is no such alarm");
            }
            requireNoWayBack(child, in.alarmName(), new ArrayList<>(List.of(in.alarmName())), apart);
        }
        return put(in.alarmName(), new OnAlarms(in, actions, rule, world.now()), in.tags());
    }

    /**
     * AWS lets alarms depend on one another in a circle and then ceases to evaluate them; here that is refused.
     *
     * @param apart those from which no way is known to lead back: each is looked at once, however many name it
     */
    private void requireNoWayBack(String name, String forbidden, List<String> path, Set<String> apart) {
        if (apart.contains(name)) {
            return;
        }
        path.add(name);
        if (name.equals(forbidden)) {
            throw AwsError.unsupported("alarms that depend on each other in a circle: " + String.join(" → ", path));
        }
        if (book.require(name).definition instanceof OnAlarms composite) {
            composite.rule().alarms().forEach(child -> requireNoWayBack(child, forbidden, path, apart));
        }
        path.remove(path.size() - 1);
        apart.add(name);
    }

    private Empty put(String name, AlarmDefinition definition, List<Tag> given) {
        Optional<Alarm> known = book.alarm(name);
        if (known.isPresent()) { // the state stays, and tags are ignored, as on AWS
            Alarm alarm = known.get();
            if (!alarm.definition.type().equals(definition.type())) {
                throw invalid("There is already a " + alarm.definition.type() + " with the name '" + name + "'");
            }
            alarm.definition = definition;
            alarm.actionsEnabled = definition.actions().enabled();
            world.log("alarm %s changed", name);
            history.updated(alarm);
            evaluator.start(alarm);
            return new Empty();
        }
        Map<String, String> tags = AlarmTags.checked(given, Map.of());
        Alarm created = book.create(name, definition);
        created.tags.putAll(tags);
        world.log("alarm %s created: %s", name, created.state);
        history.created(created);
        evaluator.start(created);
        return new Empty();
    }

    /**
     * As CloudWatch documents it, alarms with correct names are deleted even if others are not there. That an alarm can't be
     * deleted while a composite alarm names it is AWS's rule, the wording is ours.
     */
    private Empty delete(DeleteAlarmsRequest in) {
        Set<String> names = names(in.alarmNames());
        for (String name : names) {
            List<String> above = book.parents(name).stream()
                    .map(parent -> parent.name)
                    .filter(parent -> !names.contains(parent))
                    .toList();
            if (!above.isEmpty()) {
                throw invalid("The alarm '" + name + "' can't be deleted: the rule of " + above + " names it");
            }
        }
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            Optional<Alarm> known = book.alarm(name);
            if (known.isEmpty()) {
                unknown.add(name);
                continue;
            }
            history.deleted(known.get());
            book.remove(known.get());
            world.log("alarm %s deleted", name);
        }
        if (!unknown.isEmpty()) {
            throw new AwsError(404, "ResourceNotFound", "There is no alarm " + String.join(", ", unknown));
        }
        return new Empty();
    }

    private Empty set(SetAlarmStateRequest in) {
        AlarmState next = AlarmState.parse(required(in.stateValue(), "StateValue"));
        Alarm alarm = book.require(required(in.alarmName(), "AlarmName"));
        if (required(in.stateReason(), "StateReason").length() > LONGEST_REASON) {
            throw invalid("StateReason must have at most " + LONGEST_REASON + " characters");
        }
        checkData(in.stateReasonData());
        evaluator.transition(alarm, next, new StateReason(in.stateReason(), in.stateReasonData()));
        evaluator.postpone(alarm);
        return new Empty();
    }

    private static void checkData(String data) {
        if (data == null) {
            return;
        }
        if (data.length() > LONGEST_DATA) {
            throw invalid("StateReasonData must have at most " + LONGEST_DATA + " characters");
        }
        try {
            new ObjectMapper().readTree(data);
        } catch (JsonProcessingException e) {
            throw new AwsError("InvalidFormat", "StateReasonData is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Names that are not there are passed over, as on AWS. */
    private Empty actions(AlarmActionsRequest in, boolean enabled) {
        for (String name : names(in.alarmNames())) {
            book.alarm(name).filter(alarm -> alarm.actionsEnabled != enabled).ifPresent(alarm -> {
                alarm.actionsEnabled = enabled;
                world.log("alarm %s: actions %s", name, enabled ? "enabled" : "disabled");
                history.updated(alarm);
            });
        }
        return new Empty();
    }

    private static Set<String> names(List<String> given) {
        if (given == null || given.isEmpty()) {
            throw missing("AlarmNames");
        }
        Arguments.checkSize(given, MOST_NAMES, "AlarmNames");
        return new LinkedHashSet<>(given);
    }

    /** @param tags taken when the alarm is created only */
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
            String unit,
            Integer evaluationPeriods,
            Integer datapointsToAlarm,
            Double threshold,
            String comparisonOperator,
            String treatMissingData,
            List<MetricDataQuery> metrics,
            List<Tag> tags) {}

    /** @param tags taken when the alarm is created only */
    record PutCompositeAlarmRequest(
            String alarmName,
            String alarmDescription,
            Boolean actionsEnabled,
            @JsonProperty("OKActions") List<String> okActions,
            List<String> alarmActions,
            List<String> insufficientDataActions,
            String alarmRule,
            List<Tag> tags) {}

    record DeleteAlarmsRequest(List<String> alarmNames) {}

    record SetAlarmStateRequest(String alarmName, String stateValue, String stateReason, String stateReasonData) {}

    /** Of EnableAlarmActions and DisableAlarmActions. */
    record AlarmActionsRequest(List<String> alarmNames) {}
}
