package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The infrastructure that users get: what infra-cdk synthesizes, as it is. */
class CdkSnapshotTest {

    private static final Path SNAPSHOT = Path.of("../infra-cdk/src/test/resources/snapshot");
    private static final Path TEMPLATE = SNAPSHOT.resolve("default.template.json");

    @TempDir
    Path directory;

    private StackFixture aws;

    @BeforeEach
    void start() {
        assumeTrue(Files.isRegularFile(TEMPLATE), "infra-cdk is not beside this module: its template is left out");
        aws = new StackFixture(directory);
    }

    @AfterEach
    void stop() {
        if (aws != null) {
            aws.close();
        }
    }

    private static ObjectNode template() throws IOException {
        return template(TEMPLATE);
    }

    private static ObjectNode template(Path file) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void isCreatedAndDeleted() throws IOException {
        String id = aws.create(template());
        aws.until("CREATE_COMPLETE");
        String config = "";
        for (JsonNode output : aws.stack().path("Outputs")) {
            config = output.path("OutputKey").asText().equals("DeployConfig")
                    ? output.path("OutputValue").asText()
                    : config;
        }
        assertThat(config).contains("CLUSTER=reference\n", "SERVICE=web\n", "CODEDEPLOY_GROUP=web\n");
        aws.delete();
        aws.until(id, "DELETE_COMPLETE");
        assertThat(aws.aws.call("ecs", "ListClusters", Map.of()).path("clusterArns"))
                .isEmpty();
    }

    /** As docs/infrastructure.md says: ECS's own strategies have no behaviour here. */
    @Test
    void aServiceThatEcsItselfDeploysIsRefusedByName() throws IOException {
        aws.create(template(SNAPSHOT.resolve("ecs.template.json")));
        aws.until("ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .anyMatch(
                        line -> line.contains("CREATE_FAILED") && line.contains("loadBalancers.advancedConfiguration"));
    }

    @Test
    void itsStackPolicyRefusesWhatCodeDeployHasInHand() throws IOException {
        ObjectNode template = template();
        aws.create(template, "StackPolicyBody", Files.readString(SNAPSHOT.resolve("default.stack-policy.json")));
        aws.until("CREATE_COMPLETE");
        for (JsonNode resource : template.path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::ElasticLoadBalancingV2::Listener")) {
                ((ObjectNode) resource.get("Properties"))
                        .put("Port", resource.at("/Properties/Port").asInt() + 1);
            }
        }
        aws.update(template);
        aws.until("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .anyMatch(line -> line.contains("UPDATE_FAILED: Action denied by stack policy")
                        && line.contains("[LogicalResourceId/Ingress"));
    }
}
