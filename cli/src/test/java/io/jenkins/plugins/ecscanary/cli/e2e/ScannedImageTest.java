package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.cli.scan.Reports;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Checked;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was scanned before it was pushed is what is deployed after it: told by what the registry says of the pushed image. */
@Tag("e2e")
@Timeout(480)
@ExtendWith(World.Resolver.class)
class ScannedImageTest {

    private final World world;

    ScannedImageTest(World world) {
        this.world = world;
    }

    /** The id that whoever builds the image knows, before any registry does. */
    private String imageId(String tag) throws Exception {
        String repository = world.local().resources().repositoryUri();
        String manifest =
                world.aws().imageManifest(repository + ":" + tag).orElseThrow().json();
        return new ObjectMapper().readTree(manifest).at("/config/digest").asText();
    }

    private int scanned(Path state, String report) throws Exception {
        Path file = Files.writeString(Files.createDirectories(state).resolve("report.json"), report);
        return run(state, "scan", "--report", file.toString());
    }

    private int run(Path state, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--state", state.toString()));
        try (CliRun run =
                CliRun.start(world.local().directory(), world.local().environment(), all.toArray(String[]::new))) {
            return run.exitCode();
        }
    }

    private String refusal(Path state, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("deploy", "--image", ":4"));
        all.addAll(Arrays.asList(options));
        List<String> before = world.deployments();
        try (CliRun run = CliRun.inWorld(world, state, all.toArray(String[]::new))) {
            assertThat(run.exitCode()).isEqualTo(5);
            assertThat(world.deployments()).isEqualTo(before);
            return run.events(Ended.class).get(0).verdict().cause();
        }
    }

    @Test
    void nothingIsDeployedButTheScannedImage() throws Exception {
        Path state = world.freshState();
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        assertThat(scanned(state, Reports.clean(now, imageId("3")))).isZero();
        assertThat(refusal(state, "--require-scan")).contains("no scan in " + state, imageId("4"));

        String old = Instant.now()
                .minus(8, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        assertThat(scanned(state, Reports.clean(old, imageId("4")))).isZero();
        assertThat(refusal(state, "--require-scan=7d")).contains("older than 7 days");

        assertThat(scanned(state, Reports.clean(now, imageId("4")))).isZero();
        try (CliRun run = CliRun.inWorld(
                world,
                state,
                "deploy",
                "--image",
                ":4",
                "--require-scan=7d",
                "--deployment-config",
                "CodeDeployDefault.ECSAllAtOnce")) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.events(Ended.class).get(0).verdict().outcome()).isEqualTo(Outcome.PROMOTED);
            assertThat(run.events(Checked.class))
                    .filteredOn(event -> event.check().name().equals("scan"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.check().detail()).contains("passed its scan", imageId("4")));
        }
    }
}
