package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Intending;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A controller that dies at the worst moment costs nothing: the deployment is the same and so is its verdict. */
@Tag("e2e")
@Timeout(300)
@ExtendWith(World.Resolver.class)
class KilledControllerTest {

    private final World world;
    private Path state;
    private List<String> before;

    KilledControllerTest(World world) {
        this.world = world;
    }

    @BeforeEach
    void look() {
        state = world.freshState();
        before = world.deployments();
    }

    @Test
    void watchFollowsToTheRightVerdict() throws Exception {
        String deployment = killedInMidShift("2");

        try (CliRun watch = CliRun.inWorld(world, state, "watch")) {
            assertThat(watch.exitCode()).as(watch.err()).isZero();
            assertThat(watch.events(Started.class))
                    .extracting(Started::deploymentId)
                    .containsExactly(deployment);
            assertThat(watch.events(Ended.class)).hasSize(1);
        }
        requireOneNewDeployment();
    }

    @Test
    void deployAgainGoesOnWithTheOneThatRuns() throws Exception {
        String deployment = killedInMidShift("3");

        try (CliRun again = CliRun.inWorld(world, state, "deploy", "--image", ":3")) {
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(again.events(Started.class))
                    .extracting(Started::deploymentId)
                    .containsExactly(deployment);
        }
        requireOneNewDeployment();
    }

    @Test
    void aDeploymentWhoseCreationWasNeverNotedIsFoundByItsToken() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.start(world.local().endpoint(), "CodeDeploy_20141006.CreateDeployment");
                CliRun run = CliRun.inWorld(
                        world,
                        state,
                        "deploy",
                        "--image",
                        ":4",
                        "--endpoint-url",
                        proxy.endpoint().toString())) {
            proxy.awaitAnswer();
            run.kill();
            assertThat(run.events(Started.class)).isEmpty();
        }

        try (CliRun again = CliRun.inWorld(world, state, "deploy", "--image", ":4")) {
            assertThat(again.exitCode()).as(again.err()).isZero();
            Started started = again.events(Started.class).get(0);
            assertThat(started.adopted()).isTrue();
            assertThat(started.deploymentId()).isEqualTo(world.deployments().get(0));
            assertThat(again.events(Intending.class))
                    .extracting(Intending::action)
                    .containsOnlyOnce("CreateDeployment");
        }
        requireOneNewDeployment();
    }

    private String killedInMidShift(String tag) throws Exception {
        try (CliRun run = CliRun.inWorld(world, state, "deploy", "--image", ":" + tag)) {
            String deployment = run.await(Started.class).deploymentId();
            run.awaitShift();
            run.kill();
            return deployment;
        }
    }

    private void requireOneNewDeployment() {
        assertThat(world.deployments()).hasSize(before.size() + 1);
        assertThat(world.status(world.deployments().get(0))).isEqualTo("Succeeded");
        world.requireCleanWeights();
    }
}
