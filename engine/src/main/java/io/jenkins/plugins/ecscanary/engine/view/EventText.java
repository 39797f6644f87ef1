package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
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
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An event as one line for people; events that only move numbers the view already shows have none. */
final class EventText {

    /** One line of the log. */
    record Line(Level level, String text) {}

    /** Of a task's log: enough to see what it came to; the document has more. */
    private static final int SHOWN_LINES = 5;

    private EventText() {}

    /** @param name what people call a side, such as {@code web:12} */
    static Optional<Line> of(DeploymentEvent event, Function<Side, String> name) {
        if (event instanceof Planned e) {
            return info(e.kind() + " of " + e.service().cluster() + "/"
                    + e.service().service() + " by " + e.startedBy()
                    + (e.redeployOf() == null ? "" : ", again from " + e.redeployOf()));
        } else if (event instanceof Checked e) {
            return check(e.check());
        } else if (event instanceof Intending e) {
            return info(e.action() + (e.detail() == null ? "" : ": " + e.detail()));
        } else if (event instanceof RevisionCompared e) {
            return info(ChangeText.head(e));
        } else if (event instanceof RevisionRegistered e) {
            return info("the revision is " + e.revision().shortTaskDefinition());
        } else if (event instanceof TaskRunStarted e) {
            return info("task " + e.task() + (e.adopted() ? " found by its token" : "")
                    + " runs before traffic: container " + e.container() + " with " + e.command());
        } else if (event instanceof TaskRunEnded e) {
            return taskRun(e);
        } else if (event instanceof SidesKnown e) {
            return info(e.original().shortTaskDefinition() + " serves now");
        } else if (event instanceof Started e) {
            return info("deployment " + e.deploymentId() + (e.adopted() ? " found by its token" : " created") + ", "
                    + (e.traffic() == null ? e.config() : e.traffic().label()));
        } else if (event instanceof StatusChanged e) {
            return status(e);
        } else if (event instanceof LifecycleChanged e) {
            return lifecycle(e);
        } else if (event instanceof TrafficShifted e) {
            return info(e.replacement() + " % of traffic to " + name.apply(Side.REPLACEMENT) + ", " + e.original()
                    + " % to " + name.apply(Side.ORIGINAL));
        } else if (event instanceof HealthChanged e) {
            return health(e, name);
        } else if (event instanceof AlarmChanged e) {
            boolean red = e.state().equals("ALARM");
            return line(
                    red ? Level.ERROR : Level.INFO,
                    "alarm " + e.name() + " is " + e.state() + (red ? ": " + e.reason() : ""));
        } else if (event instanceof GateOpened e) {
            return info("gate " + e.name() + " waits" + (e.detail() == null ? "" : ": " + e.detail()));
        } else if (event instanceof GatePassed e) {
            return info("gate " + e.name() + " passed by " + new Asked(e.who(), e.note()).words());
        } else if (event instanceof GateRefused e) {
            return line(Level.WARN, "gate " + e.name() + " refused by " + new Asked(e.who(), e.note()).words());
        } else if (event instanceof TaskStopped e) {
            return line(
                    Level.WARN,
                    "task " + e.task() + " of " + name.apply(e.side()) + " stopped: " + e.reason()
                            + (e.exitCode() == null ? "" : " (exit code " + e.exitCode() + ")"));
        } else if (event instanceof TaskLogged e) {
            return line(Level.WARN, logged(e));
        } else if (event instanceof OperatorActed e) {
            return line(
                    Level.WARN,
                    e.who() + " asks to "
                            + e.action().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                            + (e.waiting() == Wait.TERMINATION ? " without waiting any longer" : "")
                            + (e.note() == null ? "" : ": " + e.note()));
        } else if (event instanceof RollbackStarted e) {
            return line(
                    Level.WARN,
                    "AWS rolls back" + (e.deploymentId() == null ? "" : " as " + e.deploymentId()) + ": " + e.cause());
        } else if (event instanceof Warned e) {
            return line(Level.WARN, e.text());
        } else if (event instanceof Resynced e) {
            return info(e.text());
        } else if (event instanceof Ended e) {
            return ended(e.verdict());
        } else if (event instanceof Measured || event instanceof TasksChanged) {
            return Optional.empty();
        }
        throw new IllegalStateException("no text for " + event.getClass().getSimpleName());
    }

    private static Optional<Line> taskRun(TaskRunEnded e) {
        boolean well = Integer.valueOf(0).equals(e.exitCode());
        List<String> last = e.lines()
                .subList(Math.max(0, e.lines().size() - SHOWN_LINES), e.lines().size());
        return line(
                well ? Level.INFO : Level.ERROR,
                "task " + e.task() + " before traffic ended, container " + e.container()
                        + (e.exitCode() == null ? " without an exit code" : " with exit code " + e.exitCode())
                        + (well || e.reason() == null ? "" : ": " + e.reason())
                        + (last.isEmpty() ? "" : "; it said last: " + String.join(" | ", last)));
    }

    private static Optional<Line> check(Check check) {
        return switch (check.outcome()) {
            case PASSED -> info(check.name() + ": " + check.detail());
            case WARNED -> line(Level.WARN, check.name() + ": " + advice(check));
            case REFUSED -> line(Level.ERROR, check.name() + ": " + advice(check));
        };
    }

    private static String advice(Check check) {
        return check.remedy() == null ? check.detail() : check.detail() + "; " + check.remedy();
    }

    /** The lines themselves follow it. */
    private static String logged(TaskLogged e) {
        String whose = "the log of task " + e.task() + (e.container() == null ? "" : ", container " + e.container());
        if (e.trouble() != null) {
            return whose + ", can't be read: " + e.trouble();
        }
        return e.lines().isEmpty() ? whose + ", is empty" : whose + ", ended with";
    }

    private static Optional<Line> status(StatusChanged e) {
        boolean bad = e.status().equals("Failed") || e.status().equals("Stopped");
        String why = e.message() == null ? "" : ": " + e.message();
        return line(
                bad ? Level.ERROR : Level.INFO,
                "the deployment is " + e.status() + (e.errorCode() == null ? "" : " (" + e.errorCode() + ")") + why);
    }

    private static Optional<Line> lifecycle(LifecycleChanged e) {
        if (e.status().equals("Pending")) {
            return Optional.empty();
        }
        boolean failed = e.status().equals("Failed");
        return line(
                failed ? Level.ERROR : Level.INFO,
                e.name() + " " + e.status() + (failed && e.message() != null ? ": " + e.message() : ""));
    }

    private static Optional<Line> health(HealthChanged e, Function<Side, String> name) {
        List<String> reasons = e.reasons();
        if (e.total() == 0) {
            return Optional.empty();
        }
        return info(e.healthy() + " of " + e.total() + " targets of " + name.apply(e.side()) + " healthy"
                + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)));
    }

    private static Optional<Line> ended(Verdict verdict) {
        return line(
                verdict.outcome() == Outcome.PROMOTED ? Level.INFO : Level.ERROR,
                verdict.outcome() + (verdict.provisional() ? " (provisional): " : ": ") + verdict.cause());
    }

    private static Optional<Line> info(String text) {
        return line(Level.INFO, text);
    }

    private static Optional<Line> line(Level level, String text) {
        return Optional.of(new Line(level, text));
    }
}
