package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("e2e")
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(World.Resolver.class)
class SignalsTest {

    private final World world;

    SignalsTest(World world) {
        this.world = world;
    }

    @Test
    void ctrlCRollsBackAndMeanwhileNobodyElseCanDeploy() throws Exception {
        Path state = world.freshState();
        try (CliRun first = CliRun.inWorld(world, state, "deploy", "--image", ":2", "--started-by", "ann@laptop")) {
            String deployment = first.await(Started.class).deploymentId();
            first.awaitShift();

            List<String> before = world.deployments();
            requireRefused(state, deployment);
            requireRefused(world.freshState(), deployment);
            assertThat(world.deployments()).isEqualTo(before);

            first.signal("INT");

            assertThat(first.exitCode()).as(first.err()).isEqualTo(3);
            assertThat(first.err()).contains("asking AWS to roll back").contains("rolled back (" + deployment + ")");
            assertThat(first.events(Ended.class)).singleElement().satisfies(ended -> {
                assertThat(ended.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
                assertThat(ended.verdict().originalWeight()).isEqualTo(100);
            });
        }
        world.requireCleanWeights();
    }

    /** Who, what and since when, whether the other one is known from the records or only from AWS. */
    private void requireRefused(Path state, String deployment) throws Exception {
        try (CliRun second = CliRun.inWorld(world, state, "deploy", "--image", ":3", "--started-by", "bob@laptop")) {
            assertThat(second.exitCode()).isEqualTo(5);
            assertThat(second.err().lines()).as(second.err()).hasSize(1);
            assertThat(second.err()).contains(deployment).contains("since").contains("ann@laptop");
        }
    }

    @Test
    void terminationLeavesTheDeploymentAlone() throws Exception {
        Path state = world.freshState();
        String deployment;
        try (CliRun run = CliRun.inWorld(world, state, "deploy", "--image", ":3")) {
            deployment = run.await(Started.class).deploymentId();
            run.awaitShift();

            run.signal("TERM");

            assertThat(run.exitCode()).isEqualTo(7);
            assertThat(run.err()).contains("nothing was rolled back").contains("ecs-canary watch");
        }
        try (CliRun watch = CliRun.inWorld(world, state, "watch", deployment)) {
            assertThat(watch.exitCode()).as(watch.err()).isZero();
        }
        assertThat(world.status(deployment)).isEqualTo("Succeeded");
        world.requireCleanWeights();
    }
}
