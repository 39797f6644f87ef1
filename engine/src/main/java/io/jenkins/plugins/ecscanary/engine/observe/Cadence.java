package io.jenkins.plugins.ecscanary.engine.observe;

import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Waiting;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.JudgedState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to look at what: often around the changes that are due, seldom otherwise. AWS shifts traffic at intervals it has
 * told us, so the minute between two shifts needs no call to see that nothing shifts; an alarm that turns red or a bad
 * minute makes us look often. Pure: the time of the next look follows from the view, the last look and the present.
 */
final class Cadence {

    /** AWS is never early and on average more than a second late: a look at the very due time would be one for nothing. */
    private static final Duration AFTER_DUE = Duration.ofMillis(1200);

    private static final Duration DENSE = Duration.ofMillis(1500);
    private static final Duration FAST = Duration.ofSeconds(2);
    /** AWS has moved traffic back within 23 s in what was published; then it is looked at closely. */
    private static final Duration SETTLED_BY = Duration.ofSeconds(25);

    /** What is missing then are metrics, which come by the minute, or health checks. */
    private static final Duration JUDGED_AGAIN = Duration.ofSeconds(15);

    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final Duration RARE = Duration.ofSeconds(180);
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private Cadence() {}

    /**
     * @param last when this was last looked at, or null
     * @return empty if it need not be looked at until something changes
     */
    static Optional<Instant> next(DeploymentView view, Look look, Instant last) {
        if (view.ended() || view.deploymentId() == null) {
            return Optional.empty();
        }
        if (over(view)) {
            return over(view, look, last);
        }
        if (look == Look.READ_BACK) {
            return shiftedIsEnough(view)
                    ? Optional.of(last == null ? view.working().fullyShiftedAt() : last.plus(JUDGED_AGAIN))
                    : Optional.empty();
        }
        if (last == null) {
            return first(view, look);
        }
        return interval(view, look, last).map(last::plus);
    }

    /** The verdict does not wait for AWS to complete the deployment, but for what it rests on to be read back. */
    private static boolean shiftedIsEnough(DeploymentView view) {
        return view.working().waitFor() == WaitFor.SHIFTED
                && view.phase() == DeploymentView.Phase.BAKING
                && view.working().rollBackAsked() == null;
    }

    private static boolean over(DeploymentView view) {
        return Progress.of(view.working().status()).over();
    }

    /**
     * A success is read back at once, and again without hurry if only late metrics are missing. What was stopped is watched
     * cheaply until AWS has named its rollback and the original has all the weight, and only then read back in full; now and
     * then before that all the same, since it may never come to it.
     */
    private static Optional<Instant> over(DeploymentView view, Look look, Instant last) {
        Instant since = view.working().statusAt();
        boolean fresh = last != null && !last.isBefore(since);
        boolean succeeded = Progress.of(view.working().status()) == Progress.SUCCEEDED;
        boolean back = view.rollback() != null
                && Integer.valueOf(100).equals(view.original().weight());
        if (look == Look.READ_BACK) {
            Instant firstTime = succeeded || back ? since : since.plus(SETTLED_BY);
            Duration again = back && !succeeded ? Duration.ofSeconds(3) : JUDGED_AGAIN;
            return Optional.of(fresh ? last.plus(again) : firstTime);
        }
        boolean cheap = look == Look.STATUS || look == Look.WEIGHTS;
        return cheap && !succeeded && !back ? Optional.of(fresh ? last.plus(FAST) : since) : Optional.empty();
    }

    private static Optional<Instant> first(DeploymentView view, Look look) {
        Instant started = view.lastEventAt();
        return switch (look) {
            case STOPPED -> Optional.of(started.plus(PERIOD));
            case METRICS ->
                view.working().shiftedAt() == null
                        ? Optional.empty()
                        : Optional.of(view.working().shiftedAt().plus(PERIOD));
            default -> Optional.of(started);
        };
    }

    private static Optional<Duration> interval(DeploymentView view, Look look, Instant last) {
        boolean suspicious = suspicious(view);
        if (Waiting.of(view).filter(wait -> wait == Wait.READY).isPresent()) {
            return waitingForSomeone(look, suspicious);
        }
        return switch (view.phase()) {
            case SHIFTING -> shifting(view, look, last, suspicious);
            case BAKING -> baking(view, look, last, suspicious);
            case ROLLING_BACK -> rollingBack(look);
            default -> installing(view, look);
        };
    }

    /** What must be learned soon: a red alarm, a replacement below the threshold, a rollback that was asked for. */
    private static boolean suspicious(DeploymentView view) {
        return view.working().rollBackAsked() != null
                || view.replacement().judged().state() == JudgedState.UNHEALTHY
                || view.alarms().stream().anyMatch(alarm -> alarm.state().equals("ALARM"));
    }

    private static Optional<Duration> installing(DeploymentView view, Look look) {
        return switch (look) {
            case WEIGHTS -> Optional.of(Duration.ofSeconds(4));
            case STATUS -> Optional.of(Duration.ofSeconds(6));
            case TARGET -> Optional.of(Duration.ofSeconds(15));
            case HEALTH, ALARMS -> Optional.of(SLOW);
            case STOPPED -> allRunning(view) ? Optional.of(RARE) : Optional.of(SLOW);
            case METRICS, READ_BACK -> Optional.empty();
        };
    }

    /** That can take days, and nothing moves meanwhile. */
    private static Optional<Duration> waitingForSomeone(Look look, boolean suspicious) {
        return switch (look) {
            case STATUS -> Optional.of(suspicious ? FAST : Duration.ofSeconds(10));
            case WEIGHTS, ALARMS -> Optional.of(SLOW);
            case TARGET, HEALTH, STOPPED -> Optional.of(RARE);
            case METRICS, READ_BACK -> Optional.empty();
        };
    }

    private static boolean allRunning(DeploymentView view) {
        return view.replacement().tasks().desired() > 0
                && view.replacement().tasks().running()
                        == view.replacement().tasks().desired();
    }

    private static Optional<Duration> shifting(DeploymentView view, Look look, Instant last, boolean suspicious) {
        return switch (look) {
            case WEIGHTS ->
                Optional.of(untilDue(view.next() == null ? null : view.next().dueAt(), last));
            case STATUS -> Optional.of(suspicious ? FAST : SLOW);
            case ALARMS -> Optional.of(suspicious ? Duration.ofSeconds(5) : SLOW);
            case METRICS -> Optional.of(PERIOD);
            case TARGET, HEALTH -> Optional.of(RARE);
            case STOPPED, READ_BACK -> Optional.empty();
        };
    }

    private static Optional<Duration> baking(DeploymentView view, Look look, Instant last, boolean suspicious) {
        return switch (look) {
            case STATUS ->
                suspicious
                        ? Optional.of(FAST)
                        : Optional.of(min(
                                untilDue(
                                        view.next() == null ? null : view.next().dueAt(), last),
                                SLOW));
            case WEIGHTS, ALARMS -> Optional.of(suspicious ? Duration.ofSeconds(5) : SLOW);
            case METRICS -> Optional.of(PERIOD);
            case TARGET ->
                Optional.of(last.isBefore(afterLastShift(view)) ? untilDue(afterLastShift(view), last) : RARE);
            case HEALTH -> Optional.of(RARE);
            case STOPPED, READ_BACK -> Optional.empty();
        };
    }

    /** By then AWS has closed the lifecycle events of the shift. */
    private static Instant afterLastShift(DeploymentView view) {
        return view.working().fullyShiftedAt().plusSeconds(5);
    }

    private static Optional<Duration> rollingBack(Look look) {
        return switch (look) {
            case STATUS, WEIGHTS -> Optional.of(FAST);
            case ALARMS -> Optional.of(SLOW);
            default -> Optional.empty();
        };
    }

    /** Silence until what is due is due, then close attention until it has happened. */
    private static Duration untilDue(Instant due, Instant last) {
        if (due == null) {
            return Duration.ofSeconds(4);
        }
        Instant watchFrom = due.plus(AFTER_DUE);
        if (last.isBefore(watchFrom)) {
            return min(Duration.between(last, watchFrom), PERIOD);
        }
        return Duration.between(due, last).compareTo(Duration.ofSeconds(10)) < 0 ? DENSE : Duration.ofSeconds(4);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
