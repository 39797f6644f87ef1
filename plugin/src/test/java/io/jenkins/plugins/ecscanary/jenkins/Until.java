package io.jenkins.plugins.ecscanary.jenkins;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what nobody tells: another process's state. */
public final class Until {

    /** Nothing takes so long, however busy the machine; it only ends a test that would hang. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

    private Until() {}

    /** @param what for the message, as a statement that should become true */
    public static void holds(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("in vain it was waited until " + what);
                }
                LockSupport.parkNanos(AGAIN);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("it can't be told whether " + what, e);
        }
    }
}
