package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmRule.Decision;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmRule.Point;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Evaluates each alarm on metrics once a simulated minute, at a second of its own, and those with a period of less than a
 * minute every ten seconds. Every evaluation looks at the whole range again, so data points that come late still count
 * while they are in it. Alarms on alarms are evaluated when one of those changes. Called holding the world's lock.
 */
final class AlarmEvaluator {

    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration EVERY_OF_FINE = Duration.ofSeconds(10);

    private final World world;
    private final MetricStore store;
    private final CloudWatchSettings settings;
    private final AlarmBook book;
    private final AlarmHistory history;

    AlarmEvaluator(World world, MetricStore store, CloudWatchSettings settings, AlarmBook book, AlarmHistory history) {
        this.world = world;
        this.store = store;
        this.settings = settings;
        this.book = book;
        this.history = history;
    }

    /** Begins to evaluate an alarm, new or changed. */
    void start(Alarm alarm) {
        alarm.nextEvaluation.cancel();
        if (alarm.definition instanceof OnMetrics metrics) {
            schedule(alarm, world.ids().between(Duration.ofSeconds(1), cadence(metrics)));
        } else if (alarm.definition instanceof OnAlarms alarms) {
            boolean isNew = alarm.reason.equals(StateReason.CREATED);
            String event = alarm.arn + (isNew ? " was created" : " was updated") + " and its alarm rule evaluates to ";
            alarm.nextEvaluation =
                    world.after(Duration.ofSeconds(1), () -> evaluate(alarm, alarms, state -> event + state));
        }
    }

    /** Goes on with an alarm that was evaluated before a restart; it keeps its state until then. */
    void resume(Alarm alarm) {
        if (alarm.definition instanceof OnMetrics || alarm.reason.equals(StateReason.CREATED)) {
            start(alarm);
        }
    }

    /**
     * A state that was set by hand stands until the next evaluation: for the alarm's whole cadence, then the data decides
     * again; of an alarm on alarms until one of those changes.
     */
    void postpone(Alarm alarm) {
        alarm.nextEvaluation.cancel();
        if (alarm.definition instanceof OnMetrics metrics) {
            schedule(alarm, cadence(metrics));
        }
    }

    private static Duration cadence(OnMetrics metrics) {
        return metrics.queries().period().compareTo(EVERY) < 0 ? EVERY_OF_FINE : EVERY;
    }

    private void schedule(Alarm alarm, Duration delay) {
        alarm.nextEvaluation = world.after(delay, () -> {
            if (alarm.definition instanceof OnMetrics metrics) {
                schedule(alarm, cadence(metrics));
                evaluate(alarm, metrics);
            }
        });
    }

    private void evaluate(Alarm alarm, OnMetrics metrics) {
        AlarmRule rule = metrics.rule();
        Duration period = metrics.queries().period();
        Instant end = MetricStore.floor(world.now(), period);
        Instant begin = end.minus(period.multipliedBy(rule.range()));
        Instant held = MetricStore.floor(end.minus(settings.stateHeld(period)), period);
        NavigableMap<Instant, Double> data = data(metrics, begin.isBefore(held) ? begin : held, end);
        if (data.tailMap(begin, true).isEmpty() && !data.tailMap(held, true).isEmpty()) {
            return; // the metric has stopped a little while ago
        }
        List<Point> points = new ArrayList<>();
        for (Instant at = begin; at.isBefore(end); at = at.plus(period)) {
            points.add(new Point(at, data.get(at)));
        }
        Decision decision = rule.decide(points);
        decision.state()
                .filter(next -> next != alarm.state)
                .ifPresent(next -> transition(
                        alarm, next, StateReason.of(rule, decision, alarm.state, next, points, period, world.now())));
    }

    private NavigableMap<Instant, Double> data(OnMetrics metrics, Instant from, Instant end) {
        return metrics.queries().answer(store::visible, from, end).getOrDefault(metrics.watched(), new TreeMap<>());
    }

    private void evaluate(Alarm alarm, OnAlarms alarms, Function<AlarmState, String> sentence) {
        AlarmState next = alarms.rule().holds(book::state) ? AlarmState.ALARM : AlarmState.OK;
        if (next != alarm.state) {
            List<Alarm> triggering = alarms.rule().alarms().stream()
                    .flatMap(name -> book.alarm(name).stream())
                    .filter(child -> child.state == AlarmState.ALARM)
                    .toList();
            transition(alarm, next, StateReason.ofChildren(sentence.apply(next), triggering));
        }
    }

    void transition(Alarm alarm, AlarmState next, StateReason reason) {
        AlarmState from = alarm.state;
        StateReason before = alarm.reason;
        alarm.state = next;
        alarm.reason = reason;
        alarm.stateUpdated = world.now();
        if (next == from) {
            return;
        }
        world.log("alarm %s %s → %s: %s", alarm.name, from, next, reason.sentence());
        alarm.stateTransitioned = world.now();
        history.moved(alarm, from, before);
        if (alarm.actionsEnabled) {
            alarm.definition.actions().of(next).forEach(action -> notDone(alarm, action));
        }
        String event = StateReason.transitioned(alarm);
        for (Alarm parent : book.parents(alarm.name)) {
            evaluate(parent, (OnAlarms) parent.definition, state -> event);
        }
    }

    private void notDone(Alarm alarm, String action) {
        String why = "local-aws has no service that could do it";
        world.log("alarm %s: action %s is not done: %s", alarm.name, action, why);
        history.notDone(alarm, action, why);
    }
}
