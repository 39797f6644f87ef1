package io.jenkins.plugins.ecscanary.engine.time;

import java.time.Duration;
import java.time.Instant;

/** The one clock of the engine: what time it is for AWS, and timers on it. Injected, so that tests stand still. */
public interface EngineTime extends AutoCloseable {

    /** AWS's present. */
    Instant now();

    /** AWS's seconds per wall-clock second: 1, except against a local AWS that runs faster. */
    double speed();

    /** AWS's clock as one of its answers had it; what the clock shows from now on agrees with it. */
    void sync(Instant serverTime);

    /**
     * AWS's clock as an answer had it that may have been long on its way: only that it is no earlier now is certain. What stands
     * still while the machine sleeps catches up with the first answer after that.
     */
    default void atLeast(Instant serverTime) {
        if (serverTime.isAfter(now())) {
            sync(serverTime);
        }
    }

    /** Runs {@code action} once, {@code delay} of AWS's time from now, on a thread that must not be blocked. */
    Timer after(Duration delay, Runnable action);

    /** How long something that takes so long in this process, whatever AWS's clock does, is on AWS's clock. */
    default Duration ofWall(Duration wall) {
        return wall.multipliedBy(Math.max(1, Math.round(speed())));
    }

    @Override
    void close();

    /** Something that is still to run. */
    interface Timer {
        /** Makes sure it does not start any more; harmless when it already ran. */
        void cancel();
    }
}
