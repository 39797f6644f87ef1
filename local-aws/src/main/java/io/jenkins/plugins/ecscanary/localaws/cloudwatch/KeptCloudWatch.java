package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutCompositeAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.KeptCloudWatch.State;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * CloudWatch across restarts: alarms as they were put, their states, reasons, tags and history, and what was measured in the
 * last three hours. Restored alarms keep their states until their next evaluation.
 */
final class KeptCloudWatch implements Kept<State> {

    private final World world;
    private final MetricStore store;
    private final AlarmBook book;
    private final AlarmHistory history;
    private final AlarmEvaluator evaluator;

    KeptCloudWatch(World world, MetricStore store, AlarmBook book, AlarmHistory history, AlarmEvaluator evaluator) {
        this.world = world;
        this.store = store;
        this.book = book;
        this.history = history;
        this.evaluator = evaluator;
    }

    @Override
    public String name() {
        return "cloudwatch";
    }

    @Override
    public Class<State> type() {
        return State.class;
    }

    @Override
    public State snapshot() {
        return new State(book.all().stream().map(KeptAlarm::of).toList(), history.items(), store.snapshot());
    }

    @Override
    public void restore(State kept) {
        store.restore(kept.metrics());
        history.restore(kept.history());
        for (KeptAlarm alarm : kept.alarms()) {
            restore(alarm);
        }
        book.all().forEach(evaluator::resume);
        world.log(
                "cloudwatch: %d alarms and %d metrics restored",
                kept.alarms().size(), kept.metrics().size());
    }

    private void restore(KeptAlarm kept) {
        Alarm alarm;
        try {
            alarm = book.create(kept.name(), definition(kept));
        } catch (AwsError e) {
            throw new IllegalArgumentException("alarm '" + kept.name() + "': " + e.getMessage(), e);
        }
        alarm.tags.putAll(kept.tags());
        alarm.actionsEnabled = kept.actionsEnabled();
        alarm.state = kept.state();
        alarm.reason = new StateReason(kept.reason(), kept.reasonData());
        alarm.stateUpdated = kept.stateUpdated();
        alarm.stateTransitioned = kept.stateTransitioned();
    }

    private AlarmDefinition definition(KeptAlarm kept) {
        if (kept.onMetrics() != null) {
            return AlarmValidation.read(kept.onMetrics(), kept.updated());
        }
        PutCompositeAlarmRequest given = kept.onAlarms();
        if (given == null) {
            throw new IllegalArgumentException("alarm '" + kept.name() + "' has no definition");
        }
        AlarmActions actions = AlarmActions.read(
                given.actionsEnabled(), given.okActions(), given.alarmActions(), given.insufficientDataActions());
        return new OnAlarms(
                given, actions, CompositeRuleParser.parse(given.alarmRule(), book.arnPrefix()), kept.updated());
    }

    record State(List<KeptAlarm> alarms, List<AlarmHistory.Item> history, List<MetricStore.KeptSeries> metrics) {
        State {
            alarms = List.copyOf(alarms);
            history = List.copyOf(history);
            metrics = List.copyOf(metrics);
        }
    }

    /** One of {@code onMetrics} and {@code onAlarms} is null. */
    record KeptAlarm(
            String name,
            PutMetricAlarmRequest onMetrics,
            PutCompositeAlarmRequest onAlarms,
            Instant updated,
            Map<String, String> tags,
            boolean actionsEnabled,
            AlarmState state,
            String reason,
            String reasonData,
            Instant stateUpdated,
            Instant stateTransitioned) {
        KeptAlarm {
            tags = Map.copyOf(tags);
        }

        static KeptAlarm of(Alarm alarm) {
            return new KeptAlarm(
                    alarm.name,
                    alarm.definition instanceof OnMetrics on ? on.given() : null,
                    alarm.definition instanceof OnAlarms on ? on.given() : null,
                    alarm.definition.updated(),
                    alarm.tags,
                    alarm.actionsEnabled,
                    alarm.state,
                    alarm.reason.sentence(),
                    alarm.reason.data(),
                    alarm.stateUpdated,
                    alarm.stateTransitioned);
        }
    }
}
