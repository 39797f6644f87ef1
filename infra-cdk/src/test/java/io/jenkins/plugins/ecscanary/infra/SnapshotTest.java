package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is synthesized, compared with the files in src/test/resources/snapshot line by line. To write them anew, after having
 * read the difference: {@code mvn -pl infra-cdk test -Dtest=SnapshotTest -Dsnapshot.update=true}.
 */
@RequiresNode
class SnapshotTest {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "snapshot");
    /** Of a template that is handed to CloudFormation without a bucket. */
    private static final int MOST_BYTES = 51_200;

    private static final Map<String, String> ECS =
            Map.of("ecsStrategy", "linear:10:6", "pauseAt", "POST_TEST_TRAFFIC_SHIFT,PRE_PRODUCTION_TRAFFIC_SHIFT");

    @Test
    void theDefaultTemplate() throws IOException {
        String template = indented(Synth.defaults());
        assertThat(template.length())
                .as("bytes that CloudFormation takes without a bucket")
                .isLessThan(MOST_BYTES);
        check("default.template.json", template);
    }

    @Test
    void theTemplateWithAllOptions() throws IOException {
        check("all-options.template.json", indented(Synth.of(AllOptions.on())));
    }

    /** Where ECS itself deploys; small enough as well. */
    @Test
    void theTemplateByEcs() throws IOException {
        String template = indented(Synth.of(ECS));
        assertThat(template.length()).isLessThan(MOST_BYTES);
        check("ecs.template.json", template);
    }

    @Test
    void theStackPolicy() throws IOException {
        check("default.stack-policy.json", StackPolicy.of(Synth.stacks(Map.of()).get(0)));
    }

    @Test
    void theDeployConfig() throws IOException {
        Resources stack = Synth.defaults();
        check("deploy.config", Evaluated.in(stack).text(stack.template().at("/Outputs/DeployConfig/Value")));
    }

    @Test
    void theDeployConfigByEcs() throws IOException {
        Resources stack = Synth.of(ECS);
        check("ecs.deploy.config", Evaluated.in(stack).text(stack.template().at("/Outputs/DeployConfig/Value")));
    }

    private static void check(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (Boolean.getBoolean("snapshot.update")) {
            Files.writeString(file, actual);
        }
        Path written = Files.createDirectories(Path.of("target", "snapshot")).resolve(name);
        Files.writeString(written, actual);
        assertThat(written).as(name + ", if meant to be so: see SnapshotTest").hasSameTextualContentAs(file);
    }

    private static String indented(Resources stack) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withArrayIndenter(new DefaultIndenter(" ", "\n"))
                .withObjectIndenter(new DefaultIndenter(" ", "\n"));
        return new ObjectMapper().writer(printer).writeValueAsString(stack.template()) + "\n";
    }
}
