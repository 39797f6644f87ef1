package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The timed steps of one deployment. When it ends, none runs any more (one that is waiting for the lock included); a step
 * that throws is given to the deployment, which would otherwise stay in progress for ever.
 */
final class Steps {

    private final World world;
    private final Consumer<RuntimeException> failed;
    private final Set<SimTime.Timer> timers = new HashSet<>();
    private boolean halted;
    private boolean ended;

    Steps(World world, Consumer<RuntimeException> failed) {
        this.world = world;
        this.failed = failed;
    }

    void after(CodeDeployTimings.Range range, Runnable step) {
        after(world.ids().between(range.min(), range.max()), step);
    }

    void after(Duration delay, Runnable step) {
        SimTime.Timer[] self = new SimTime.Timer[1];
        self[0] = world.after(delay, () -> {
            timers.remove(self[0]);
            run(step);
        });
        timers.add(self[0]);
    }

    void run(Runnable step) {
        if (!halted) {
            runUnlessEnded(step);
        }
    }

    /** From now on nothing happens but {@code last}, after a while: no step that was under way, no further one. */
    void halt(Duration delay, Runnable last) {
        halted = true;
        cancelAll();
        timers.add(world.after(delay, () -> runUnlessEnded(last)));
    }

    private void runUnlessEnded(Runnable step) {
        if (ended) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            if (ended) {
                throw e;
            }
            failed.accept(e);
        }
    }

    void end() {
        ended = true;
        cancelAll();
    }

    private void cancelAll() {
        timers.forEach(SimTime.Timer::cancel);
        timers.clear();
    }
}
