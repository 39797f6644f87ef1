package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.observe.Look;
import io.jenkins.plugins.ecscanary.engine.observe.Watched;
import io.jenkins.plugins.ecscanary.engine.rollout.Decision;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation;
import io.jenkins.plugins.ecscanary.engine.rollout.Rollout;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.Asked;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One deployment this process owns: appends its events, folds them, carries out what is decided. All state changes happen
 * under its monitor, in one order; calls to AWS happen outside of it.
 */
final class DeploymentRun implements Running, Watched {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentRun.class);

    /** Past the deadline, and looked for in vain, by this much: nobody can say how it ended. */
    static final Duration GIVE_UP = Duration.ofMinutes(30);

    private final Context context;
    private final Telling telling = new Telling();
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    private TimelineFile file;
    private Instant followedSince;
    private boolean left;
    private boolean tidying;
    private boolean troubleTold;
    private Asked rollBack;
    private DeploymentEvent.OperatorActed promotion;
    private final Outages outages = new Outages();
    private final CommandsInAws commands;
    private final LeftRequests requests;
    private final IndexLine index;

    /** @param context what this process gives to all its deployments */
    DeploymentRun(Context context) {
        this.context = context;
        this.commands = new CommandsInAws(context, this);
        this.requests = new LeftRequests(context, this);
        this.index = new IndexLine(context.records());
    }

    @Override
    public DeploymentView view() {
        return telling.view();
    }

    @Override
    public synchronized void listen(Consumer<TimelineEntry> listener) {
        telling.listen(listener);
    }

    @Override
    public CompletionStage<Verdict> verdict() {
        return verdict;
    }

    @Override
    public void rollBack(String who, String why) {
        synchronized (this) {
            if (rollBack != null || telling.view().ended() || left) {
                return;
            }
            rollBack = new Asked(who, why);
            noteRollBack();
            if (telling.view().deploymentId() == null) {
                return; // seen before the next change is made in AWS
            }
        }
        seen(Observation.nothing(context.time().now()));
    }

    @Override
    public void promote(Wait wait, String who, String why) {
        synchronized (this) {
            if (telling.view().ended() || left) {
                return;
            }
            DeploymentEvent.OperatorActed asked =
                    new DeploymentEvent.OperatorActed(context.time().now(), who, "PROMOTE", why, wait, null);
            if (telling.view().deploymentId() == null) {
                promotion = asked; // noted once the record is taken up
                return;
            }
            append(asked);
        }
        seen(Observation.nothing(context.time().now()));
    }

    @Override
    public void leave() {
        synchronized (this) {
            if (left || telling.view().ended()) {
                return;
            }
            left = true;
        }
        context.pool().remove(this);
        release();
        verdict.completeExceptionally(new LeftException(telling.view().id()));
    }

    /**
     * From now on this run gives the timeline up when it is left, fails or ends.
     *
     * @throws LeftException if it has been left already; then the timeline is given up at once
     */
    synchronized void hold(TimelineFile timeline) {
        if (left) {
            timeline.close();
            throw new LeftException(telling.view().id());
        }
        file = timeline;
    }

    /** From now on events are written to this timeline; what it holds, and what was asked for beside it, is taken in. */
    void attach(TimelineFile timeline) {
        synchronized (this) {
            hold(timeline);
            timeline.entries().forEach(telling::tell);
            Asked before = telling.view().working().rollBackAsked();
            if (before == null) {
                noteRollBack();
            } else {
                rollBack = before;
            }
        }
        requests.take();
        requests.watch();
    }

    /** Also where there is nothing to roll back yet: whoever takes the record up after a crash must not create it then. */
    private void noteRollBack() {
        if (rollBack != null && telling.view().id() != null) {
            append(new DeploymentEvent.OperatorActed(
                    context.time().now(), rollBack.who(), "ROLL_BACK", rollBack.note()));
        }
    }

    /** @param number counts the requests that were left, from 1 on */
    void take(OperatorRequests.Request request, int number) {
        synchronized (this) {
            if (telling.view().ended()
                    || left
                    || number <= telling.view().working().requestsTaken()) {
                return; // the timer and an observation may both have found it
            }
            append(new DeploymentEvent.OperatorActed(
                    context.time().now(), request.who(), request.action(), request.note(), request.waiting(), number));
            if (request.action().equals("ROLL_BACK") && rollBack == null) {
                rollBack = new Asked(request.who(), request.note());
            }
        }
        if (telling.view().deploymentId() != null) {
            seen(Observation.nothing(context.time().now()));
        }
    }

    /** Whether someone asked to roll back before there was anything to roll back. */
    synchronized boolean givenUp() {
        return rollBack != null || left;
    }

    /** Whether this process has stopped caring. */
    synchronized boolean leftBehind() {
        return left;
    }

    synchronized String givenUpBecause() {
        return rollBack == null ? "the process left" : rollBack.words();
    }

    /** The first deployment-wide observation is due: AWS has the deployment. */
    void observe() {
        boolean pending;
        synchronized (this) {
            if (left) {
                return;
            }
            followedSince = context.time().now();
            pending = rollBack != null || promotion != null;
            if (promotion != null) {
                append(promotion);
            }
        }
        context.pool().add(this);
        if (leftBehind()) {
            context.pool().remove(this); // by someone for whom it was not there yet to be removed
        }
        if (pending) {
            seen(Observation.nothing(context.time().now()));
        }
    }

    /** Writes an event and tells it on; nothing once it has ended, or has been left to whoever takes its record up. */
    synchronized void append(DeploymentEvent event) {
        if (telling.view().ended() || left) {
            return;
        }
        TimelineEntry entry = file == null ? new TimelineEntry(telling.count() + 1, event) : file.append(event);
        telling.tell(entry);
        index.happened(event);
        Optional<String> trouble = trouble();
        if (file != null && trouble.isEmpty()) {
            index.catchUp(telling.view());
        }
        if (event instanceof DeploymentEvent.Planned) {
            noteRollBack();
        }
        if (trouble.isPresent() && !troubleTold) {
            troubleTold = true;
            append(new DeploymentEvent.Warned(
                    context.time().now(), trouble.get() + "; the deployment is followed all the same"));
        }
    }

    /** Why what has been appended is not all on disk; empty if it is. */
    synchronized Optional<String> trouble() {
        return file == null ? Optional.empty() : file.trouble();
    }

    /** Finishes a timeline that turns out to have its end already, where only the index had not been told. */
    boolean finishedBefore() {
        synchronized (this) {
            if (!telling.view().ended()) {
                return false;
            }
            index.write(telling.view());
        }
        finish();
        return true;
    }

    /** Ends without AWS having the last word. What has been left has no end here. */
    void end(Outcome outcome, String cause) {
        Instant now = context.time().now();
        synchronized (this) {
            if (left) {
                return;
            }
            append(new DeploymentEvent.Ended(now, new Verdict(outcome, cause, now, false, null, null)));
        }
        finish();
    }

    /** It could not be begun or taken up, and nothing is known about how it goes on: the record stays unfinished. */
    void fail(RuntimeException failure) {
        synchronized (this) {
            left = true;
        }
        context.pool().remove(this);
        release();
        verdict.completeExceptionally(failure);
    }

    @Override
    public void seen(Look look, Observation observation) {
        synchronized (this) {
            Instant now = context.time().now();
            if (outages.answered(look, now) && !tidying) {
                append(new DeploymentEvent.Resynced(now, context.host(), "AWS answers again, observation goes on"));
            }
        }
        seen(observation);
    }

    /** What follows from it, or from the time and what is known already. */
    void seen(Observation observation) {
        if (observation.status() != null && observation.status().progress().over()) {
            requests.take(); // whoever stopped it from elsewhere has left word before
        }
        Decision decision;
        Optional<DeploymentEvent.Ended> held;
        synchronized (this) {
            if (telling.view().ended() || left || tidying) {
                return;
            }
            decision =
                    Rollout.decide(telling.view(), observation, context.time().now());
            held = Retention.due(telling.view(), decision.events());
            tidying = held.isPresent();
            decision.events().stream()
                    .filter(event -> held.filter(end -> end == event).isEmpty())
                    .forEach(this::append);
        }
        commands.carryOut(decision.command());
        held.ifPresent(end -> context.waiting().execute(() -> tidyThenEnd(end)));
        if (telling.view().ended()) {
            finish();
        }
    }

    /** The end is the last event: old revisions go before it is told. What goes wrong with them changes no verdict. */
    private void tidyThenEnd(DeploymentEvent.Ended end) {
        try {
            context.retention().tidy(context.aws(), telling.view(), event -> {
                if (leftBehind()) {
                    throw new LeftException(telling.view().id());
                }
                append(event);
                trouble().ifPresent(trouble -> {
                    throw new IllegalStateException("nothing is deregistered that can't be recorded: " + trouble);
                });
            });
        } catch (LeftException e) {
            return; // whoever takes the record up comes to the same end
        } catch (RuntimeException e) {
            LOG.warn("old revisions of {} stay registered", telling.view().service(), e);
        }
        synchronized (this) {
            if (left) {
                return;
            }
            append(new DeploymentEvent.Ended(context.time().now(), end.verdict()));
        }
        finish();
    }

    /** Said once, whoever asks for it. */
    private void lacking(AwsFailure failure) {
        boolean said = telling.view().warnings().stream()
                .anyMatch(warning -> warning.text().startsWith(failure.withoutRequestId()));
        if (!said) {
            append(new DeploymentEvent.Warned(context.time().now(), failure.getMessage()));
        }
    }

    @Override
    public void failed(Look look, AwsFailure failure) {
        boolean hopeless;
        synchronized (this) {
            if (telling.view().ended() || left || tidying) {
                return;
            }
            Instant now = context.time().now();
            if (Outages.lacking(failure)) {
                lacking(failure);
            }
            outages.failed(look, failure, now).ifPresent(text -> append(new DeploymentEvent.Warned(now, text)));
            hopeless = now.isAfter(telling.view().working().deadline().plus(GIVE_UP))
                    && now.isAfter(followedSince.plus(GIVE_UP))
                    && outages.blind(look, GIVE_UP, now);
        }
        if (hopeless) {
            end(Outcome.UNKNOWN, "AWS could not be asked how it ended: " + failure.getMessage());
        }
    }

    private void finish() {
        context.pool().remove(this);
        release();
        verdict.complete(telling.view().verdict());
    }

    private synchronized void release() {
        TimelineFile held = file;
        if (held != null && held.retry().isEmpty()) {
            index.catchUp(telling.view());
        }
        file = null;
        if (held != null) {
            try {
                held.close();
            } catch (UncheckedIOException e) {
                LOG.warn(
                        "the record {} may not be given up properly",
                        telling.view().id(),
                        e);
            }
        }
    }
}
