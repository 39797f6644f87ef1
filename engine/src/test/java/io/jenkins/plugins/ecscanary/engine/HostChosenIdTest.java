package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that names the record begins it again after a crash, wherever it was, and may wait for others. */
class HostChosenIdTest {

    private static final String OTHER = "d-OTHER0001";

    @TempDir
    Path state;

    private final List<String> waited = new ArrayList<>();
    private EngineWorld world;
    private FakeAws aws;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
    }

    private Running deploy(String id, boolean waitForOthers) {
        return world.engine()
                .deploy(world.request(DeploymentOptions.DEFAULT), new StartOptions(id, waitForOthers, waited::add));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "targetHealth",
                "registerTaskDefinition",
                "createDeployment",
                "deploymentGroup",
                "listDeployments"
            })
    void begunAgainAfterACrashItIsTheSameDeployment(String diesDuring) {
        killedDuring(diesDuring);
        Running again = deploy("build-7", false);
        world.advance(200);
        assertThat(again.view().id()).isEqualTo("build-7");
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
        world.shiftEverything();
        aws.status(ID, "Succeeded", null, null);
        world.advance(60);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.PROMOTED);
    }

    /** What AWS does in that call happens, nothing is noted after it. */
    private void killedDuring(String call) {
        List<Running> started = new ArrayList<>();
        aws.before(call, () -> started.get(0).leave());
        QueuedExecutor io = new QueuedExecutor();
        try (CanaryEngine dying = world.engine(io)) {
            started.add(dying.deploy(
                    world.request(DeploymentOptions.DEFAULT), new StartOptions("build-7", false, waited::add)));
            io.runAll();
        }
        aws.before(call, () -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "listDeployments"})
    void thatAwsCannotBeAskedJustThenRefusesNothing(String unreachable) {
        killedDuring("createDeployment");
        aws.failAlways(unreachable, FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "no route"));
        Running again = deploy("build-7", false);
        assertThat(again.verdict().toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> again.verdict().toCompletableFuture().join()).hasMessageContaining("no route");
        assertThat(again.view().ended()).isFalse();
        assertThat(world.records.find("build-7").orElseThrow().verdict()).isNull();

        aws.heal();
        assertThat(deploy("build-7", false).view().deploymentId()).isEqualTo(ID);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
    }

    @Test
    void withKeysForAnotherAccountItIsNotBegunThereToo() {
        killedDuring("targetHealth");
        aws.identity("999999999999", "arn:aws:iam::999999999999:user/wrong");
        Running again = deploy("build-7", false);
        assertThat(again.verdict().toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> again.verdict().toCompletableFuture().join())
                .hasMessageContaining("999999999999")
                .hasMessageContaining(FakeAws.ACCOUNT);
        assertThat(aws.created()).isEmpty();
        assertThat(world.records.history()).hasSize(1);
    }

    @Test
    void whatCannotBeReadOfAnotherServiceRefusesNothing() throws Exception {
        Files.createDirectories(state.resolve("123456789012/eu-central-1/shop/batch/r1/timeline.jsonl"));
        assertThatThrownBy(() -> world.records.find("build-7")).isInstanceOf(UncheckedIOException.class);
        assertThat(deploy("build-7", false).view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void begunAgainAfterItsEndItIsToldOnceMore() {
        Running first = deploy("build-7", false);
        first.rollBack("ann", "no");
        aws.status(ID, "Stopped", null, null).weights(FakeAws.LISTENER, 100, 0);
        world.advance(60);
        assertThat(verdict(first).outcome()).isEqualTo(Outcome.ROLLED_BACK);

        Running again = deploy("build-7", false);
        assertThat(verdict(again)).isEqualTo(verdict(first));
        assertThat(aws.count("createDeployment")).isEqualTo(1);
    }

    @Test
    void anotherOneWithTheSameRequestIsNotTakenForIt() {
        Running first = deploy("build-7", false);
        first.leave();
        Running second = deploy("build-8", false);
        assertThat(verdict(second).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(second).cause()).contains("is under way", "build-7");
    }

    @Test
    void anotherOneIsWaitedForIfAskedTo() {
        Running first = deploy("build-7", false);
        Running second = deploy("build-8", true);
        world.advance(30);
        assertThat(second.verdict().toCompletableFuture()).isNotDone();
        assertThat(waited).isNotEmpty().allSatisfy(text -> assertThat(text).contains("build-7", "waited for"));

        first.verdict().thenRun(this::theReplacementServesAsTheOriginal);
        world.shiftEverything();
        assertThat(second.view().id()).as("nothing is begun before").isNull();
        aws.status(ID, "Succeeded", null, null);
        world.advance(60);
        assertThat(verdict(first).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(second.view().id()).as("begun once the other is over").isEqualTo("build-8");
        assertThat(second.view().deploymentId()).isEqualTo("d-000000002");
        assertThat(aws.created()).hasSize(2);
    }

    /** As a service looks whose replacement has taken over, but for the names of the pair. */
    private void theReplacementServesAsTheOriginal() {
        aws.weights(FakeAws.LISTENER, 100, 0).health(FakeAws.GROUP_B);
    }

    @Test
    void soIsOneThatOthersMade() {
        aws.now(world.time.now()).deployment(OTHER, "InProgress", "by hand");
        Running waiting = deploy("build-7", true);
        world.advance(30);
        assertThat(waiting.verdict().toCompletableFuture()).isNotDone();
        assertThat(waited).isNotEmpty().allSatisfy(text -> assertThat(text).contains(OTHER, "InProgress"));

        assertThat(waiting.view().id()).as("nothing is begun before").isNull();
        aws.status(OTHER, "Succeeded", null, null);
        world.advance(30);
        assertThat(waiting.view().id()).isEqualTo("build-7");
        assertThat(waiting.view().deploymentId()).isEqualTo(ID);
    }

    /** The others are for what is under way: stops at a time-out, lost creations, ends. */
    @Test
    void whoeverWaitsBeginsAgainOnAThreadForStarts() {
        aws.now(world.time.now()).deployment(OTHER, "InProgress", "by hand");
        QueuedExecutor starts = new QueuedExecutor();
        QueuedExecutor underWay = new QueuedExecutor();
        Running waiting = world.engine(new DirectExecutor(), new DirectExecutor(), starts, underWay)
                .deploy(world.request(DeploymentOptions.DEFAULT), new StartOptions("build-7", true, waited::add));
        starts.runAll();
        aws.status(OTHER, "Succeeded", null, null);
        world.advance(11);
        assertThat(underWay.isTerminated()).as("nothing is queued there").isTrue();
        starts.runAll();
        assertThat(waiting.view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void whoeverWaitsCanBeGivenUp() {
        aws.now(world.time.now()).deployment(OTHER, "InProgress", "by hand");
        Running waiting = deploy("build-7", true);
        waiting.rollBack("ann", "too late");
        world.advance(30);
        assertThat(verdict(waiting).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(verdict(waiting).cause()).contains("ann: too late");
        assertThat(aws.count("createDeployment")).isZero();
    }

    @Test
    void doesNotWaitForLongerThanItsTimeOut() {
        aws.now(world.time.now()).deployment(OTHER, "InProgress", "by hand");
        DeploymentRequest request = world.request(DeploymentOptions.DEFAULT);
        Running waiting = deploy("build-7", true);
        world.time.advance(request.timeout().plusMinutes(1));
        assertThat(verdict(waiting).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(waiting).cause()).contains(OTHER, "waited for since");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a b", "a/b"})
    void anIdIsAFileName(String id) {
        assertThatThrownBy(() -> new StartOptions(id, false, waited::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no id of a record");
    }
}
