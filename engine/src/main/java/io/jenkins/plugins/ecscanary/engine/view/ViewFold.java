package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.AlarmChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Checked;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GateOpened;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GatePassed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GateRefused;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.HealthChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Intending;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.LifecycleChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Measured;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Resynced;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RevisionCompared;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RevisionRegistered;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RollbackStarted;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.SidesKnown;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.StatusChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskLogged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskRunEnded;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskRunStarted;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskStopped;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TasksChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TrafficShifted;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Warned;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.AlarmView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.CriterionView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.GateView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Level;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.LifecycleView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.LogLine;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Next;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Phase;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.RollbackView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StoppedTask;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TaskRunView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.WarningView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.WeightPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds a timeline into a view: the same events always give the same view, whoever folds them and when. Nothing but
 * events goes in, not even the time.
 */
public final class ViewFold {

    private final SideFold original = new SideFold();
    private final SideFold replacement = new SideFold();
    private final PlanFold plan = new PlanFold();
    private final RateFold rates = new RateFold();
    private final WorkingFold working = new WorkingFold();
    private final Map<String, AlarmView> alarms = new LinkedHashMap<>();
    private final Map<String, GateView> gates = new LinkedHashMap<>();
    private final Map<String, LifecycleView> lifecycle = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<WarningView> warnings = new ArrayList<>();
    private final List<WeightPoint> weights = new ArrayList<>();
    private final List<StoppedTask> stoppedTasks = new ArrayList<>();
    private final List<LogLine> log = new ArrayList<>();

    private Planned planned;
    private RevisionCompared compared;
    private SidesKnown sides;
    private Revision revision;
    private Started started;
    private RollbackView rollback;
    private TaskRunView taskRun;
    private Verdict verdict;
    private Phase phase = Phase.PLANNING;
    private Criterion criterion = Criterion.REFERENCE;
    private Instant lastEventAt;
    private int version;

    /** The view after all of {@code entries}. */
    public static DeploymentView fold(List<TimelineEntry> entries) {
        ViewFold fold = new ViewFold();
        entries.forEach(fold::apply);
        return fold.view();
    }

    /** Takes the next entry. */
    public void apply(TimelineEntry entry) {
        DeploymentEvent event = entry.event();
        version = entry.seq();
        if (lastEventAt == null || event.at().isAfter(lastEventAt)) {
            lastEventAt = event.at();
        }
        EventText.of(event, this::shortName)
                .ifPresent(line -> log.add(new LogLine(entry.seq(), event.at(), line.level(), line.text())));
        working.apply(event);
        if (event instanceof Planned e) {
            planned = e;
            criterion = e.criterion();
            replacement.image(e.image(), null);
            plan.milestones(e.milestones());
            plan(e.traffic(), e.codeDeploy().config());
        } else if (event instanceof Checked e) {
            checks.add(e.check());
            enter(Phase.CHECKING);
        } else if (event instanceof Intending) {
            enter(Phase.STARTING);
        } else if (event instanceof RevisionCompared e) {
            compared = e;
            ChangeText.lines(e).forEach(text -> log.add(new LogLine(entry.seq(), event.at(), Level.INFO, text)));
        } else if (event instanceof RevisionRegistered e) {
            revision = e.revision();
            replacement.revision(revision);
        } else if (event instanceof SidesKnown e) {
            sides = e;
            original.revision(e.original());
            original.targetGroup(e.originalTargetGroupArn());
            replacement.targetGroup(e.replacementTargetGroupArn());
            original.weight(100);
            replacement.weight(0);
        } else if (event instanceof Started e) {
            started = e;
            plan(e.traffic(), e.config());
            enter(Phase.INSTALLING);
        } else if (event instanceof StatusChanged e) {
            if (e.status().equals("Stopped") || e.status().equals("Failed")) {
                plan.stop();
                enter(Phase.ROLLING_BACK);
            }
        } else if (event instanceof LifecycleChanged e) {
            lifecycle(e);
        } else if (event instanceof TrafficShifted e) {
            shifted(entry.seq(), e);
        } else if (event instanceof TasksChanged e) {
            side(e.side()).tasks(new DeploymentView.TaskCounts(e.desired(), e.running(), e.pending()));
        } else if (event instanceof HealthChanged e) {
            side(e.side()).targets(new DeploymentView.TargetCounts(e.healthy(), e.total(), List.copyOf(e.reasons())));
        } else if (event instanceof Measured e) {
            rates.measured(entry.seq(), e);
        } else if (event instanceof AlarmChanged e) {
            alarms.put(e.name(), new AlarmView(e.name(), e.state(), e.reason(), e.since()));
        } else if (event instanceof GateOpened e) {
            gates.put(e.name(), new GateView(e.name(), "WAITING", e.at(), null, e.detail()));
            if (e.name().equals(DeploymentEvent.READY_GATE)) {
                enter(Phase.TESTING);
            }
        } else if (event instanceof GatePassed e) {
            gate(e.name(), "PASSED", e.at(), e.who(), e.note());
        } else if (event instanceof GateRefused e) {
            gate(e.name(), "REFUSED", e.at(), e.who(), e.note());
        } else if (event instanceof TaskStopped e) {
            stoppedTasks.add(new StoppedTask(entry.seq(), e.task(), e.side(), e.reason(), e.exitCode()));
        } else if (event instanceof TaskRunStarted e) {
            taskRun = new TaskRunView(e.task(), e.container(), e.command(), e.at(), null, null, null, List.of());
        } else if (event instanceof TaskRunEnded e) {
            taskRun = ended(taskRun, e);
        } else if (event instanceof TaskLogged e) {
            e.lines().forEach(line -> log.add(new LogLine(entry.seq(), e.at(), Level.WARN, "| " + line)));
        } else if (event instanceof RollbackStarted e) {
            rollback = new RollbackView(e.deploymentId(), rollback == null ? e.at() : rollback.startedAt(), e.cause());
            plan.stop();
            enter(Phase.ROLLING_BACK);
        } else if (event instanceof Warned e) {
            warnings.add(new WarningView(entry.seq(), e.at(), e.text()));
        } else if (event instanceof Ended e) {
            verdict = e.verdict();
            plan.end(verdict.outcome());
            phase = Phase.ENDED;
        } else if (!(event instanceof OperatorActed || event instanceof Resynced)) {
            throw new IllegalStateException("unfolded event " + event.getClass().getSimpleName());
        }
    }

    /** The view after everything applied so far. */
    public DeploymentView view() {
        return new DeploymentView(
                DeploymentView.SCHEMA,
                planned == null ? null : planned.id(),
                version,
                planned == null ? 1 : planned.speed(),
                lastEventAt,
                planned == null ? null : planned.service(),
                started == null ? null : started.deploymentId(),
                started == null ? null : started.consoleUrl(),
                planned == null ? null : planned.kind(),
                planned == null ? null : planned.redeployOf(),
                planned == null ? null : planned.startedBy(),
                planned == null ? null : planned.at(),
                verdict == null ? null : verdict.at(),
                phase,
                verdict != null,
                verdict,
                original.view(rates.judged(Side.ORIGINAL, criterion)),
                replacement.view(rates.judged(Side.REPLACEMENT, criterion)),
                plan.view(),
                next(),
                new CriterionView(
                        criterion.threshold(),
                        criterion.datapoints(),
                        criterion.minRequests(),
                        criterion.period().toSeconds()),
                List.copyOf(alarms.values()),
                List.copyOf(gates.values()),
                List.copyOf(lifecycle.values()),
                rollback,
                taskRun,
                List.copyOf(checks),
                List.copyOf(warnings),
                List.copyOf(weights),
                rates.points(),
                List.copyOf(stoppedTasks),
                List.copyOf(log),
                compared == null ? null : ChangeText.view(compared),
                ConsoleFold.links(planned, started, sides, revision, compared),
                working.view(rates.judgedFrom(), rates.bestReplacementPeriod()));
    }

    private Next next() {
        return switch (phase) {
            case SHIFTING -> plan.next();
            case TESTING -> readyWaitEnds();
            case BAKING ->
                working.bakeEnd() == null ? null : new Next("AWS stops the original task set", null, working.bakeEnd());
            default -> null;
        };
    }

    private static TaskRunView ended(TaskRunView run, TaskRunEnded e) {
        return new TaskRunView(
                e.task(),
                e.container(),
                run == null ? List.of() : run.command(),
                run == null ? e.at() : run.startedAt(),
                e.at(),
                e.exitCode(),
                e.reason(),
                e.lines());
    }

    private Next readyWaitEnds() {
        GateView gate = gates.get(DeploymentEvent.READY_GATE);
        return gate == null
                        || !gate.state().equals("WAITING")
                        || working.readyWait().isZero()
                ? null
                : new Next(
                        "AWS stops the deployment unless it is promoted",
                        null,
                        gate.openedAt().plus(working.readyWait()));
    }

    private void plan(TrafficPlan traffic, String config) {
        plan.plan(traffic, config);
    }

    private void lifecycle(LifecycleChanged e) {
        lifecycle.put(e.name(), new LifecycleView(e.name(), e.status(), e.startedAt(), e.endedAt(), e.message()));
        if (e.name().equals("AllowTraffic") && e.startedAt() != null) {
            rates.judgeFrom(e.startedAt());
        }
        if (!e.status().equals("InProgress")) {
            return;
        }
        switch (e.name()) {
            case "AllowTestTraffic", "AfterAllowTestTraffic", "BeforeAllowTraffic" -> enter(Phase.TESTING);
            case "AllowTraffic" -> enter(Phase.SHIFTING);
            default -> {}
        }
    }

    private void shifted(int seq, TrafficShifted e) {
        original.weight(e.original());
        replacement.weight(e.replacement());
        weights.add(new WeightPoint(seq, e.at(), e.original(), e.replacement()));
        if (phase == Phase.ROLLING_BACK) {
            return;
        }
        if (e.replacement() > 0) {
            rates.judgeFrom(e.at());
        }
        plan.reached(e.replacement(), e.at());
        if (e.replacement() == 100) {
            enter(Phase.BAKING);
        } else if (e.replacement() > 0) {
            enter(Phase.SHIFTING);
        }
    }

    private void gate(String name, String state, Instant at, String who, String note) {
        GateView open = gates.get(name);
        gates.put(name, new GateView(name, state, open == null ? at : open.openedAt(), who, note));
    }

    /** Phases only go forward: a late answer about an earlier one changes nothing. */
    private void enter(Phase next) {
        if (next.ordinal() > phase.ordinal()) {
            phase = next;
        }
    }

    private SideFold side(Side side) {
        return side == Side.ORIGINAL ? original : replacement;
    }

    private String shortName(Side side) {
        return side(side).name(side);
    }
}
