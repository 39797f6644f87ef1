package io.jenkins.plugins.ecscanary.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong input is one clear message with its exit code, and nothing is created. */
@Tag("e2e")
@Timeout(120)
@ExtendWith(World.Resolver.class)
class WrongInputTest {

    private static final String NO_DIGEST = "@sha256:" + "0".repeat(64);

    private final World world;
    private final Map<String, String> environment;
    private List<String> deployments;
    private String revision;

    WrongInputTest(World world) {
        this.world = world;
        this.environment = new TreeMap<>(world.local().environment());
    }

    @BeforeEach
    void look() {
        deployments = world.deployments();
        revision = world.newestRevision();
    }

    @AfterEach
    void nothingWasCreated() {
        assertThat(world.deployments()).isEqualTo(deployments);
        assertThat(world.newestRevision()).isEqualTo(revision);
        world.requireCleanWeights();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--image :2 --cluster nowhere | nowhere",
                "--image :2 --service nothing | nothing",
                "--image :2 --application nothing | nothing",
                "--image :2 --group nothing | nothing",
                "--image :2 --region eu-west-1 | eu-west-1",
                "--image :2 --alarm missing-alarm | missing-alarm",
                "--image :2 --deployment-config CodeDeployDefault.None | CodeDeployDefault.None",
                "--image :2 --container sidecar | sidecar",
                "--image :missing-tag | missing-tag",
                "--task-definition web:999 | web:999",
            })
    void isRefusedByName(String arguments, String named) {
        requireOneMessage(5, named, arguments.split(" "));
    }

    @Test
    void aDigestThatDoesNotExist() {
        requireOneMessage(5, NO_DIGEST, "--image", NO_DIGEST);
    }

    @Test
    void anUnreachableEndpoint() {
        requireOneMessage(5, "http://127.0.0.1:1", "--image", ":2", "--endpoint-url", "http://127.0.0.1:1");
    }

    @Test
    void anAlarmThatIsRedAlready() throws Exception {
        world.makeRedAlarm("always-red");

        requireOneMessage(5, "always-red", "--image", ":2", "--alarm", "always-red");
    }

    @Test
    void aPlaceholderWithoutAValue() throws Exception {
        Path directory = world.local().directory();
        String template = Files.readString(directory.resolve("taskdef.json.tpl"));
        Files.writeString(directory.resolve("broken.json.tpl"), template.replace("${CPU}", "${CPUS}"));

        requireOneMessageOfAProcess(
                2,
                "broken.json.tpl:5:11: no value for ${CPUS}; did you mean CPU?",
                "--image",
                ":2",
                "--task-definition-template",
                "broken.json.tpl");
    }

    @Test
    void aWrongKey() throws Exception {
        environment.put("AWS_SECRET_ACCESS_KEY", "wrong");
        requireOneMessageOfAProcess(5, "SignatureDoesNotMatch", "--image", ":2");
    }

    @Test
    void noKeys() throws Exception {
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.remove("AWS_SECRET_ACCESS_KEY");
        requireOneMessageOfAProcess(5, "no keys to call AWS with", "--image", ":2");
    }

    private void requireOneMessage(int exitCode, String named, String... arguments) {
        CliHere run = CliHere.run(world.local().directory(), environment, deploy(arguments));
        isOneMessage(exitCode, named, run.exitCode(), run.err());
    }

    /** The same in a process of its own, whose environment is where the keys come from. */
    private void requireOneMessageOfAProcess(int exitCode, String named, String... arguments) throws Exception {
        try (CliRun run = CliRun.start(world.local().directory(), environment, deploy(arguments))) {
            int actual = run.exitCode();
            isOneMessage(exitCode, named, actual, run.err());
        }
    }

    private String[] deploy(String... arguments) {
        List<String> all = new ArrayList<>(List.of("deploy"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--state", world.freshState().toString(), "--speed", "60", "--no-page"));
        return all.toArray(String[]::new);
    }

    private static void isOneMessage(int exitCode, String named, int actual, String err) {
        assertThat(actual).as(err).isEqualTo(exitCode);
        assertThat(err).startsWith("ecs-canary: ").contains(named).doesNotContain("\tat ");
        assertThat(err.lines().filter(line -> line.startsWith("ecs-canary: "))).hasSize(1);
    }
}
