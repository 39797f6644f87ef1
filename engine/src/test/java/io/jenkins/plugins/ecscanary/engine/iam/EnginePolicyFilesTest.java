package io.jenkins.plugins.ecscanary.engine.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The infrastructure's deployer role is compared with these files, which hold what is printed here. To write them anew:
 * {@code mvn -pl engine test -Dtest=EnginePolicyFilesTest -Dsnapshot.update=true}.
 */
class EnginePolicyFilesTest {

    private static final Path DIRECTORY = Path.of("..", "infra-cdk", "src", "test", "resources");

    private static final EnumSet<Feature> USUAL = EnumSet.of(
            Feature.DEPLOY,
            Feature.REDEPLOY,
            Feature.WATCH,
            Feature.ROLL_BACK,
            Feature.PROMOTE,
            Feature.INSPECT,
            Feature.IMAGE_CHECKS,
            Feature.OVERRIDE_ALARMS);

    private static final Scope REFERENCE = new Scope(
            "eu-central-1",
            "123456789012",
            "reference",
            "web",
            new CodeDeployGroup("web", "web", null),
            """
            {"family":"web","executionRoleArn":"arn:aws:iam::123456789012:role/AccessExecutionRole",
            "taskRoleArn":"arn:aws:iam::123456789012:role/AccessTaskRole",
            "containerDefinitions":[{"name":"app","logConfiguration":{"logDriver":"awslogs",
            "options":{"awslogs-group":"/ecs/web"}}}]}""",
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/reference/web",
            null);

    @Test
    void theUsualFeatures() throws IOException {
        check("deployer-policy.json", USUAL);
    }

    @Test
    void withFurtherFeatures() throws IOException {
        EnumSet<Feature> features = EnumSet.copyOf(USUAL);
        features.addAll(Set.of(Feature.BEFORE_TRAFFIC, Feature.RETENTION, Feature.TASK_LOGS));
        check("deployer-policy-features.json", features);
    }

    private static void check(String name, Set<Feature> features) throws IOException {
        Path file = DIRECTORY.resolve(name);
        String policy = Policy.json(features, REFERENCE) + "\n";
        if (Boolean.getBoolean("snapshot.update")) {
            Files.writeString(file, policy);
        }
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(policy)).isEqualTo(json.readTree(file.toFile()));
    }
}
