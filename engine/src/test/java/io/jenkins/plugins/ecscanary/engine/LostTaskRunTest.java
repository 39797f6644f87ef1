package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task before traffic that was about to be run when its process died. */
class LostTaskRunTest {

    private static final OneOffTask MIGRATE = new OneOffTask(null, List.of("migrate"), Duration.ofMinutes(10));

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;
    private DeploymentRequest migrating;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
        migrating = world.request(DeploymentOptions.DEFAULT.withBeforeTraffic(MIGRATE), Duration.ofHours(48));
    }

    @ParameterizedTest
    @CsvSource({"true, 25h", "false, 25h", "true, 61m", "false, 61m"})
    void whereEcsMayHaveForgottenItItIsNotRunAgain(boolean ran, String later) {
        killedInRunTask(ran);
        if (ran) {
            aws.taskEnds("task-1", 0, "exited").forgetTask("task-1");
        }
        world.time.advance(Duration.parse("PT" + later));

        Running again = world.engine().deploy(migrating);
        world.advance(130);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict(again).cause())
                .startsWith(
                        "whether the task before traffic was run is not known: it was about to be at 2026-11-23T18:3")
                .endsWith("nothing was deployed");
        assertThat(aws.count("runTask")).isEqualTo(1);
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void whereEcsWouldKnowItItIsRun() {
        killedInRunTask(false);
        world.time.advance(Duration.ofMinutes(50));
        Running again = world.engine().deploy(migrating);
        world.advance(130);
        assertThat(aws.ranTasks()).containsOnlyKeys("task-1");
        aws.taskEnds("task-1", 0, "exited");
        world.advance(11);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void oneThatRunsIsFoundHoweverLongAgoItWasRun() {
        killedInRunTask(true);
        world.time.advance(Duration.ofHours(25));
        Running again = world.engine().deploy(migrating);
        aws.taskEnds("task-1", 0, "exited");
        world.advance(11);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.count("runTask")).isEqualTo(1);
    }

    @Test
    void whoOnlyWatchesDoesNotSayThatItNeverRan() {
        Running dead = killedInRunTask(true);
        aws.taskEnds("task-1", 0, "exited").forgetTask("task-1");
        world.time.advance(Duration.ofHours(2));
        Running watched = world.engine().watch(dead.view().id());
        world.advance(130);
        assertThat(verdict(watched).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void whileItMayAppearAnotherDeploymentDoesNotBegin() {
        killedInRunTask(true);
        aws.hideTasks(true);
        Running other = world.deploy();
        assertThat(verdict(other).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(other).cause()).contains("its task before traffic still runs");

        world.time.advance(Duration.ofMinutes(3));
        aws.taskEnds("task-1", 0, "exited").hideTasks(false);
        assertThat(world.deploy().view().deploymentId()).isEqualTo(ID);
    }

    private Running killedInRunTask(boolean ran) {
        return world.killedDuring("runTask", ran, migrating, StartOptions.DEFAULT);
    }
}
