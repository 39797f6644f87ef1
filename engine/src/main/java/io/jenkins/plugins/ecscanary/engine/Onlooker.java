package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.rollout.Waiting;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads along in a timeline that another process writes, or replays a finished one. Asks AWS nothing by itself. What an
 * operator asks for is left beside the timeline for the owner, so that the timeline tells who it was; a roll back is asked of
 * AWS at once as well, a promotion where the owner does not take it up. When the owner dies, the onlooker takes over.
 */
final class Onlooker implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(Onlooker.class);

    /** On the wall, as the owner's events come. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** On the wall: a timeline that was readable and is not may be again in a moment, on a network's disk say. */
    private static final Duration UNREADABLE = Duration.ofMinutes(1);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Where time alone does not help: someone may grant the right, or the wait may begin. */
    private static final Duration AGAIN_LATER = Duration.ofSeconds(60);

    /** On the wall, where an owner looks for requests far more often; one that has not after this is stopped or stuck. */
    private static final Duration OWNER_TAKES_UP = Duration.ofSeconds(15);

    private final Context context;
    private final RecordSummary record;
    private final Telling telling = new Telling();
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    private final Set<String> refusals = new HashSet<>();
    private DeploymentRun successor;
    private Instant unreadableSince;
    private boolean left;

    Onlooker(Context context, RecordSummary record) {
        this.context = context;
        this.record = record;
    }

    Onlooker follow() {
        try {
            read();
        } catch (UncheckedIOException e) {
            if (!mayPass(e)) {
                fail(e);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
        return this;
    }

    private void fail(RuntimeException e) {
        successor().ifPresent(run -> run.fail(e));
        verdict.completeExceptionally(e);
    }

    /** Then it is read again. What could never be read, or has been deleted, is not. */
    private synchronized boolean mayPass(UncheckedIOException e) {
        if (telling.count() == 0 || successor != null || e.getCause() instanceof NoSuchFileException) {
            return false;
        }
        Instant now = context.time().now();
        if (unreadableSince == null) {
            unreadableSince = now;
            LOG.warn("{} can't be looked on at; it is tried again: {}", record.id(), e.getMessage());
        }
        if (now.isAfter(unreadableSince.plus(context.time().ofWall(UNREADABLE)))) {
            return false;
        }
        readAgain();
        return true;
    }

    private void readAgain() {
        context.time()
                .after(context.time().ofWall(EVERY), () -> context.commands().execute(this::follow));
    }

    private synchronized void read() {
        if (left) {
            return;
        }
        List<TimelineEntry> all = context.records().timeline(record);
        // Fewer than before where the owner's disk did not keep the last one: it writes it again.
        all.stream().skip(telling.count()).forEach(telling::tell);
        if (telling.view().ended()) {
            verdict.complete(telling.view().verdict());
            return;
        }
        Optional<TimelineFile> abandoned = context.records().own(record);
        unreadableSince = null;
        if (abandoned.isEmpty()) {
            readAgain();
            return;
        }
        DeploymentRun run = new DeploymentRun(context);
        run.hold(abandoned.get());
        successor = run; // from here on leaving gives the record up
        int told = telling.count();
        context.waiting().execute(() -> takeOver(run, abandoned.get(), told));
    }

    private void takeOver(DeploymentRun run, TimelineFile file, int told) {
        try {
            Resume.takeUp(context, run, file, "its process was gone");
        } catch (RuntimeException e) {
            run.fail(e);
        }
        run.listen(entry -> {
            if (entry.seq() > told) {
                tell(entry);
            }
        });
        verdictOf(run);
    }

    /** Linked only once its events are told on: who waits for the verdict has then been told the end. */
    private void verdictOf(DeploymentRun run) {
        run.verdict().whenComplete((end, failure) -> {
            if (failure == null) {
                verdict.complete(end);
            } else {
                verdict.completeExceptionally(failure);
            }
        });
    }

    private synchronized void tell(TimelineEntry entry) {
        telling.tell(entry);
    }

    private synchronized Optional<DeploymentRun> successor() {
        return Optional.ofNullable(successor);
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
        if (successor().isPresent()) {
            successor().get().rollBack(who, why);
            return;
        }
        context.commands().execute(() -> {
            leaveRequest("ROLL_BACK", null, who, why);
            askToRollBack(who);
        });
    }

    @Override
    public void promote(Wait wait, String who, String why) {
        if (successor().isPresent()) {
            successor().get().promote(wait, who, why);
            return;
        }
        context.commands().execute(() -> {
            int number = leaveRequest("PROMOTE", wait, who, why);
            context.time().after(context.time().ofWall(OWNER_TAKES_UP), () -> context.commands()
                    .execute(() -> promoteUnlessTaken(wait, who, number)));
        });
    }

    /** @return its number; 0 if it could not be left, which holds up nothing */
    private int leaveRequest(String action, Wait wait, String who, String why) {
        try {
            return context.records()
                    .requests(record.service(), record.id())
                    .add(new OperatorRequests.Request(context.time().now(), who, action, wait, why));
        } catch (UncheckedIOException e) {
            LOG.warn("{} asks for {}, but the timeline will not tell: {}", who, action, e.getMessage());
            return 0;
        }
    }

    private void promoteUnlessTaken(Wait wait, String who, int number) {
        DeploymentView now = telling.view();
        boolean taken = number > 0 && now.working().requestsTaken() >= number;
        if (taken || Waiting.past(now, wait) || now.deploymentId() == null || left()) {
            return;
        }
        try {
            context.driver().proceed(now.deploymentId(), wait);
        } catch (AwsFailure e) {
            again(who + " promotes " + now.deploymentId(), e, () -> promoteUnlessTaken(wait, who, number));
        }
    }

    private synchronized boolean left() {
        return left;
    }

    /** The owner sees it happen. A failed call is made again for as long as the deployment runs. */
    private void askToRollBack(String who) {
        String id = telling.view().deploymentId();
        if (id == null || telling.view().ended() || left()) {
            return;
        }
        try {
            context.driver().rollBack(id);
        } catch (AwsFailure e) {
            again(who + " rolls " + id + " back", e, () -> askToRollBack(who));
        }
    }

    /** Soon where time alone can help, else now and then; why is told once. */
    private void again(String what, AwsFailure failure, Runnable attempt) {
        String why = what + ", and AWS could not be asked; it is tried again: " + failure.withoutRequestId();
        synchronized (this) {
            if (refusals.add(why)) {
                LOG.warn("{}", why);
            }
        }
        context.time().after(failure.passing() ? AGAIN : AGAIN_LATER, () -> context.commands()
                .execute(attempt));
    }

    @Override
    public void leave() {
        Optional<DeploymentRun> next;
        synchronized (this) {
            left = true;
            next = successor();
        }
        // Not under our own monitor: the successor tells us its events while it holds its own.
        next.ifPresent(DeploymentRun::leave);
        verdict.completeExceptionally(new LeftException(record.id()));
    }
}
