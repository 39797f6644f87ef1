package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands that look and change nothing, against an AWS that is there. */
@Tag("e2e")
@Timeout(120)
@ExtendWith(World.Resolver.class)
class LooksTest {

    private final World world;
    private int exitCode;

    LooksTest(World world) {
        this.world = world;
    }

    @Test
    void statusWorksWithoutAnyRecord() throws Exception {
        List<String> lines = run("status", "--state", world.freshState().toString());
        assertThat(lines.get(0)).contains("in eu-central-1 (123456789012): ACTIVE, CODE_DEPLOY, 2 tasks wanted");
        assertThat(lines).anyMatch(line -> line.contains("100 %")).anyMatch(line -> line.contains("PRIMARY"));
        assertThat(lines).doesNotContain("record", "links");
        // Whether all is well depends on what ran before; that the two agree does not.
        assertThat(exitCode).isEqualTo(lines.contains("nothing is wrong") ? 0 : 9);
    }

    @Test
    void verifyNamesWhatIsInTheWayAndCreatesNothing() throws Exception {
        String newest = world.newestRevision();
        List<String> lines = run("verify", "--image", ":missing-tag");
        assertThat(exitCode).isEqualTo(5);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("REFUSED image") && line.contains("missing-tag"))
                .anyMatch(line -> line.matches("ok {6}logs +log group /ecs/web exists"))
                .anyMatch(line -> line.matches("ok {6}health-check .*checks /health on the traffic port"))
                .anyMatch(line -> line.matches("ok {6}roles .*"));
        assertThat(world.newestRevision()).isEqualTo(newest);
    }

    @Test
    void diffShowsWhatADeploymentWouldChange() throws Exception {
        List<String> lines = run("diff", "--image", ":2", "--set", "CPU=1024", "--set", "MEMORY=2048");
        assertThat(exitCode).isZero();
        assertThat(lines.get(0)).startsWith("--- web:");
        assertThat(lines).contains("+++ template with reference/web:2", "+  \"cpu\": \"1024\",");
        run("diff", "--image", ":2", "--set", "CPU=1024", "--set", "MEMORY=2048", "--exit-code", "--with", "latest");
        assertThat(exitCode).isEqualTo(10);
    }

    private List<String> run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        try (CliRun run = CliRun.start(
                world.local().directory(), new TreeMap<>(world.local().environment()), all.toArray(String[]::new))) {
            exitCode = run.exitCode();
            return run.text();
        }
    }
}
