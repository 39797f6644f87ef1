package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.Set;

/** The periods CloudWatch gathers by: 1, 5, 10, 20, 30 and multiples of 60 seconds, a day at most. */
final class MetricPeriod {

    private static final Set<Integer> FINE = Set.of(1, 5, 10, 20, 30);
    private static final Set<Integer> FINE_OF_ALARMS = Set.of(10, 20, 30);
    private static final int LONGEST = 86_400;

    private MetricPeriod() {}

    /**
     * @param what how the period is called in the message, which is ours
     * @throws AwsError ValidationError
     */
    static void check(Integer seconds, String what) {
        if (seconds == null || !(FINE.contains(seconds) || isWholeMinutes(seconds))) {
            throw new AwsError(
                    "ValidationError",
                    what + " is " + seconds + ": it must be 1, 5, 10, 20, 30 or a multiple of 60 seconds, " + LONGEST
                            + " at most");
        }
    }

    /** As {@link #check}, of an alarm. */
    static void checkOfAlarm(int seconds) {
        if (!(FINE_OF_ALARMS.contains(seconds) || isWholeMinutes(seconds))) {
            throw new AwsError("ValidationError", "Period must be 10, 20, 30 or a multiple of 60");
        }
    }

    private static boolean isWholeMinutes(int seconds) {
        return seconds >= 60 && seconds <= LONGEST && seconds % 60 == 0;
    }
}
