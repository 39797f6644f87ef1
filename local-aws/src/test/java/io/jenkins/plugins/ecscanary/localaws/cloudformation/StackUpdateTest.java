package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.properties;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an update changes, replaces, adds and takes away, and what becomes of one that fails. */
class StackUpdateTest {

    private static final String LOGS = "'Logs': {'Type': 'AWS::Logs::LogGroup', 'Properties': {'RetentionInDays': 7}}";
    private static final String VPC = "'Vpc': {'Type': 'AWS::EC2::VPC', 'Properties': {'CidrBlock': '10.0.0.0/16'}}";
    private static final String GROUP = "'Group': {'Type': 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Properties': {"
            + "'Port': '80', 'Protocol': 'HTTP', 'TargetType': 'ip', 'VpcId': {'Ref': 'Vpc'}}}";
    private static final String BALANCER = "'Balancer': {'Type': 'AWS::ElasticLoadBalancingV2::LoadBalancer',"
            + " 'Properties': {'Subnets': ['subnet-1', 'subnet-2']}}";
    private static final String LISTENER =
            "'Listener': {'Type': 'AWS::ElasticLoadBalancingV2::Listener', 'Properties': {"
                    + "'Port': 80, 'Protocol': 'HTTP', 'LoadBalancerArn': {'Ref': 'Balancer'},"
                    + " 'DefaultActions': [{'Type': 'forward', 'TargetGroupArn': {'Ref': 'Group'}}]}}";

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

    private ObjectNode created(String... resources) {
        ObjectNode template = template(String.join(", ", resources));
        aws.create(template);
        aws.until("CREATE_COMPLETE");
        return template;
    }

    @Test
    void changesWhatCanBeChanged() {
        ObjectNode template = created(LOGS);
        String name = aws.physicalId("Logs");
        properties(template, "Logs").put("RetentionInDays", 30);
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        assertThat(aws.physicalId("Logs")).isEqualTo(name);
        assertThat(aws.aws
                        .call("logs", "DescribeLogGroups", Map.of())
                        .at("/logGroups/0/retentionInDays")
                        .asInt())
                .isEqualTo(30);
        assertThat(aws.told(STACK))
                .endsWith(
                        STACK + " UPDATE_IN_PROGRESS: User Initiated",
                        "Logs UPDATE_IN_PROGRESS",
                        "Logs UPDATE_COMPLETE",
                        STACK + " UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                        STACK + " UPDATE_COMPLETE");
    }

    @Test
    void replacesWhatCanNotAndDeletesTheOldOneInTheEnd() {
        ObjectNode template = created(VPC, GROUP, BALANCER, LISTENER);
        String old = aws.physicalId("Group");
        properties(template, "Group").put("Port", "3000");
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        String group = aws.physicalId("Group");
        assertThat(group).isNotEqualTo(old);
        JsonNode groups = aws.aws.call("elasticloadbalancing", "DescribeTargetGroups", Map.of());
        assertThat(groups.findValuesAsText("TargetGroupArn")).containsExactly(group);
        JsonNode listeners = aws.aws.call(
                "elasticloadbalancing",
                "DescribeListeners",
                Map.of("ListenerArns", List.of(aws.physicalId("Listener"))));
        assertThat(listeners.at("/Listeners/0/DefaultActions/0/TargetGroupArn").asText())
                .isEqualTo(group);
        List<String> told = aws.told(STACK);
        assertThat(told)
                .contains("Group UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource;"
                        + " hence creating one.");
        assertThat(told.indexOf("Group DELETE_COMPLETE"))
                .isGreaterThan(told.indexOf(STACK + " UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"));
    }

    @Test
    void whatHasAGivenNameIsNotReplaced() {
        ObjectNode template = template(VPC + ", " + GROUP);
        properties(template, "Group").put("Name", "web");
        aws.create(template);
        aws.until("CREATE_COMPLETE");
        properties(template, "Group").put("Port", "3000");
        aws.update(template);
        aws.until("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .contains(
                        "Group UPDATE_FAILED: CloudFormation cannot update a stack when a custom-named resource requires"
                                + " replacing. Rename web and update the stack again.");
    }

    @Test
    void addsAndTakesAway() {
        ObjectNode template = created(VPC, GROUP);
        ((ObjectNode) template.get("Resources")).remove("Group");
        ((ObjectNode) template.get("Resources")).set("Logs", template(LOGS).at("/Resources/Logs"));
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        assertThat(aws.resources()).containsOnlyKeys("Vpc", "Logs");
        assertThat(aws.aws
                        .call("elasticloadbalancing", "DescribeTargetGroups", Map.of())
                        .path("TargetGroups"))
                .isEmpty();
    }

    @Test
    void whatIsToBeRetainedIsForgottenOnly() {
        ObjectNode template = created(VPC, LOGS);
        ((ObjectNode) template.at("/Resources/Logs")).put("DeletionPolicy", "Retain");
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        ((ObjectNode) template.get("Resources")).remove("Logs");
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        assertThat(aws.told(STACK)).contains("Logs DELETE_SKIPPED");
        assertThat(aws.aws.call("logs", "DescribeLogGroups", Map.of()).path("logGroups"))
                .hasSize(1);
    }

    @Test
    void aFailedUpdateIsTakenBack() {
        ObjectNode template = created(VPC, GROUP, BALANCER, LISTENER, LOGS);
        String group = aws.physicalId("Group");
        properties(template, "Logs").put("RetentionInDays", 30);
        properties(template, "Group").put("Port", "3000");
        // After the group, which it needs: by then that has been replaced.
        properties(template, "Listener").put("Port", 70_000);
        ((ObjectNode) template.get("Resources")).set("More", template(LOGS).at("/Resources/Logs"));
        aws.update(template);
        aws.until("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.stack().has("StackStatusReason")).isFalse();
        assertThat(aws.told(STACK))
                .anyMatch(line ->
                        line.startsWith("Listener UPDATE_FAILED: Resource handler returned message: \"Port '70000'"
                                + " must be in the inclusive range of 1 to 65535 (Service: ElasticLoadBalancingV2;"))
                .contains(STACK
                        + " UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Listener]. ");
        assertThat(aws.physicalId("Group")).isEqualTo(group);
        assertThat(aws.resources()).doesNotContainKey("More");
        JsonNode groups = aws.aws.call("elasticloadbalancing", "DescribeTargetGroups", Map.of());
        assertThat(groups.findValuesAsText("TargetGroupArn")).containsExactly(group);
        JsonNode logs = aws.aws.call("logs", "DescribeLogGroups", Map.of()).path("logGroups");
        assertThat(logs).hasSize(1);
        assertThat(logs.at("/0/retentionInDays").asInt()).isEqualTo(7);
    }

    @Test
    void aFailedUpdateThatIsNotToBeTakenBackCanBeGoneOnWith() {
        ObjectNode template = created(VPC, GROUP, BALANCER, LISTENER);
        properties(template, "Listener").put("Port", 70_000);
        aws.update(template, "DisableRollback", true);
        aws.until("UPDATE_FAILED");
        properties(template, "Listener").put("Port", 8080);
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        assertThat(aws.resources()).containsEntry("Listener", "UPDATE_COMPLETE");
    }

    @Test
    void aRollBackThatFailsCanBeContinuedWithoutWhatFailed() {
        ObjectNode template = created(VPC, GROUP, BALANCER, LISTENER);
        properties(template, "Listener").put("Port", 70_000);
        aws.update(template);
        aws.until(() -> aws.status().equals("UPDATE_ROLLBACK_IN_PROGRESS"));
        aws.aws.call("elasticloadbalancing", "DeleteListener", Map.of("ListenerArn", aws.physicalId("Listener")));
        aws.until("UPDATE_ROLLBACK_FAILED");
        aws.call("ContinueUpdateRollback", Map.of("StackName", STACK, "ResourcesToSkip", List.of("Listener")));
        aws.until("UPDATE_ROLLBACK_COMPLETE");
    }

    @Test
    void parametersKeepTheirValues() {
        ObjectNode template = template(LOGS);
        template.putObject("Parameters").putObject("Days").put("Type", "Number");
        properties(template, "Logs").putObject("RetentionInDays").put("Ref", "Days");
        aws.refused("ValidationError", "Parameters: [Days] must have values", () -> aws.create(template));
        aws.create(template, "Parameters", List.of(Map.of("ParameterKey", "Days", "ParameterValue", "14")));
        aws.until("CREATE_COMPLETE");
        aws.refused(
                "ValidationError",
                "No updates are to be performed.",
                () -> aws.update(
                        template, "Parameters", List.of(Map.of("ParameterKey", "Days", "UsePreviousValue", true))));
        aws.refused("ValidationError", "Parameters: [Days] must have values", () -> aws.update(template));
    }

    @Test
    void theTypeOfAResourceStays() {
        ObjectNode template = created(VPC, LOGS);
        ((ObjectNode) template.at("/Resources/Logs"))
                .put("Type", "AWS::ECS::Cluster")
                .remove("Properties");
        aws.refused(
                "ValidationError",
                "Update of resource type is not permitted. The new template modifies resource type of the following"
                        + " resources: [Logs]",
                () -> aws.update(template));
    }

    @Test
    void onlyOneThingAtATime() {
        ObjectNode template = template(LOGS);
        aws.create(template);
        aws.refused(
                "ValidationError",
                "is in CREATE_IN_PROGRESS state and can not be updated.",
                () -> aws.update(template));
        aws.refused("AlreadyExistsException", "Stack [web-stack] already exists", () -> aws.create(template));
    }
}
