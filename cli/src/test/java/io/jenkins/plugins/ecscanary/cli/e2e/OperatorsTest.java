package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TrafficShifted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promoting and rolling back from another terminal than the one that deploys. The group waits ten hours before it ends the
 * original: longer than any of these tests runs, however fast the clock.
 */
@Tag("e2e")
@Timeout(300)
class OperatorsTest {

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(600);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void promotedFromAnotherTerminalItCompletesAtOnceAndTheTimelineTellsWhoItWas() throws Exception {
        Path state = world.freshState();
        try (CliRun deploy = CliRun.inWorld(world, state, "deploy", "--image", ":2", "--timeout", "20h")) {
            String deployment = deploy.await(Started.class).deploymentId();
            try (CliRun early = CliRun.inWorld(world, state, "promote")) {
                assertThat(early.exitCode()).isEqualTo(1);
                assertThat(early.err()).contains("nothing to promote: " + deployment + " is InProgress");
            }
            awaitAllShifted(deploy);

            try (CliRun promote = CliRun.inWorld(world, state, "promote", deployment, "--by", "ben", "--note", "ok")) {
                assertThat(promote.exitCode()).as(promote.err()).isZero();
            }
            assertThat(deploy.exitCode()).as(deploy.err()).isZero();
            assertThat(deploy.events(OperatorActed.class)).singleElement().satisfies(act -> {
                assertThat(act.who()).isEqualTo("ben");
                assertThat(act.waiting()).isEqualTo(Wait.TERMINATION);
            });
            assertThat(world.status(deployment)).isEqualTo("Succeeded");
        }
        world.requireCleanWeights();
    }

    @Test
    void rolledBackFromAnotherTerminalDuringTheTerminationWait() throws Exception {
        Path state = world.freshState();
        try (CliRun deploy = atOnce(state, "--image", ":3", "--timeout", "20h")) {
            awaitAllShifted(deploy);
            try (CliRun rollback = CliRun.inWorld(world, state, "rollback", "--by", "ben", "--note", "pager")) {
                assertThat(rollback.exitCode()).as(rollback.err()).isZero();
            }
            assertThat(deploy.exitCode()).as(deploy.err()).isEqualTo(3);
            assertThat(deploy.events(Ended.class)).singleElement().satisfies(ended -> {
                assertThat(ended.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
                assertThat(ended.verdict().cause()).isEqualTo("asked for by ben: pager");
            });
        }
        world.requireCleanWeights();
    }

    @Test
    void shiftedIsAVerdictAndWhatIsLeftCanStillBePromoted() throws Exception {
        Path state = world.freshState();
        String deployment;
        try (CliRun deploy = atOnce(state, "--image", ":4", "--wait-for", "shifted")) {
            deployment = deploy.await(Started.class).deploymentId();
            assertThat(deploy.exitCode()).as(deploy.err()).isZero();
            assertThat(deploy.events(Ended.class)).singleElement().satisfies(ended -> {
                assertThat(ended.verdict().outcome()).isEqualTo(Outcome.PROMOTED);
                assertThat(ended.verdict().provisional()).isTrue();
                assertThat(ended.verdict().replacementWeight()).isEqualTo(100);
            });
            assertThat(deploy.err()).contains("promoted, provisionally (" + deployment + ")");
        }
        assertThat(world.status(deployment)).isEqualTo("InProgress");
        try (CliRun promote = CliRun.inWorld(world, state, "promote", deployment)) {
            assertThat(promote.exitCode()).as(promote.err()).isZero();
        }
        world.awaitStatus(deployment, "Succeeded");
    }

    /** For who is about what comes after the last shift. */
    private static CliRun atOnce(Path state, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("deploy", "--deployment-config", "CodeDeployDefault.ECSAllAtOnce"));
        all.addAll(Arrays.asList(arguments));
        return CliRun.inWorld(world, state, all.toArray(String[]::new));
    }

    private static void awaitAllShifted(CliRun deploy) throws Exception {
        while (deploy.await(TrafficShifted.class).replacement() < 100) {
            // the next one
        }
    }
}
