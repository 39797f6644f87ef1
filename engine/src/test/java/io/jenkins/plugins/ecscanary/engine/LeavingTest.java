package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that are closed within a process that lives on: whatever they were at, nobody is locked out of a record. */
class LeavingTest {

    @TempDir
    Path state;

    private EngineWorld world;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
    }

    @Test
    void aRecordThatWaitsToBeTakenUpIsGivenUp() {
        world.deploy().leave();
        CanaryEngine busy = world.engine(new QueuedExecutor());
        Running waiting = busy.watch(ID);
        requireOwned(ID);
        busy.close();
        requireFree(ID);
        assertLeft(waiting);
    }

    @Test
    void aRecordThatAnOnlookerIsAboutToTakeOverIsGivenUp() {
        Running owner = world.deploy();
        QueuedExecutor queue = new QueuedExecutor();
        CanaryEngine second = world.engine(queue);
        Running onlooker = second.watch(ID);
        owner.leave();
        world.advance(1);
        queue.runOne(); // finds it abandoned
        requireOwned(ID);
        second.close();
        requireFree(ID);
        assertLeft(onlooker);
    }

    @Test
    void anEarlierRecordThatIsBroughtToItsEndOnTheWayIsGivenUpToo() {
        world.deploy().leave();
        world.aws.now(world.time.now()).status(ID, "Succeeded", null, null);
        CanaryEngine next = world.engine();
        next.deploy(world.request(DeploymentOptions.DEFAULT.withKeepRevisions(3)));
        requireOwned(ID);
        next.close();
        requireFree(ID);
    }

    @Test
    void aFailureOtherThanAwssGivesTheRecordUp() {
        world.deploy().leave();
        world.aws.before("identity", () -> {
            throw new IllegalStateException("not AWS's fault");
        });
        Running running = world.engine().watch(ID);
        assertThatThrownBy(() -> running.verdict().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("not AWS's fault");
        requireFree(ID);
    }

    @Test
    void whatIsLeftBeforeItHasBegunLeavesNoRecord() {
        QueuedExecutor queue = new QueuedExecutor();
        Running running = world.engine(queue).deploy(world.request(DeploymentOptions.DEFAULT));
        running.leave();
        queue.runAll();
        assertLeft(running);
        assertThat(world.records.history()).isEmpty();
        assertThat(world.aws.count("service")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"targetHealth", "registerTaskDefinition", "createDeployment"})
    void whatIsLeftWhileItBeginsIsToldNoEnd(String call) {
        List<DeploymentEvent> told = new ArrayList<>();
        QueuedExecutor queue = new QueuedExecutor();
        Running running = world.engine(queue).deploy(world.request(DeploymentOptions.DEFAULT));
        running.listen(entry -> told.add(entry.event()));
        world.aws.before(call, running::leave);
        queue.runAll();
        assertLeft(running);
        assertThat(told).isNotEmpty().noneMatch(DeploymentEvent.Ended.class::isInstance);
        assertThat(running.view().ended()).isFalse();
    }

    @Test
    void whatIsLeftInTheMomentInWhichItsObservationBeginsIsNotObserved() {
        QueuedExecutor queue = new QueuedExecutor();
        Running running = world.engine(queue).deploy(world.request(DeploymentOptions.DEFAULT));
        running.promote(Wait.TERMINATION, "ann", null); // noted when AWS has the deployment, just before
        running.listen(entry -> {
            if (entry.event() instanceof DeploymentEvent.OperatorActed) {
                running.leave();
            }
        });
        queue.runAll();
        assertLeft(running);
        int calls = world.aws.calls().size();
        for (int i = 0; i < 60; i++) {
            world.advance(5);
            queue.runAll();
        }
        assertThat(world.aws.calls()).hasSize(calls);
    }

    @Test
    void aClosedEngineBeginsNothing() {
        CanaryEngine closed = world.engine(Executors.newSingleThreadExecutor());
        closed.close();
        assertLeft(closed.deploy(world.request(DeploymentOptions.DEFAULT)));
        assertThat(world.records.history()).isEmpty();
        assertThat(world.aws.count("identity")).isZero();
    }

    @Test
    void onePassingFailureLongAfterTheDeadlineIsNotTheEndOfLooking() {
        world.deploy().leave();
        world.shifted(world.time.now());
        world.shiftEverything();
        world.time.advance(Duration.ofHours(60)); // a weekend without a controller
        world.aws.now(world.time.now()).status(ID, "Succeeded", null, null);
        world.aws.failNext("deployments", FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "timed out"));
        Running running = world.engine().watch(ID);
        assertThat(running.view().ended()).isFalse();
        world.advance(600);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void anOutageThatLastsIs() {
        world.deploy().leave();
        world.time.advance(Duration.ofHours(60));
        Running running = world.engine().watch(ID);
        world.aws.failEverything(FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "timed out"));
        world.time.advance(Duration.ofMinutes(29));
        assertThat(running.view().ended()).isFalse();
        world.time.advance(Duration.ofMinutes(3));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    private void requireFree(String id) {
        Optional<TimelineFile> file = world.records.own(record(id));
        assertThat(file).isPresent();
        file.get().close();
    }

    private void requireOwned(String id) {
        assertThat(world.records.own(record(id))).isEmpty();
    }

    private RecordSummary record(String id) {
        return world.records.find(id).orElseThrow();
    }

    private static void assertLeft(Running running) {
        assertThatThrownBy(() -> running.verdict().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LeftException.class);
    }
}
