package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.properties;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeSetTest {

    private static final String GROUP = "'Vpc': {'Type': 'AWS::EC2::VPC', 'Properties': {'CidrBlock': '10.0.0.0/16'}},"
            + " 'Group': {'Type': 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Properties': {'Port': 80,"
            + " 'Protocol': 'HTTP', 'TargetType': 'ip', 'VpcId': {'Ref': 'Vpc'}}}";

    @TempDir
    Path directory;

    private StackFixture aws;

    @BeforeEach
    void start() {
        aws = new StackFixture(directory);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private String changeSet(JsonNode template, String name, String type) {
        Map<String, Object> request = new HashMap<>(Map.of(
                "StackName", STACK,
                "ChangeSetName", name,
                "ChangeSetType", type,
                "Capabilities", List.of("CAPABILITY_IAM"),
                "TemplateBody", template.toString()));
        return aws.call("CreateChangeSet", request).path("Id").asText();
    }

    private JsonNode described(String name) {
        return aws.call("DescribeChangeSet", Map.of("StackName", STACK, "ChangeSetName", name));
    }

    private void execute(String name) {
        aws.call("ExecuteChangeSet", Map.of("StackName", STACK, "ChangeSetName", name, "DisableRollback", false));
    }

    @Test
    void createsAStackThatIsUnderReviewUntilItIsExecuted() {
        String id = changeSet(template(GROUP), "one", "CREATE");
        assertThat(id).startsWith("arn:aws:cloudformation:eu-central-1:123456789012:changeSet/one/");
        assertThat(aws.status()).isEqualTo("REVIEW_IN_PROGRESS");
        JsonNode set = described("one");
        assertThat(set.path("Status").asText()).isEqualTo("CREATE_COMPLETE");
        assertThat(set.path("ExecutionStatus").asText()).isEqualTo("AVAILABLE");
        assertThat(set.path("Changes").findValuesAsText("Action")).containsExactly("Add", "Add");
        execute("one");
        aws.until("CREATE_COMPLETE");
        assertThat(aws.stack().path("ChangeSetId").asText()).isEqualTo(id);
        assertThat(described("one").path("ExecutionStatus").asText()).isEqualTo("EXECUTE_COMPLETE");
        aws.refused("InvalidChangeSetStatus", "cannot be executed", () -> execute("one"));
    }

    @Test
    void saysWhatAnUpdateWouldDo() {
        ObjectNode template = template(GROUP);
        aws.create(template);
        aws.until("CREATE_COMPLETE");
        properties(template, "Vpc").put("CidrBlock", "10.1.0.0/16");
        properties(template, "Group").put("HealthCheckPath", "/health");
        changeSet(template, "two", "UPDATE");
        JsonNode changes = described("two").path("Changes");
        JsonNode vpc = changes.at("/0/ResourceChange");
        assertThat(vpc.path("Action").asText()).isEqualTo("Modify");
        assertThat(vpc.path("Replacement").asText()).isEqualTo("True");
        assertThat(vpc.path("PhysicalResourceId").asText()).isEqualTo(aws.physicalId("Vpc"));
        assertThat(vpc.at("/Details/0/Target/Name").asText()).isEqualTo("CidrBlock");
        assertThat(vpc.at("/Details/0/Target/RequiresRecreation").asText()).isEqualTo("Always");
        JsonNode group = changes.at("/1/ResourceChange");
        assertThat(group.path("Replacement").asText())
                .as("its VPC will be another")
                .isEqualTo("Conditional");
        assertThat(group.path("Details").findValuesAsText("Evaluation")).containsExactly("Static", "Dynamic");
        execute("two");
        aws.until("UPDATE_COMPLETE");
        assertThat(aws.resources()).containsOnlyKeys("Vpc", "Group");
    }

    @Test
    void oneWithoutChangesHasFailed() {
        ObjectNode template = template(GROUP);
        aws.create(template);
        aws.until("CREATE_COMPLETE");
        changeSet(template, "none", "UPDATE");
        JsonNode set = described("none");
        assertThat(set.path("Status").asText()).isEqualTo("FAILED");
        assertThat(set.path("StatusReason").asText())
                .isEqualTo(
                        "The submitted information didn't contain changes. Submit different information to create a change"
                                + " set.");
        aws.refused(
                "InvalidChangeSetStatus",
                "cannot be executed in its current status of [FAILED]",
                () -> execute("none"));
        JsonNode listed = aws.call("ListChangeSets", Map.of("StackName", STACK)).path("Summaries");
        assertThat(listed.findValuesAsText("ChangeSetName")).containsExactly("none");
        aws.call("DeleteChangeSet", Map.of("StackName", STACK, "ChangeSetName", "none"));
        aws.refused("ChangeSetNotFound", "ChangeSet [none] does not exist", () -> described("none"));
    }

    @Test
    void whatIsToBeUpdatedMustBeThereAndWhatIsToBeCreatedNot() {
        aws.refused(
                "ValidationError", "Stack [web-stack] does not exist", () -> changeSet(template(GROUP), "a", "UPDATE"));
        aws.create(template(GROUP));
        aws.refused(
                "AlreadyExistsException",
                "Stack [web-stack] already exists",
                () -> changeSet(template(GROUP), "a", "CREATE"));
    }

    /** The CDK's command line sends both with everything. */
    @Test
    void standardModeAndNestedStacksThatAreNotThereChangeNothing() {
        Map<String, Object> asCdkDoes = Map.of(
                "StackName",
                STACK,
                "ChangeSetName",
                "cdk",
                "ChangeSetType",
                "CREATE",
                "IncludeNestedStacks",
                true,
                "ImportExistingResources",
                false,
                "DeploymentConfig",
                Map.of("Mode", "STANDARD"),
                "TemplateBody",
                template(GROUP).toString());
        aws.call("CreateChangeSet", asCdkDoes);
        assertThat(aws.call("GetTemplate", Map.of("StackName", STACK))
                        .path("TemplateBody")
                        .asText())
                .as("while it is under review it has none")
                .isEmpty();
        aws.refused(
                "ValidationError",
                "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.",
                () -> aws.call("GetTemplateSummary", Map.of("StackName", STACK)));
        execute("cdk");
        aws.until("CREATE_COMPLETE");
        for (Map<String, ?> config : List.of(Map.of("Mode", "EXPRESS"), Map.of("DisableRollback", true))) {
            Map<String, Object> express = new HashMap<>(asCdkDoes);
            express.putAll(Map.of("ChangeSetName", "express", "ChangeSetType", "UPDATE", "DeploymentConfig", config));
            aws.refused(
                    "NotImplementedByLocalAws",
                    "DeploymentConfig." + config.keySet().iterator().next(),
                    () -> aws.call("CreateChangeSet", express));
        }
        aws.refused(
                "NotImplementedByLocalAws",
                "DeploymentConfig.Mode",
                () -> aws.call(
                        "DeleteStack", Map.of("StackName", STACK, "DeploymentConfig", Map.of("Mode", "EXPRESS"))));
        aws.call("DeleteStack", Map.of("StackName", STACK, "DeploymentConfig", Map.of("Mode", "STANDARD")));
    }

    @Test
    void oneThatIsRefusedLeavesNoStack() {
        ObjectNode template = template(GROUP);
        properties(template, "Group").put("Colour", "blue");
        aws.refused(
                "ValidationError",
                "Properties validation failed for resource Group with message: #: extraneous key [Colour] is not permitted",
                () -> changeSet(template, "a", "CREATE"));
        aws.refused("ValidationError", "Stack with id web-stack does not exist", aws::stack);
    }
}
