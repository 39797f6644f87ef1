package io.jenkins.plugins.ecscanary.cli.chaos;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for conditions, and not for ever. */
final class Waits implements AutoCloseable {

    /** Longer than any deployment takes at the suite's speed, on a slow machine. */
    static final long MOST_SECONDS = 180;

    private final ScheduledExecutorService poll = new ScheduledThreadPoolExecutor(2, task -> {
        Thread thread = new Thread(task, "chaos-waits");
        thread.setDaemon(true);
        return thread;
    });

    /** @return whether it came true in time */
    boolean until(BooleanSupplier condition) throws Exception {
        CompletableFuture<Void> met = new CompletableFuture<>();
        ScheduledFuture<?> looking = poll.scheduleWithFixedDelay(
                () -> {
                    try {
                        if (condition.getAsBoolean()) {
                            met.complete(null);
                        }
                    } catch (RuntimeException e) {
                        met.completeExceptionally(e);
                    }
                },
                0,
                200,
                TimeUnit.MILLISECONDS);
        try {
            met.get(MOST_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } finally {
            looking.cancel(false);
        }
    }

    @Override
    public void close() {
        poll.shutdownNow();
    }
}
