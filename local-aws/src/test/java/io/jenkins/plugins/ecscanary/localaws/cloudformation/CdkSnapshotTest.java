package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.reference.StackReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
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
        return template("default");
    }

    private static ObjectNode template(String name) throws IOException {
        return (ObjectNode) new ObjectMapper()
                .readTree(SNAPSHOT.resolve(name + ".template.json").toFile());
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
        aws.create(template("ecs"));
        aws.until("ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK)).anyMatch(line -> line.contains("CREATE_FAILED") && line.contains("ECS-native"));
    }

    @Test
    void withAllOptionsItIsCreatedAndDeleted() throws IOException {
        aws.ecs.secretsFrom(valueFrom -> Optional.of("made up"));
        String id = aws.create(template("all-options"));
        aws.until("CREATE_COMPLETE");
        Map<String, String> types = new TreeMap<>();
        aws.call("DescribeStackResources", Map.of("StackName", STACK))
                .path("StackResources")
                .forEach(resource -> types.put(
                        resource.path("ResourceType").asText(),
                        resource.path("PhysicalResourceId").asText()));
        assertThat(types.get("AWS::ApplicationAutoScaling::ScalableTarget"))
                .isEqualTo("service/reference/web|ecs:service:DesiredCount|ecs");
        assertThat(types.get("AWS::ApplicationAutoScaling::ScalingPolicy"))
                .matches("arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:[0-9a-f-]{36}"
                        + ":resource/ecs/service/reference/web:policyName/.+");
        assertThat(types.get("AWS::WAFv2::WebACLAssociation"))
                .matches(
                        "arn:aws:wafv2:.+:regional/webacl/.+\\|arn:aws:elasticloadbalancing:.+:loadbalancer/app/web/.+");
        assertThat(types.get("AWS::Budgets::Budget")).isEqualTo("reference-web");
        assertThat(types).containsKey("AWS::EC2::FlowLog");
        JsonNode listeners = aws.aws.call(
                "elasticloadbalancing",
                "DescribeListeners",
                Map.of("LoadBalancerArn", types.get("AWS::ElasticLoadBalancingV2::LoadBalancer")));
        assertThat(listeners.path("Listeners").findValuesAsText("Protocol")).contains("HTTPS");
        JsonNode group = aws.aws.call(
                "codedeploy", "GetDeploymentGroup", Map.of("applicationName", "web", "deploymentGroupName", "web"));
        assertThat(group.at("/deploymentGroupInfo/triggerConfigurations/0/triggerTargetArn")
                        .asText())
                .contains(":sns:");
        aws.delete();
        aws.until(id, "DELETE_COMPLETE");
    }

    /** Breaks one resource of that type, and lets the stack fail. */
    private String reason(String type, Consumer<ObjectNode> broken) throws IOException {
        ObjectNode template = template();
        for (JsonNode resource : template.path("Resources")) {
            if (resource.path("Type").asText().equals(type)) {
                broken.accept((ObjectNode) resource.get("Properties"));
            }
        }
        aws.create(template, "OnFailure", "DO_NOTHING");
        aws.until("CREATE_FAILED");
        return new StackReference(aws.aws, STACK).reason();
    }

    @Test
    void aWrongHealthPathIsWhyItsStackFails() throws IOException {
        assertThat(reason("AWS::ElasticLoadBalancingV2::TargetGroup", group -> group.put("HealthCheckPath", "/status")))
                .startsWith("Service")
                .contains("is unhealthy in (target-group", "(reason Health checks failed with these codes: [404])");
    }

    @Test
    void aWrongPortInASecurityGroupIsWhyItsStackFails() throws IOException {
        assertThat(reason("AWS::EC2::SecurityGroup", group -> {
                    if (group.at("/SecurityGroupIngress/0/FromPort").asInt() == 3000) {
                        ((ObjectNode) group.at("/SecurityGroupIngress/0"))
                                .put("FromPort", 8080)
                                .put("ToPort", 8080);
                    }
                }))
                .startsWith("Service")
                .contains("is unhealthy in (target-group", "(reason Request timed out)");
    }

    @Test
    void aMissingSecondTargetGroupIsWhyItsStackFails() throws IOException {
        assertThat(reason("AWS::CodeDeploy::DeploymentGroup", group -> ((ArrayNode)
                                group.at("/LoadBalancerInfo/TargetGroupPairInfoList/0/TargetGroups"))
                        .remove(1)))
                .startsWith("CanaryDeployment")
                .contains("a target group pair has two target groups");
    }

    @Test
    void withoutItsSecretsItWaitsForThem() throws IOException {
        aws.create(template("all-options"));
        aws.until(() -> aws.log.stream()
                .anyMatch(line -> line.contains("failed to fetch secret") || line.contains("invalid parameters")));
        assertThat(new StackReference(aws.aws, STACK).waitingFor()).startsWith("Service");
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
