package io.jenkins.plugins.ecscanary.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PacedAwsTest {

    private static final String TASK_DEFINITION = "{\"family\":\"web\",\"containerDefinitions\":[]}";

    private final ManualTime time = new ManualTime();
    private final FakeAws aws = FakeAws.shop();
    private final Impatient waiting = new Impatient(time);
    private final PacedAws paced = new PacedAws(aws, new CallBudget(new Random(1), time.now()), waiting);

    @Test
    void aHundredStartsRegisterNoFasterThanAwsTakesThem() {
        Instant begin = time.now();
        for (int i = 0; i < 100; i++) {
            paced.registerTaskDefinition(TASK_DEFINITION);
        }
        assertThat(aws.count("registerTaskDefinition")).isEqualTo(100);
        // AWS: 20 at once and one a second.
        assertThat(Duration.between(begin, time.now())).isGreaterThan(Duration.ofSeconds(80));
    }

    @Test
    void aHundredStartsCreateAlarmsNoFasterThanAwsTakesThem() {
        Instant begin = time.now();
        SuccessRateAlarm alarm =
                SuccessRateAlarm.of("web", "web-b", FakeAws.GROUP_B, FakeAws.LOAD_BALANCER, Criterion.REFERENCE);
        for (int i = 0; i < 100; i++) {
            paced.createAlarm(alarm);
        }
        // AWS: three a second.
        assertThat(Duration.between(begin, time.now())).isGreaterThan(Duration.ofSeconds(33));
    }

    @Test
    void aFewStartsDoNotWait() {
        paced.deploymentGroup(FakeAws.GROUP);
        paced.deploymentConfig(FakeAws.LINEAR);
        paced.listDeployments(FakeAws.GROUP, time.now(), 25);
        assertThat(waiting.waits).isZero();
    }

    @Test
    void whatChangesSomethingIsDoneByWhoActs() {
        FakeAws acting = FakeAws.shop();
        PacedAws both = new PacedAws(aws, acting, new CallBudget(new Random(1), time.now()), waiting);
        both.registerTaskDefinition(TASK_DEFINITION);
        both.deploymentGroup(FakeAws.GROUP);
        assertThat(acting.count("registerTaskDefinition")).isEqualTo(1);
        assertThat(acting.count("deploymentGroup")).isZero();
        assertThat(aws.count("registerTaskDefinition")).isZero();
        assertThat(aws.count("deploymentGroup")).isEqualTo(1);
    }

    @Test
    void whatIsUrgentNeverWaits() {
        aws.deployment("d-A1B2C3D4E", "InProgress", "ecs-canary");
        for (int i = 0; i < 100; i++) {
            paced.stopAndRollBack("d-A1B2C3D4E");
        }
        assertThat(waiting.waits).isZero();
    }

    @Test
    void askingForNothingCostsNothing() {
        for (int i = 0; i < 100; i++) {
            paced.deployments(List.of());
        }
        assertThat(waiting.waits).isZero();
    }

    @Test
    void whoIsInterruptedWhileWaitingHasSentNothing() {
        PacedAws never = new PacedAws(aws, new CallBudget(new Random(1), time.now()), time);
        for (int i = 0; i < 10; i++) {
            never.registerTaskDefinition(TASK_DEFINITION);
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> never.registerTaskDefinition(TASK_DEFINITION))
                .isInstanceOfSatisfying(AwsFailure.class, failure -> assertThat(failure.mayHaveHappened())
                        .isFalse())
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(aws.count("registerTaskDefinition")).isEqualTo(10);
    }

    @Test
    @Timeout(60)
    void whoWaitsWhenItIsClosedWaitsNoLonger() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        EngineTime still = new EngineTime() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public double speed() {
                return 1;
            }

            @Override
            public void sync(Instant serverTime) {
                time.sync(serverTime);
            }

            @Override
            public Timer after(Duration delay, Runnable action) {
                waits.countDown();
                return () -> {};
            }

            @Override
            public void close() {
                time.close();
            }
        };
        PacedAws closing = new PacedAws(aws, new CallBudget(new Random(1), time.now()), still);
        CompletableFuture<Void> host = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100; i++) {
                closing.registerTaskDefinition(TASK_DEFINITION);
            }
        });
        waits.await();
        closing.close();
        assertThatThrownBy(host::join)
                .hasCauseInstanceOf(AwsFailure.class)
                .hasMessageContaining("the engine was closed; nothing was sent");
        assertThatThrownBy(() -> closing.deploymentGroup(FakeAws.GROUP)).hasMessageContaining("the engine was closed");
    }

    /** Time that passes when someone waits for it. */
    private static final class Impatient implements EngineTime {
        private final ManualTime time;
        private int waits;

        Impatient(ManualTime time) {
            this.time = time;
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public double speed() {
            return 1;
        }

        @Override
        public void sync(Instant serverTime) {
            time.sync(serverTime);
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            waits++;
            Timer timer = time.after(delay, action);
            time.advance(delay);
            return timer;
        }

        @Override
        public void close() {
            time.close();
        }
    }
}
