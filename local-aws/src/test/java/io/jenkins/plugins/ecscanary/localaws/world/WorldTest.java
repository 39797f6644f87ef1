package io.jenkins.plugins.ecscanary.localaws.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of timers and reports when everything ends. */
@Timeout(60)
class WorldTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void aStepThatAsksForTheNextOneWhenTimeHasStoppedHasNotFailed() {
        World world = world(new ScaledTime(1000));
        assertThatCode(() -> world.run(() -> {
                    world.close();
                    world.after(Duration.ZERO, () -> done.add("next")).cancel();
                    done.add("step");
                }))
                .doesNotThrowAnyException();
        assertThat(done).containsExactly("step");
    }

    @Test
    void aStepThatRunsComesToItsEndUndisturbed() {
        World world = world(new ScaledTime(1000));
        Thread closing = Thread.currentThread();
        AtomicBoolean running = new AtomicBoolean();
        world.after(Duration.ZERO, () -> {
            running.set(true);
            while (closing.getState() != Thread.State.WAITING
                    && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            done.add(Thread.currentThread().isInterrupted() ? "interrupted" : "undisturbed");
        });
        while (!running.get()) {
            Thread.onSpinWait();
        }
        world.close();
        assertThat(done).containsExactly("undisturbed");
    }

    @Test
    void aTimerThatHasBegunToWaitForTheLockWhenItCloses() {
        Due time = new Due();
        World world = world(time);
        world.after(Duration.ofSeconds(1), () -> done.add("timer"));
        world.after(Duration.ofSeconds(1), Duration.ofSeconds(1), () -> done.add("floored"));
        world.close();
        assertThat(time.actions).hasSize(2);
        time.actions.forEach(Runnable::run);
        assertThat(done).isEmpty();
    }

    @Test
    void reportsCountUntilItIsClosedAndCallsAreStillAnswered() {
        World world = world(new ManualTime());
        world.report(() -> done.add("report"));
        world.close();
        world.report(() -> done.add("late"));
        world.run(() -> done.add("call"));
        world.close();
        assertThat(done).containsExactly("report", "call");
    }

    private static World world(SimTime time) {
        return new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), line -> {});
    }

    /** Time whose timers are too far on to be cancelled. */
    private static final class Due implements SimTime {

        final List<Runnable> actions = new ArrayList<>();

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public double speed() {
            return 1;
        }

        @Override
        public Timer after(Duration delay, Duration wallFloor, Runnable action) {
            actions.add(action);
            return () -> {};
        }

        @Override
        public void close() {
            // What is due is due.
        }
    }
}
