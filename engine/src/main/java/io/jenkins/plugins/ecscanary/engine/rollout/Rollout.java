package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.rollout.Decision.Command;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Status;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GatePassed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RollbackStarted;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.StatusChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Warned;
import io.jenkins.plugins.ecscanary.engine.view.Asked;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides, and only decides: from what is known (the view), what was just seen (the observation) and the time it says
 * what to write down and what to do. No calls, no threads, no clock of its own; the same three always give the same
 * answer.
 */
public final class Rollout {

    /** AWS names a deployment's rollback within moments of stopping it; after this it is not going to. */
    static final Duration ROLLBACK_GRACE = Duration.ofSeconds(60);

    /** An answer without the deployment may be a stale or partial one; missing for this long, it is gone. */
    static final Duration APPEARANCE_GRACE = Duration.ofMinutes(2);

    private Rollout() {}

    /** @param view of a deployment that has been started and has no verdict */
    public static Decision decide(DeploymentView view, Observation observed, Instant now) {
        Observation seen = outdated(view, observed.status()) ? observed.withoutStatus() : observed;
        List<DeploymentEvent> events = new ArrayList<>(Changes.between(view, seen));
        Status status = seen.status();
        if (status != null && !Objects.equals(status.word(), view.working().status())) {
            events.add(new StatusChanged(seen.at(), status.word(), status.errorCode(), status.message()));
        }
        ReadyGate.event(view, seen).ifPresent(events::add);
        rollbackSeen(view, seen).ifPresent(events::add);
        Progress progress = progress(view, status);
        if (!progress.over()) {
            Command command = running(view, seen, now, events);
            if (command instanceof Decision.Nothing) {
                events.addAll(Ending.of(view, events, seen, progress, now));
            }
            return new Decision(events, command);
        }
        tooLate(view, progress, now).ifPresent(events::add);
        events.addAll(Ending.of(view, events, seen, progress, now));
        return new Decision(events, new Decision.Nothing());
    }

    /** Who has asked to roll back does not go on believing that it happens because of that. */
    private static Optional<Warned> tooLate(DeploymentView view, Progress progress, Instant now) {
        Asked late = view.working().rollBackTooLate();
        boolean completed = progress == Progress.SUCCEEDED;
        Asked by = late == null && completed ? view.working().rollBackAsked() : late;
        if (by == null) {
            return Optional.empty();
        }
        String text = by.who() + " asked to roll back, but "
                + (completed
                        ? "AWS has completed the deployment: nothing is rolled back"
                        : "the deployment had been stopped for another reason before");
        boolean said =
                view.warnings().stream().anyMatch(warning -> warning.text().equals(text));
        return said ? Optional.empty() : Optional.of(new Warned(now, text));
    }

    /** What is over never runs again: such an answer is an older one, from a replica of AWS's that lags behind. */
    private static boolean outdated(DeploymentView view, Status status) {
        return status != null
                && status.progress() == Progress.RUNNING
                && (Progress.of(view.working().status()).over() || ReadyGate.outdated(view, status));
    }

    /** How far the deployment is as far as is known, now or from before. */
    private static Progress progress(DeploymentView view, Status status) {
        return status != null ? status.progress() : Progress.of(view.working().status());
    }

    private static Command running(DeploymentView view, Observation seen, Instant now, List<DeploymentEvent> events) {
        Asked by = view.working().rollBackAsked();
        String asked = by == null ? null : by.words();
        if (asked == null && swapped(view, seen)) {
            asked = "CodeDeploy put the replacement behind " + view.original().targetGroup() + " and not behind "
                    + view.replacement().targetGroup() + ", whose alarm was to watch it";
            events.add(new OperatorActed(now, "the engine", "ROLL_BACK", asked));
        }
        if (asked == null && late(view, seen, now)) {
            String late = "no verdict by " + view.working().deadline();
            events.add(new OperatorActed(now, "the time-out", "ROLL_BACK", late));
            asked = late;
        }
        if (asked != null) {
            return view.rollback() != null ? new Decision.Nothing() : new Decision.RollBack(asked);
        }
        return Waiting.of(view)
                .filter(wait -> promotedBy(view, wait) != null)
                .filter(wait -> events.stream().noneMatch(GatePassed.class::isInstance))
                .<Command>map(Decision.Proceed::new)
                .orElseGet(Decision.Nothing::new);
    }

    /**
     * Only where AWS has just said that it runs: taken up long after its time-out it may have ended long ago, and weights or
     * alarms may be answered before its status is. Then it is over, and not because of the time-out.
     */
    private static boolean late(DeploymentView view, Observation seen, Instant now) {
        return seen.status() != null && !now.isBefore(view.working().deadline());
    }

    /**
     * Another deployment came between preflight and start and has swapped the pair: what was planned to watch the replacement
     * watches the original.
     */
    private static boolean swapped(DeploymentView view, Observation seen) {
        return seen.tasks() != null
                && view.original().targetGroup() != null
                && !view.original().targetGroup().equals(view.replacement().targetGroup())
                && seen.tasks().stream()
                        .filter(tasks -> tasks.side() == Side.REPLACEMENT)
                        .anyMatch(tasks -> view.original().targetGroup().equals(tasks.targetGroup()));
    }

    private static Asked promotedBy(DeploymentView view, Wait wait) {
        return switch (wait) {
            case READY -> view.working().readyPromotedBy();
            case TERMINATION -> view.working().terminationPromotedBy();
        };
    }

    private static Optional<RollbackStarted> rollbackSeen(DeploymentView view, Observation seen) {
        Status status = seen.status();
        if (status == null || status.rollbackId() == null) {
            return Optional.empty();
        }
        boolean known = view.rollback() != null
                && status.rollbackId().equals(view.rollback().deploymentId());
        return known
                ? Optional.empty()
                : Optional.of(new RollbackStarted(seen.at(), status.rollbackId(), Cause.of(view, status)));
    }
}
