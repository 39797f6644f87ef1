package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GateOpened;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GatePassed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What AWS waits for before traffic shifts: someone who promotes, and an AppSpec's function. */
@Tag("e2e")
@Timeout(300)
@ExtendWith(World.Resolver.class)
class GatesAndHooksTest {

    private final World world;
    private Path state;

    GatesAndHooksTest(World world) {
        this.world = world;
    }

    @BeforeEach
    void look() {
        state = world.freshState();
    }

    @Test
    void theGateIsPassedFromAnotherTerminalAndThenTheFunctionLetsItPass() throws Exception {
        world.function().reports("Succeeded");
        // Longer than this runs, however fast the clock.
        try (AutoCloseable restored = world.withReadyWait(2000);
                CliRun deploy = deploy("2", "BeforeAllowTraffic", "--timeout", "40h")) {
            assertThat(restored).isNotNull();
            String deployment = deploy.await(Started.class).deploymentId();
            assertThat(deploy.await(GateOpened.class).name()).isEqualTo("ready");
            world.requireCleanWeights();
            assertThat(world.function().payloads()).isEmpty();

            try (CliRun promote = CliRun.inWorld(world, state, "promote", "--by", "ben", "--note", "looks fine")) {
                assertThat(promote.exitCode()).as(promote.err()).isZero();
            }
            assertThat(deploy.exitCode()).as(deploy.err()).isZero();
            assertThat(deploy.events(GatePassed.class))
                    .extracting(GatePassed::who, GatePassed::note)
                    .containsExactly(tuple("ben", "looks fine"));
            assertThat(world.function().payloads()).singleElement().satisfies(payload -> assertThat(payload)
                    .contains(deployment));
        }
        world.requireCleanWeights();
    }

    @Test
    void aFunctionThatReportsAFailureRollsBack() throws Exception {
        world.function().reports("Failed");
        try (CliRun deploy = deploy("3", "AfterInstall")) {
            String deployment = deploy.await(Started.class).deploymentId();
            assertThat(deploy.exitCode()).as(deploy.err()).isEqualTo(3);
            assertThat(deploy.events(Ended.class)).singleElement().satisfies(ended -> {
                assertThat(ended.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
                assertThat(ended.verdict().cause()).contains(FunctionServer.NAME, "AfterInstall");
            });
            assertThat(world.function().payloads()).singleElement().satisfies(payload -> assertThat(payload)
                    .contains(deployment));
        }
        world.requireCleanWeights();
    }

    private CliRun deploy(String tag, String hook, String... more) throws Exception {
        Path appSpec = Files.writeString(
                Files.createDirectories(state).resolve("appspec.json"),
                """
                {"version": 0.0,
                 "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": {
                   "TaskDefinition": "<TASK_DEFINITION>",
                   "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 3000}}}}],
                 "Hooks": [{"%s": "%s"}]}
                """
                        .formatted(hook, FunctionServer.NAME));
        List<String> arguments =
                new ArrayList<>(List.of("deploy", "--image", ":" + tag, "--appspec", appSpec.toString()));
        arguments.addAll(List.of("--deployment-config", "CodeDeployDefault.ECSAllAtOnce"));
        arguments.addAll(List.of(more));
        return CliRun.inWorld(world, state, arguments.toArray(String[]::new));
    }
}
