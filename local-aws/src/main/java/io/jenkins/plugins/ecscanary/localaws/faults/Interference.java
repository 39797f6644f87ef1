package io.jenkins.plugins.ecscanary.localaws.faults;

import java.time.Duration;

/**
 * What goes wrong with one call.
 *
 * @param fault what becomes of the answer: never {@link Fault.Slow} or {@link Fault.Buckets}; null if nothing goes wrong
 * @param earlier with {@link Fault.Stale}, what was {@linkplain Faults#remember remembered}; else null
 * @param delay how long the answer is held back, in wall-clock time
 */
public record Interference(Fault fault, Object earlier, Duration delay) {

    static final Interference NONE = new Interference(null, null, Duration.ZERO);

    /** The {@link Fault#kind} that shows, or null if nothing goes wrong. */
    public String kind() {
        if (fault != null) {
            return fault.kind();
        }
        return delay.isZero() ? null : "slow";
    }

    /** Whether the operation is not to run at all. */
    public boolean insteadOfRunning() {
        return fault instanceof Fault.Throttle
                || fault instanceof Fault.Stale
                || fault instanceof Fault.Failure failure && failure.when() == When.BEFORE
                || fault instanceof Fault.Reset reset && reset.when() == When.BEFORE;
    }
}
