package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Health;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Weights;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RollbackStarted;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.StatusChanged;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The verdict on a deployment that AWS calls over, or that was to be followed only until all traffic is shifted. It rests on
 * weights and health read back after that, never on AWS's word alone; until they have been read there is no verdict.
 */
final class Ending {

    /** Metrics of the last minute of the shift come in this much later at the latest. */
    static final Duration METRIC_LATENESS = Duration.ofMinutes(4);

    /** A listener's weights may be read as they were for a moment after they have changed. */
    static final Duration SETTLING = Duration.ofSeconds(30);

    private final DeploymentView view;
    private final Observation seen;
    private final Instant now;

    private Ending(DeploymentView view, Observation seen, Instant now) {
        this.view = view;
        this.seen = seen;
        this.now = now;
    }

    /**
     * @param events what this observation has changed already
     * @return the end, after a warning if the verdict alone would hide something; empty while something has yet to be read or to
     *     happen
     */
    static List<DeploymentEvent> of(
            DeploymentView view, List<DeploymentEvent> events, Observation seen, Progress progress, Instant now) {
        Ending ending = new Ending(view, seen, now);
        Optional<Ended> ended =
                switch (progress) {
                    case RUNNING -> ending.shifted();
                    case GONE -> ending.gone();
                    case SUCCEEDED -> ending.succeeded();
                    case STOPPED, FAILED -> ending.undone(events);
                };
        return Stream.concat(ended.flatMap(ending::warned).stream(), ended.stream())
                .toList();
    }

    /** In the timeline too: the view, the log and a replay tell it apart from what went well. */
    private Optional<DeploymentEvent> warned(Ended end) {
        return end.verdict().outcome() == Outcome.PROMOTED
                ? Shortfall.of(view, seen)
                        .map(words -> "of " + view.replacement().taskDefinition() + ", " + words
                                + "; alarms stop a deployment, the threshold by itself does not")
                        .filter(text -> view.warnings().stream().noneMatch(warning -> text.equals(warning.text())))
                        .map(text -> new DeploymentEvent.Warned(now, text))
                : Optional.empty();
    }

    private Optional<Ended> gone() {
        boolean missing = "Gone".equals(view.working().status());
        return !missing || now.isBefore(view.working().statusAt().plus(Rollout.APPEARANCE_GRACE))
                ? Optional.empty()
                : end(
                        Outcome.UNKNOWN,
                        "AWS does not know the deployment " + view.deploymentId() + " (any more)",
                        seen.weights());
    }

    /** AWS keeps the original for a while and can still roll back: what can be said now is provisional. */
    private Optional<Ended> shifted() {
        boolean wanted = view.working().waitFor() == WaitFor.SHIFTED && view.rollback() == null;
        if (!wanted || !readBack() || seen.status() == null || aboutToBeStopped()) {
            return Optional.empty();
        }
        return seen.weights().replacement() == 100 && seen.weights().original() == 0 ? judged(true) : Optional.empty();
    }

    /** AWS acts on a red alarm within moments; should it not, it completes the deployment and that is the verdict. */
    private boolean aboutToBeStopped() {
        return view.alarms().stream().anyMatch(alarm -> alarm.state().equals("ALARM"));
    }

    private Optional<Ended> succeeded() {
        if (!readBack()) {
            return Optional.empty();
        }
        Weights weights = seen.weights();
        if (weights.replacement() != 100 || weights.original() != 0) {
            if (!standing(weights)) {
                return Optional.empty();
            }
            return end(
                    Outcome.UNKNOWN,
                    "AWS completed the deployment, but the listener now sends " + weights.original()
                            + " % to the original and " + weights.replacement()
                            + " % to the replacement: someone else has moved traffic since",
                    weights);
        }
        return judged(false);
    }

    /**
     * All traffic is on the replacement: is it there, and did enough requests tell how it does? How it does is the alarms'
     * business; below the threshold that is said, and nothing else follows from it.
     */
    private Optional<Ended> judged(boolean provisional) {
        Weights weights = seen.weights();
        if (view.working().fullyShiftedAt() == null) {
            return Optional.empty(); // the shift is news of this very observation; the next one judges it
        }
        String soFar = provisional ? "all traffic is shifted" : "AWS completed the deployment";
        String caveat = provisional ? "; provisional: AWS keeps the original for now and can still roll back" : "";
        Instant patience = view.working().fullyShiftedAt().plus(METRIC_LATENESS);
        Health health = replacementHealth();
        if (health.healthy() == 0) {
            return now.isBefore(patience)
                    ? Optional.empty()
                    : end(
                            Outcome.INCONCLUSIVE,
                            soFar + ", but none of the " + health.total() + " targets of "
                                    + view.replacement().taskDefinition() + " is healthy: "
                                    + String.join("; ", health.reasons()) + caveat,
                            provisional,
                            weights);
        }
        long best = view.working().bestPeriodRequests();
        int wanted = view.criterion().minRequests();
        if (best < wanted) {
            return now.isBefore(patience)
                    ? Optional.empty()
                    : end(
                            Outcome.INCONCLUSIVE,
                            "all traffic is on " + view.replacement().taskDefinition()
                                    + ", but no period had the " + wanted
                                    + " requests it takes to judge it (the most was " + best
                                    + ")" + caveat,
                            provisional,
                            weights);
        }
        return end(
                Outcome.PROMOTED,
                "all traffic is on " + view.replacement().taskDefinition() + ", " + health.healthy() + " of "
                        + health.total() + " targets healthy"
                        + Shortfall.of(view, seen)
                                .map(words -> ", but " + words)
                                .orElse("") + caveat,
                provisional,
                weights);
    }

    private Optional<Ended> undone(List<DeploymentEvent> events) {
        boolean justStopped = events.stream().anyMatch(StatusChanged.class::isInstance);
        boolean named = view.rollback() != null || events.stream().anyMatch(RollbackStarted.class::isInstance);
        Observation.Status status = seen.status();
        if (justStopped || status == null) {
            return Optional.empty();
        }
        if (named && (status.rollback() == null || !status.rollback().over())) {
            return Optional.empty();
        }
        if (!readBack()) {
            return Optional.empty();
        }
        Weights weights = seen.weights();
        String cause = Cause.of(view, status);
        if (weights.original() == 100 && weights.replacement() == 0) {
            return perhapsFromBefore(named, status) ? Optional.empty() : end(Outcome.ROLLED_BACK, cause, weights);
        }
        if (named ? settling(status) : waitingForName()) {
            return Optional.empty();
        }
        if (!standing(weights)) {
            return Optional.empty();
        }
        String how = named
                ? "the rollback " + status.rollbackId() + " is over ("
                        + status.rollback().name().toLowerCase(java.util.Locale.ROOT) + ")"
                : "AWS started no rollback";
        return end(
                Outcome.ROLLBACK_FAILED,
                cause + "; " + how + " and the listener sends " + weights.original() + " % to the original and "
                        + weights.replacement() + " % to the replacement",
                weights);
    }

    /**
     * Before the first shift the weights were the same: unless AWS says that it has moved them back, they count only once
     * they can't be old ones.
     */
    private boolean perhapsFromBefore(boolean named, Observation.Status status) {
        return named
                ? status.rollback() != Progress.SUCCEEDED && settling(status)
                : now.isBefore(view.working().statusAt().plus(SETTLING));
    }

    private boolean settling(Observation.Status status) {
        return status.rollbackEndedAt() != null
                && now.isBefore(status.rollbackEndedAt().plus(SETTLING));
    }

    /**
     * Whether weights that are not what AWS's word for the deployment promises are more than one answer's, which may be an old
     * one however late it comes: they were read as these before, and have not been read as others since for a while.
     */
    private boolean standing(Weights weights) {
        boolean known =
                Integer.valueOf(weights.original()).equals(view.original().weight())
                        && Integer.valueOf(weights.replacement())
                                .equals(view.replacement().weight());
        if (!known) {
            return false; // news of this very observation; the next one judges it
        }
        Instant since = view.working().statusAt();
        for (DeploymentView.WeightPoint point : view.weights()) {
            since = point.at().isAfter(since) ? point.at() : since;
        }
        return !now.isBefore(since.plus(SETTLING));
    }

    private boolean waitingForName() {
        return view.working().statusAt() != null
                && now.isBefore(view.working().statusAt().plus(Rollout.ROLLBACK_GRACE));
    }

    private Health replacementHealth() {
        return seen.health().stream()
                .filter(health -> health.side() == Side.REPLACEMENT)
                .findFirst()
                .orElse(new Health(Side.REPLACEMENT, 0, 0, List.of("it has no targets")));
    }

    /** Whether this very observation has read weights and health. */
    private boolean readBack() {
        return seen.weights() != null && seen.health() != null;
    }

    private Optional<Ended> end(Outcome outcome, String cause, Weights weights) {
        return end(outcome, cause, false, weights);
    }

    private Optional<Ended> end(Outcome outcome, String cause, boolean provisional, Weights weights) {
        return Optional.of(new Ended(
                now,
                new Verdict(
                        outcome,
                        cause,
                        now,
                        provisional,
                        weights == null ? null : weights.original(),
                        weights == null ? null : weights.replacement())));
    }
}
