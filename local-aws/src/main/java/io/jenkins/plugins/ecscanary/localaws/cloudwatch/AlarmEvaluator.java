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

/**
 * Evaluates each alarm once a simulated minute, at a second of its own. Every evaluation looks at the whole range again,
 * so data points that come late still count while they are in it. Called holding the world's lock.
 */
final class AlarmEvaluator {

    private static final Duration EVERY = Duration.ofSeconds(60);

    private final World world;
    private final MetricStore store;
    private final CloudWatchSettings settings;

    AlarmEvaluator(World world, MetricStore store, CloudWatchSettings settings) {
        this.world = world;
        this.store = store;
        this.settings = settings;
    }

    /** Begins to evaluate an alarm, at a second of the minute that is its own. */
    void start(Alarm alarm) {
        schedule(alarm, world.ids().between(Duration.ofSeconds(1), EVERY));
    }

    /** A state that was set by hand stands for a minute, then the data decides again. */
    void postpone(Alarm alarm) {
        alarm.nextEvaluation.cancel();
        schedule(alarm, EVERY);
    }

    private void schedule(Alarm alarm, Duration delay) {
        alarm.nextEvaluation = world.after(delay, () -> {
            schedule(alarm, EVERY);
            evaluate(alarm);
        });
    }

    private void evaluate(Alarm alarm) {
        AlarmRule rule = alarm.configuration.rule();
        Duration period = alarm.configuration.queries().period();
        Instant end = MetricStore.floor(world.now(), period);
        Instant begin = end.minus(period.multipliedBy(rule.range()));
        Instant held = MetricStore.floor(end.minus(settings.stateHeld()), period);
        NavigableMap<Instant, Double> data = data(alarm, begin.isBefore(held) ? begin : held, end);
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

    private NavigableMap<Instant, Double> data(Alarm alarm, Instant from, Instant end) {
        return alarm.configuration
                .queries()
                .answer(store::visible, from, end)
                .getOrDefault(alarm.configuration.watched(), new TreeMap<>());
    }

    void transition(Alarm alarm, AlarmState next, StateReason reason) {
        if (next != alarm.state) {
            world.log("alarm %s %s → %s: %s", alarm.name, alarm.state, next, reason.sentence());
            alarm.stateTransitioned = world.now();
        }
        alarm.state = next;
        alarm.reason = reason;
        alarm.stateUpdated = world.now();
    }
}
