package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Intending;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskRunEnded;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskRunStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A task that has to succeed before anything is deployed, as a real process with a real log. */
@Tag("e2e")
@Timeout(300)
@ExtendWith(World.Resolver.class)
class BeforeTrafficTest {

    private final World world;
    private Path state;
    private List<String> before;

    BeforeTrafficTest(World world) {
        this.world = world;
    }

    @BeforeEach
    void look() {
        state = world.freshState();
        before = world.deployments();
    }

    @Test
    void itsFailureIsRefusedAndNothingIsDeployed() throws Exception {
        try (Migration migration = Migration.prepare();
                CliRun deploy = deploy(migration, "2")) {
            migration.awaitStart();
            migration.end(3);
            assertThat(deploy.exitCode()).as(deploy.err()).isEqualTo(5);
            requireEnded(deploy, 3, "column exists already");
            assertThat(deploy.events(Ended.class)).singleElement().satisfies(ended -> {
                assertThat(ended.verdict().outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(ended.verdict().cause()).contains("failed with exit code 3", "column exists already");
            });
            assertThat(deploy.events(Started.class)).isEmpty();
        }
        assertThat(world.deployments()).isEqualTo(before);
        world.requireCleanWeights();
    }

    /** Its controller is killed while it runs: the same deploy again finds it, runs no second one and deploys. */
    @Test
    void aTaskWhoseControllerWasKilledIsFoundAgain() throws Exception {
        try (Migration migration = Migration.prepare()) {
            String task;
            try (CliRun killed = deploy(migration, "3")) {
                task = killed.await(TaskRunStarted.class).task();
                migration.awaitStart();
                killed.kill();
            }
            try (CliRun again = deploy(migration, "3")) {
                migration.end(0);
                again.await(Started.class);
                requireEnded(again, 0, "3 migrations applied");
                assertThat(again.exitCode()).as(again.err()).isZero();
                assertThat(again.events(TaskRunStarted.class))
                        .extracting(TaskRunStarted::task)
                        .containsOnly(task);
                assertThat(again.events(Intending.class))
                        .extracting(Intending::action)
                        .containsOnlyOnce("RunTask")
                        .containsOnlyOnce("CreateDeployment");
            }
        }
        assertThat(world.deployments()).hasSize(before.size() + 1);
        world.requireCleanWeights();
    }

    private CliRun deploy(Migration migration, String tag) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("deploy", "--image", ":" + tag, "--deployment-config", "CodeDeployDefault.ECSAllAtOnce"));
        arguments.addAll(List.of("--task-definition-template", template().toString()));
        arguments.addAll(migration.options());
        return CliRun.inWorld(world, state, arguments.toArray(String[]::new));
    }

    /** A command given to a task comes after the entry point, so that has to be one that can run others, too. */
    private Path template() throws IOException {
        String text = Files.readString(world.local().directory().resolve("taskdef.json.tpl"));
        String image = "\"image\": \"${IMAGE}\",";
        assertThat(text).contains(image);
        return Files.writeString(
                Files.createDirectories(state).resolve("taskdef.json.tpl"),
                text.replace(image, image + "\"entryPoint\": [\"java\"], \"command\": [\"-jar\", \"app.jar\"],"));
    }

    private static void requireEnded(CliRun deploy, int exitCode, String last) {
        assertThat(deploy.events(TaskRunEnded.class)).singleElement().satisfies(ended -> {
            assertThat(ended.exitCode()).isEqualTo(exitCode);
            assertThat(ended.container()).isEqualTo("app");
            assertThat(ended.lines()).containsExactly("migrating", last);
        });
    }
}
