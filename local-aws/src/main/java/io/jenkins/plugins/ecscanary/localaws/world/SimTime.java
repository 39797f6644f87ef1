package io.jenkins.plugins.ecscanary.localaws.world;

import java.time.Duration;
import java.time.Instant;

/**
 * Simulated time: the one clock of a local AWS. Every time stamp on the wire, every control-plane wait and every metric
 * period is simulated time; only what really happens on the machine (a process starting, a socket connecting, a health
 * check being answered) takes wall-clock time.
 */
public interface SimTime extends AutoCloseable {

    /** The simulated instant. */
    Instant now();

    /** Simulated seconds per wall-clock second, at least 1. */
    double speed();

    /**
     * Runs {@code action} once, {@code delay} of simulated time from now, but not before {@code wallFloor} of wall-clock
     * time has passed. The floor is for waits that stand for something real: however fast the clock, a process needs its
     * time to start and a health check its time to be answered.
     */
    Timer after(Duration delay, Duration wallFloor, Runnable action);

    /** Runs {@code action} once, {@code delay} of simulated time from now. */
    default Timer after(Duration delay, Runnable action) {
        return after(delay, Duration.ZERO, action);
    }

    /** Cancels everything that is still to run, and all that is asked for later: time stands still. */
    @Override
    void close();

    /** Something that is still to run. */
    interface Timer {
        /** Makes sure it does not start any more; harmless when it already ran. */
        void cancel();
    }
}
