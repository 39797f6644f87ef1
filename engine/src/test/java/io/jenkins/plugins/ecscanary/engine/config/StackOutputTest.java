package io.jenkins.plugins.ecscanary.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The infrastructure's stack has the deploy.config for it as an output; infra-cdk's own test keeps this file the same. */
class StackOutputTest {

    private static final Path SNAPSHOT = Path.of("..", "infra-cdk", "src", "test", "resources", "snapshot");
    private static final Path OUTPUT = SNAPSHOT.resolve("deploy.config");

    @Test
    void isReadAndFillsTheSampleServicesTemplate() throws IOException {
        DeployConfig config = DeployConfig.read(OUTPUT);
        assertThat(config.cluster()).contains("reference");
        assertThat(config.service()).contains("web");
        assertThat(config.codeDeployApplication()).contains("web");
        assertThat(config.imageRepository()).contains("123456789012.dkr.ecr.eu-central-1.amazonaws.com/reference/web");
        Set<String> given = new TreeSet<>(config.templateValues().keySet());
        given.add("IMAGE");
        String template = Files.readString(Path.of("..", "sample-app", "taskdef.json.tpl"));
        assertThat(given)
                .isEqualTo(Pattern.compile("\\$\\{([A-Z_]+)}")
                        .matcher(template)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Of a stack whose service ECS itself deploys; preflight refuses it by its controller, and not for a file it can't read. */
    @Test
    void isReadWithoutCodeDeployToo() throws IOException {
        DeployConfig config = DeployConfig.read(SNAPSHOT.resolve("ecs.deploy.config"));
        assertThat(config.service()).contains("web");
        assertThat(config.codeDeployApplication()).isEmpty();
    }
}
