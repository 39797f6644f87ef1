package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.LeftException;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Follows a deployment to its verdict, showing it, and does what Ctrl-C and a termination signal ask for. */
public final class Follower {

    /** Four times a second: smooth for a countdown, cheap for a terminal behind a slow line. */
    private static final long TICK_MILLIS = 250;

    private static final long LAST_EVENT_SECONDS = 10;

    private static final End LEFT = new End(ExitCode.UNKNOWN, null, null);

    private final Running running;
    private final Output output;
    private final Interrupt interrupt;
    private final ScheduledThreadPoolExecutor outputThread;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final CompletableFuture<Void> endedTold = new CompletableFuture<>();
    private final AtomicInteger interrupts = new AtomicInteger();

    /** What Ctrl-C means. */
    public sealed interface Interrupt {

        /** First roll back and wait for the verdict, then leave: for whoever started the deployment. */
        record RollBack(String who) implements Interrupt {}

        /** Leave: for whoever only looks on. */
        record Leave() implements Interrupt {}
    }

    /**
     * How following ended.
     *
     * @param verdict null if it was left before
     * @param failure why following broke off, in words, or null
     */
    public record End(ExitCode exitCode, Verdict verdict, String failure) {}

    public Follower(Running running, Output output, Interrupt interrupt) {
        this.running = running;
        this.output = output;
        this.interrupt = interrupt;
        // What is told after the end, by an engine thread that does not know of it yet, is of no interest any more.
        this.outputThread =
                new ScheduledThreadPoolExecutor(1, Follower::thread, new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "output");
        thread.setDaemon(true);
        return thread;
    }

    /** Blocks until there is a verdict or the deployment was left. */
    public End follow(Signals signals) throws InterruptedException {
        Signals.Registration registration = signals.listen(this::interrupted, this::terminated);
        try {
            running.listen(entry -> outputThread.execute(() -> tell(entry)));
            outputThread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
            running.verdict().whenComplete(this::decided);
            End how = end.join();
            if (how.verdict() != null) {
                // The verdict may overtake its own event on the way to the output.
                endedTold
                        .completeOnTimeout(null, LAST_EVENT_SECONDS, TimeUnit.SECONDS)
                        .join();
            }
            return how;
        } finally {
            registration.close();
            closeOutput();
        }
    }

    private void closeOutput() throws InterruptedException {
        try {
            outputThread.submit(output::close).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the output can't be closed", e.getCause());
        } finally {
            outputThread.shutdownNow();
        }
    }

    private void tell(TimelineEntry entry) {
        try {
            output.event(entry);
        } catch (RuntimeException e) {
            end.complete(new End(ExitCode.FAILED, null, words(e)));
        }
        if (entry.event() instanceof DeploymentEvent.Ended) {
            endedTold.complete(null);
        }
    }

    private void tick() {
        try {
            output.tick();
        } catch (RuntimeException e) {
            end.complete(new End(ExitCode.FAILED, null, words(e)));
        }
    }

    private void decided(Verdict verdict, Throwable failure) {
        if (failure == null) {
            end.complete(new End(ExitCode.of(verdict.outcome()), verdict, null));
        } else if (failure instanceof LeftException) {
            end.complete(LEFT);
        } else {
            end.complete(new End(ExitCode.UNKNOWN, null, words(failure)));
        }
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }

    private void interrupted() {
        boolean first = interrupts.getAndIncrement() == 0;
        if (first && interrupt instanceof Interrupt.RollBack rollBack) {
            say("Ctrl-C: asking AWS to roll back and waiting for it. Again Ctrl-C leaves at once.");
            running.rollBack(rollBack.who(), "Ctrl-C");
        } else {
            leave("Left. AWS goes on by itself");
        }
    }

    /** A supervisor that restarts us must not roll anything back. */
    private void terminated() {
        leave("Terminated. AWS goes on by itself" + (interrupts.get() == 0 ? ", nothing was rolled back" : ""));
    }

    private void leave(String what) {
        String id = running.view().id();
        say(id == null ? what + "." : what + "; ecs-canary watch " + id + " follows it again.");
        end.complete(LEFT);
        running.leave();
    }

    private void say(String message) {
        outputThread.execute(() -> output.say(message));
    }
}
