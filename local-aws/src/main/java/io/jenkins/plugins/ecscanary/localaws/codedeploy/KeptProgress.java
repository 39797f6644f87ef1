package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A {@link Progress} as it is kept: with the time that is left, not with instants, since simulated time may begin anew.
 *
 * @param dueIn null if something else than time is waited for, and likewise the others
 */
record KeptProgress(
        Duration dueIn,
        Duration installLeft,
        int shifts,
        Progress.Wait waiting,
        KeptHook hook,
        boolean stopRequested,
        boolean rollBackRequested,
        Map<String, Integer> testWeightsBefore) {

    KeptProgress {
        testWeightsBefore = testWeightsBefore == null ? null : Map.copyOf(testWeightsBefore);
    }

    static KeptProgress of(Progress progress, Instant now) {
        return new KeptProgress(
                left(progress.due, now),
                left(progress.installDeadline, now),
                progress.shifts,
                progress.waiting,
                progress.hook == null ? null : KeptHook.of(progress.hook, now),
                progress.stopRequested,
                progress.rollBackRequested,
                progress.testWeightsBefore);
    }

    void into(Progress progress, Instant now) {
        progress.due = dueIn == null ? null : now.plus(dueIn);
        progress.installDeadline = installLeft == null ? null : now.plus(installLeft);
        progress.shifts = shifts;
        progress.waiting = waiting;
        progress.hook = hook == null ? null : hook.restored(now);
        progress.stopRequested = stopRequested;
        progress.rollBackRequested = rollBackRequested;
        progress.testWeightsBefore = testWeightsBefore;
    }

    private static Duration left(Instant deadline, Instant now) {
        if (deadline == null) {
            return null;
        }
        Duration left = Duration.between(now, deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    record KeptHook(String id, Name event, String function, Duration left) {

        static KeptHook of(HookExecution hook, Instant now) {
            return new KeptHook(hook.id(), hook.event(), hook.function(), KeptProgress.left(hook.deadline(), now));
        }

        HookExecution restored(Instant now) {
            return new HookExecution(id, event, function, now.plus(left));
        }
    }
}
