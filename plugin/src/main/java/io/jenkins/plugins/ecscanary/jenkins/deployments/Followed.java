package io.jenkins.plugins.ecscanary.jenkins.deployments;

import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One deployment this controller sees to its verdict, whether or not its step is still there. Everything happens in one order on
 * a thread of {@link Deployments}, never on one of Pipeline's.
 */
public final class Followed {

    private static final Logger LOGGER = Logger.getLogger(Followed.class.getName());

    /** What a step wants to know. Called in order, on a thread that may wait for a moment. */
    public interface Listener {

        /** @param now the view with this line in it */
        default void line(DeploymentView.LogLine line, DeploymentView now) {}

        /** It is not being followed just now, and is tried again; or it waits for another one. */
        default void notice(String text) {}

        /**
         * Past its time-out nobody can tell what has become of it, or its record is damaged. It is tried on and on, for whoever
         * waits on.
         */
        default void outOfReach(String why) {}

        /** The end: nothing comes after it. */
        void over(DeploymentView end);

        /** It could not even be begun: nothing was asked of AWS. Nothing comes after it. */
        void refused(RuntimeException why);
    }

    /** What is to be deployed, as its step says: with it a deployment can be begun, and not only be gone on with. */
    record Wanted(Supplier<DeploymentRequest> request, boolean waitForOthers, KnownScans scans) {}

    /** How long a record that can't be reached, but may be well, is waited for. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Instant since = Instant.now();
    private final Owner owner;
    private final SerialExecutor order;
    private final List<Listener> listeners = new ArrayList<>();

    /** Lines that were told before this controller started are not told again. */
    private int toldBefore;

    private ViewFold fold = new ViewFold();
    private volatile Running running;
    private volatile Engines.Lease lease;
    private DeploymentView end;
    private RuntimeException refusal;
    /** Everyone who has asked for it to be rolled back; the first of them perhaps before that could be. */
    private final Set<String> rollBackAskedBy = new HashSet<>();

    private String rollBackWho;
    private String rollBackWhy;
    private boolean leftAsWord;
    private volatile boolean noted;
    private volatile DeploymentView latest;
    private volatile String waitingFor;
    private volatile String trouble;
    private volatile Wanted wanted;

    Followed(Owner owner, SerialExecutor order) {
        this.owner = owner;
        this.order = order;
    }

    public Owner owner() {
        return owner;
    }

    /** The latest that is known, or null before there is anything. */
    public DeploymentView view() {
        return latest;
    }

    /** In one line, for a step's status. */
    public String status() {
        DeploymentView now = latest;
        if (now == null || now.id() == null) {
            return waitingFor == null ? Messages.Followed_NotBegun() : waitingFor;
        }
        if (now.ended()) {
            return now.verdict().outcome() + ": " + now.verdict().cause();
        }
        List<DeploymentView.LogLine> log = now.log();
        String last = log.isEmpty() ? "" : ": " + log.get(log.size() - 1).text();
        return now.phase() + last;
    }

    public void listen(Listener listener) {
        order.execute(() -> {
            listeners.add(listener);
            if (end != null) {
                listener.over(end);
            } else if (refusal != null) {
                listener.refused(refusal);
            }
        });
    }

    /** Shows the present view, if there is one, in the order of everything else. */
    public void look(Consumer<DeploymentView> eye) {
        order.execute(() -> {
            if (latest != null) {
                eye.accept(latest);
            }
        });
    }

    public void forget(Listener listener) {
        order.execute(() -> listeners.remove(listener));
    }

    /** Has AWS roll it back, as soon as that can be asked; once is enough. After a restart it is to be asked for again. */
    public void rollBack(String who, String why) {
        rollBack(who, why, false);
    }

    /** The same for someone who asks once: where it can't be asked just now, it is kept over restarts. */
    public void rollBackForSomeone(String who, String why) {
        rollBack(who, why, true);
    }

    private void rollBack(String who, String why, boolean keep) {
        order.execute(() -> {
            if (end != null || !rollBackAskedBy.add(who)) {
                return;
            }
            if (rollBackWho == null) {
                rollBackWhy = why;
                rollBackWho = who;
            }
            Running now = running;
            if (now != null) {
                now.rollBack(who, why);
            } else if (keep) {
                leftAsWord = Deployments.get()
                        .leaveWord(owner.id(), new OperatorRequests.Request(now(), who, "ROLL_BACK", null, why));
            }
        });
    }

    /**
     * Has AWS end the wait it is in.
     *
     * @return why not, or null if it is asked
     */
    public String promote(String who, String why) {
        Running now = running;
        if (now == null) {
            return Messages.Followed_NothingToPromote();
        }
        try {
            now.promote(who, why);
            return null;
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    /** On its AWS's clock. */
    Instant now() {
        Engines.Lease used = lease;
        return used == null ? Instant.now() : used.time().now();
    }

    boolean over() {
        DeploymentView now = latest;
        return now != null && now.ended();
    }

    /** @param known how many events the record had when it was taken up */
    void follow(Engines.Lease used, Running started, int known) {
        lease = used;
        running = started;
        trouble = null;
        toldBefore = known;
        fold = new ViewFold();
        started.listen(entry -> order.execute(() -> tell(entry)));
        started.verdict().whenComplete((verdict, failure) -> order.execute(() -> ended(verdict, failure)));
        order.execute(() -> {
            if (rollBackWho != null && !leftAsWord) {
                started.rollBack(rollBackWho, rollBackWhy);
            }
        });
    }

    /** Has it noted who owns it, unless that was done before. */
    void noteOnce(Consumer<Owner> notes) {
        if (!noted) {
            notes.accept(owner);
            noted = true;
        }
    }

    /** Its step is there. */
    void want(Wanted byStep) {
        wanted = byStep;
    }

    /** Null as long as no step has asked for it. */
    Wanted wanted() {
        return wanted;
    }

    /** Why it can't be followed just now, or null. */
    String trouble() {
        Engines.Lease used = lease;
        return trouble == null && used != null ? used.withoutKeys() : trouble;
    }

    void trouble(String text) {
        trouble = text;
    }

    void notice(String text) {
        waitingFor = text;
        order.execute(() -> each(listener -> listener.notice(text)));
    }

    void refused(RuntimeException why) {
        order.execute(() -> {
            refusal = why;
            each(listener -> listener.refused(why));
        });
    }

    /**
     * It can't be followed: whoever waits is told so once there should have been a verdict. Where the record that says by when
     * can't be read, that is at once if it is damaged, and after {@link #PATIENCE} if it is out of reach.
     */
    void outOfReach(String why) {
        order.execute(() -> {
            DeploymentView known = latest != null ? latest : Deployments.get().view(owner.id());
            if (known == null) {
                Optional<String> damage = damage();
                if (damage.isPresent() || Instant.now().isAfter(since.plus(PATIENCE))) {
                    each(listener -> listener.outOfReach(damage.orElse(why)));
                }
                return;
            }
            Instant deadline = known.ended() ? null : known.working().deadline();
            if (deadline != null && now().isAfter(deadline)) {
                each(listener -> listener.outOfReach(Messages.Followed_NoVerdict(deadline, why)));
            }
        });
    }

    /** What is wrong with its record, if that can be read and makes no sense. */
    private Optional<String> damage() {
        try {
            Deployments.get().records().timeline(owner.id());
            return Optional.empty();
        } catch (UnreadableTimeline e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "whether the record of " + owner.id() + " is damaged can't be told");
            return Optional.empty();
        }
    }

    /** One that fails keeps nothing from the others. */
    private void each(Consumer<Listener> told) {
        for (Listener listener : List.copyOf(listeners)) {
            try {
                told.accept(listener);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "who waits for the deployment " + owner.id() + " could not be told");
            }
        }
    }

    private void tell(TimelineEntry entry) {
        fold.apply(entry);
        DeploymentView now = fold.view();
        latest = now;
        if (entry.seq() <= toldBefore) {
            return; // seen before this controller started
        }
        for (DeploymentView.LogLine line : now.newestLines()) {
            each(listener -> listener.line(line, now));
        }
    }

    /** What was begun before is not refused because AWS, or the right to ask it, can't be reached now: its record is unfinished. */
    private RuntimeException notBegunAgain(Verdict verdict) {
        return verdict.outcome() == Outcome.REFUSED && Deployments.get().unfinishedRecord(owner.id())
                ? new IllegalStateException(verdict.cause())
                : null;
    }

    private void ended(Verdict verdict, Throwable failure) {
        Engines.Lease used = lease;
        lease = null;
        running = null;
        Throwable brokeOff = failure;
        if (brokeOff == null) {
            try {
                brokeOff = notBegunAgain(verdict);
            } catch (RuntimeException e) { // what can't be read may be there
                brokeOff = e;
            }
        }
        if (brokeOff != null) {
            LOGGER.log(Level.FINE, "following " + owner.id() + " broke off", brokeOff);
            if (failure == null) {
                latest = null;
            }
            Deployments.get().following().brokeOff(this, used, brokeOff);
            return;
        }
        end = latest;
        each(listener -> listener.over(end));
        Deployments.get().following().finished(this, used);
    }
}
