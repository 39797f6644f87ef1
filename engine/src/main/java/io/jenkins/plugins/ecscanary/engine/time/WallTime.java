package io.jenkins.plugins.ecscanary.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wall clock, or, against a local AWS with a fast clock, that one: {@code speed} seconds pass in each real one. */
public final class WallTime implements EngineTime {

    private static final Logger LOG = LoggerFactory.getLogger(WallTime.class);

    /** Below this, AWS's whole-second {@code Date} header is no evidence that the clocks differ. */
    private static final Duration AGREEMENT = Duration.ofSeconds(2);

    /** So long, on the wall, an answer can have been on its way: that ours is ahead of it shows less, the faster the clock. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(200);

    /** However fast the clock, timers do not spin. */
    private static final long FLOOR_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final double speed;
    private final ScheduledThreadPoolExecutor timers;
    private volatile Anchor anchor = new Anchor(Instant.now(), System.nanoTime());

    /** @throws IllegalArgumentException if {@code speed} is not between 1 and 1000 */
    public WallTime(double speed) {
        if (!(speed >= 1 && speed <= 1000)) {
            throw new IllegalArgumentException("speed " + speed + " is not between 1 (real time) and 1000");
        }
        this.speed = speed;
        timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ecs-canary-timer");
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant now() {
        Anchor from = anchor;
        return from.instant.plusNanos((long) ((System.nanoTime() - from.nanos) * speed));
    }

    @Override
    public double speed() {
        return speed;
    }

    @Override
    public void sync(Instant serverTime) {
        Instant middle = serverTime.plusMillis(500);
        Duration ahead = Duration.between(middle, now());
        Duration late = Duration.ofNanos((long) (ON_ITS_WAY.toNanos() * (speed - 1)));
        if (ahead.negated().compareTo(AGREEMENT) > 0 || ahead.compareTo(AGREEMENT.plus(late)) > 0) {
            anchor = new Anchor(middle, System.nanoTime());
        }
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        long nanos = Math.max(FLOOR_NANOS, (long) (delay.toNanos() / speed));
        ScheduledFuture<?> future = timers.schedule(() -> run(action), nanos, TimeUnit.NANOSECONDS);
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

    private record Anchor(Instant instant, long nanos) {}
}
