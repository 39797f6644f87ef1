package io.jenkins.plugins.ecscanary.localaws.world;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Simulated time that starts at the wall clock's present, or later, and then runs {@code speed} times as fast. */
public final class ScaledTime implements SimTime {

    private static final Logger LOG = LoggerFactory.getLogger(ScaledTime.class);

    private final Instant anchor;
    private final long anchorNanos = System.nanoTime();
    private final double speed;
    private final ScheduledThreadPoolExecutor timers;

    /** @throws IllegalArgumentException if {@code speed} is not between 1 and 1000 */
    public ScaledTime(double speed) {
        this(speed, Instant.MIN);
    }

    /**
     * @param notBefore where it starts if the wall clock is not there yet: it ran fast before, and never runs backwards
     * @throws IllegalArgumentException if {@code speed} is not between 1 and 1000
     */
    public ScaledTime(double speed, Instant notBefore) {
        if (!(speed >= 1 && speed <= 1000)) {
            throw new IllegalArgumentException("speed " + speed + " is not between 1 (real time) and 1000");
        }
        this.speed = speed;
        Instant wall = Instant.now();
        anchor = wall.isBefore(notBefore) ? notBefore : wall;
        // Who asks for a timer when time has stopped is not at fault: it never runs.
        timers = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "sim-time");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return anchor.plusNanos((long) ((System.nanoTime() - anchorNanos) * speed));
    }

    @Override
    public double speed() {
        return speed;
    }

    @Override
    public Timer after(Duration delay, Duration wallFloor, Runnable action) {
        long wallNanos = Math.max((long) (delay.toNanos() / speed), wallFloor.toNanos());
        ScheduledFuture<?> future = timers.schedule(() -> run(action), Math.max(0, wallNanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** A timer that throws must not vanish silently: the executor would only remember it in a future nobody reads. */
    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("a timer failed", e);
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
