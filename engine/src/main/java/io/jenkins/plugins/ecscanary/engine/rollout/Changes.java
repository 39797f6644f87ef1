package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.AlarmChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.HealthChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.LifecycleChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Measured;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskLogged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskStopped;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TasksChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TrafficShifted;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TargetCounts;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TaskCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The events by which an observation differs from what is known; seeing the same again gives none. */
final class Changes {

    private final DeploymentView view;
    private final Instant at;
    private final List<DeploymentEvent> events = new ArrayList<>();

    private Changes(DeploymentView view, Instant at) {
        this.view = view;
        this.at = at;
    }

    static List<DeploymentEvent> between(DeploymentView view, Observation seen) {
        Changes changes = new Changes(view, seen.at());
        some(seen.lifecycle()).forEach(changes::lifecycle);
        some(seen.tasks()).forEach(changes::tasks);
        if (seen.weights() != null) {
            changes.weights(seen.weights());
        }
        some(seen.health()).forEach(changes::health);
        some(seen.alarms()).forEach(changes::alarm);
        some(seen.rates()).forEach(changes::rate);
        some(seen.stopped()).forEach(changes::stopped);
        return changes.events;
    }

    private void lifecycle(Observation.Lifecycle seen) {
        boolean known = view.lifecycle().stream()
                .anyMatch(event ->
                        event.name().equals(seen.name()) && event.status().equals(seen.status()));
        if (!known) {
            events.add(new LifecycleChanged(
                    at, seen.name(), seen.status(), seen.startedAt(), seen.endedAt(), seen.message()));
        }
    }

    private void tasks(Observation.Tasks seen) {
        TaskCounts counts = new TaskCounts(seen.desired(), seen.running(), seen.pending());
        if (!counts.equals(view.side(seen.side()).tasks())) {
            events.add(new TasksChanged(at, seen.side(), seen.desired(), seen.running(), seen.pending()));
        }
    }

    private void weights(Observation.Weights seen) {
        if (!Objects.equals(view.original().weight(), seen.original())
                || !Objects.equals(view.replacement().weight(), seen.replacement())) {
            events.add(new TrafficShifted(at, seen.original(), seen.replacement()));
        }
    }

    private void health(Observation.Health seen) {
        TargetCounts counts = new TargetCounts(seen.healthy(), seen.total(), seen.reasons());
        if (!counts.equals(view.side(seen.side()).targets())) {
            events.add(new HealthChanged(at, seen.side(), seen.healthy(), seen.total(), seen.reasons()));
        }
    }

    private void alarm(Observation.Alarm seen) {
        boolean known = view.alarms().stream()
                .anyMatch(alarm ->
                        alarm.name().equals(seen.name()) && alarm.state().equals(seen.state()));
        if (!known) {
            events.add(new AlarmChanged(at, seen.name(), seen.state(), seen.reason(), seen.since()));
        }
    }

    private void rate(Observation.Rate seen) {
        boolean known = view.rates().stream()
                .anyMatch(rate -> rate.target() == seen.side()
                        && rate.periodStart().equals(seen.periodStart())
                        && rate.requests() == seen.requests()
                        && rate.errors() == seen.errors());
        if (!known) {
            events.add(new Measured(at, seen.side(), seen.periodStart(), seen.requests(), seen.errors()));
        }
    }

    private void stopped(Observation.Stopped seen) {
        boolean known =
                view.stoppedTasks().stream().anyMatch(task -> task.task().equals(seen.task()));
        if (!known) {
            events.add(new TaskStopped(at, seen.side(), seen.task(), seen.reason(), seen.exitCode()));
            if (seen.log() != null) {
                events.add(new TaskLogged(
                        at,
                        seen.side(),
                        seen.task(),
                        seen.log().container(),
                        seen.log().lines(),
                        seen.log().trouble()));
            }
        }
    }

    private static <T> List<T> some(List<T> list) {
        return list == null ? List.of() : list;
    }
}
