package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was given up before it was created stays given up, whatever happens to the process that was asked. */
class GivenUpTest {

    private static final OneOffTask MIGRATE = new OneOffTask(null, List.of("migrate"), Duration.ofMinutes(10));

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
    }

    @ParameterizedTest
    @ValueSource(strings = {"targetHealth", "registerTaskDefinition"})
    void isNotCreatedByWhoeverBeginsItAgain(String diesDuring) {
        List<Running> started = new ArrayList<>();
        aws.before(diesDuring, () -> {
            started.get(0).rollBack("ann", "wrong branch");
            started.get(0).leave();
        });
        QueuedExecutor io = new QueuedExecutor();
        try (CanaryEngine dying = world.engine(io)) {
            started.add(dying.deploy(world.request(DeploymentOptions.DEFAULT), begun()));
            io.runAll();
        }
        aws.before(diesDuring, () -> {});

        Running again = world.engine().deploy(world.request(DeploymentOptions.DEFAULT), begun());
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(verdict(again).cause()).contains("ann: wrong branch");
        assertThat(aws.created()).isEmpty();
        assertThat(acted(again)).extracting(OperatorActed::who).containsExactly("ann");
    }

    @Test
    void givenUpBeforeThereIsARecordTheRecordTells() {
        List<Running> started = new ArrayList<>();
        aws.before("identity", () -> started.get(0).rollBack("ann", "wrong branch"));
        QueuedExecutor io = new QueuedExecutor();
        try (CanaryEngine engine = world.engine(io)) {
            started.add(engine.deploy(world.request(DeploymentOptions.DEFAULT), begun()));
            io.runAll();
        }
        assertThat(verdict(started.get(0)).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(acted(started.get(0))).extracting(OperatorActed::who).containsExactly("ann");
    }

    @Test
    void askedForWhileNobodyOwnsItItIsNotCreatedFirst() {
        world.killedDuring("targetHealth", false, world.request(DeploymentOptions.DEFAULT), begun());
        RecordSummary record = world.records.find("build-7").orElseThrow();
        world.records
                .requests(record.service(), record.id())
                .add(new OperatorRequests.Request(world.time.now(), "ben", "ROLL_BACK", null, "pager"));

        Running again = world.engine().deploy(world.request(DeploymentOptions.DEFAULT), begun());
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(verdict(again).cause()).contains("ben: pager");
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void norIsOneThatMayHaveBeenCreatedAndWasNot() {
        aws.failNext("createDeployment", FakeAws.failure(AwsFailure.Kind.SERVER, "InternalFailure"));
        Running running = world.engine().deploy(world.request(DeploymentOptions.DEFAULT), begun());
        running.rollBack("ann", "wrong branch");
        world.advance(150);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(verdict(running).cause()).contains("ann: wrong branch");
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void theTaskBeforeTrafficIsStoppedByWhoeverGoesOn() {
        Running first = migrate();
        first.rollBack("ann", "wrong branch");
        first.leave();
        Running again = migrate();
        world.advance(6);
        assertThat(aws.stoppedRuns().get("task-1")).contains("given up by ann: wrong branch");
        aws.taskEnds("task-1", 0, aws.stoppedRuns().get("task-1"));
        world.advance(11);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void soItIsWhereAnotherTerminalAskedTheOneThatDied() {
        Running owner = migrate();
        world.engine().watch(owner.view().id()).rollBack("ben", "pager");
        world.advance(3);
        assertThat(acted(owner)).extracting(OperatorActed::who).containsExactly("ben");
        assertThat(aws.stoppedRuns()).as("died before it did anything about it").isEmpty();
        owner.leave();

        Running again = migrate();
        aws.taskEnds("task-1", 0, "exited");
        world.advance(11);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(verdict(again).cause()).contains("ben: pager");
        assertThat(aws.created()).isEmpty();
        assertThat(acted(again)).hasSize(1);
    }

    private Running migrate() {
        return world.engine().deploy(world.request(DeploymentOptions.DEFAULT.withBeforeTraffic(MIGRATE)));
    }

    private static StartOptions begun() {
        return new StartOptions("build-7", false, other -> {});
    }

    private List<OperatorActed> acted(Running running) {
        return world.records.timeline(running.view().id()).stream()
                .filter(entry -> entry.event() instanceof OperatorActed)
                .map(entry -> (OperatorActed) entry.event())
                .toList();
    }
}
