package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.properties;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.reference;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a stack's update does to a service that CodeDeploy has deployed: as on AWS, it gives each resource that it touches all
 * that the template says, and the template does not know which target group has the tasks by now.
 */
class LifeAfterDeploymentTest {

    private static final String DENIED =
            """
            {"Statement": [
              {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"},
              {"Effect": "Deny", "Action": "Update:*", "Principal": "*",
               "Resource": ["LogicalResourceId/Production", "LogicalResourceId/Test", "LogicalResourceId/Service",
                            "LogicalResourceId/TaskDefinition"]},
              {"Effect": "Deny", "Action": ["Update:Replace", "Update:Delete"], "Principal": "*",
               "Resource": ["LogicalResourceId/Blue"]}]}
            """;

    @TempDir
    Path directory;

    private StackFixture aws;

    @BeforeEach
    void start() {
        aws = new StackFixture(directory).created();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private void deploy() {
        JsonNode definition = aws.aws
                .call("ecs", "DescribeTaskDefinition", Map.of("taskDefinition", "web"))
                .path("taskDefinition");
        ObjectNode next = ((ObjectNode) definition)
                .retain(
                        "family",
                        "cpu",
                        "memory",
                        "networkMode",
                        "requiresCompatibilities",
                        "executionRoleArn",
                        "taskRoleArn",
                        "containerDefinitions");
        String arn = aws.aws
                .call("ecs", "RegisterTaskDefinition", next)
                .at("/taskDefinition/taskDefinitionArn")
                .asText();
        String content = "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\","
                + "\"Properties\":{\"TaskDefinition\":\"" + arn + "\",\"LoadBalancerInfo\":{\"ContainerName\":\"app\","
                + "\"ContainerPort\":3000}}}}]}";
        String id = aws.aws
                .call(
                        "codedeploy",
                        "CreateDeployment",
                        Map.of(
                                "applicationName",
                                "web",
                                "deploymentGroupName",
                                "web",
                                "revision",
                                Map.of("revisionType", "AppSpecContent", "appSpecContent", Map.of("content", content))))
                .path("deploymentId")
                .asText();
        aws.until(() -> aws.aws
                .call("codedeploy", "GetDeployment", Map.of("deploymentId", id))
                .at("/deploymentInfo/status")
                .asText()
                .equals("Succeeded"));
    }

    /** Of the production listener, by target group. */
    private Map<String, Integer> weights() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        aws.aws
                .call(
                        "elasticloadbalancing",
                        "DescribeListeners",
                        Map.of("ListenerArns", List.of(aws.physicalId("Production"))))
                .at("/Listeners/0/DefaultActions/0/ForwardConfig/TargetGroups")
                .forEach(group -> weights.put(
                        group.path("TargetGroupArn").asText().equals(aws.physicalId("Blue")) ? "blue" : "green",
                        group.path("Weight").asInt()));
        return weights;
    }

    private JsonNode service() {
        return aws.aws
                .call("ecs", "DescribeServices", Map.of("cluster", "reference", "services", List.of("web")))
                .at("/services/0");
    }

    @Test
    void afterOneDeploymentAListenersUpdateSendsAllTrafficToTheEmptyTargetGroup() {
        deploy();
        assertThat(weights()).isEqualTo(Map.of("blue", 0, "green", 100));
        ObjectNode template = reference();
        properties(template, "Production").put("Port", 8080);
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        assertThat(weights()).isEqualTo(Map.of("blue", 1));
        assertThat(service().at("/taskSets/0/loadBalancers/0/targetGroupArn").asText())
                .as("where the tasks are")
                .isEqualTo(aws.physicalId("Green"));
    }

    @Test
    void afterTwoItHappensToBeRight() {
        deploy();
        deploy();
        ObjectNode template = reference();
        properties(template, "Production").put("Port", 8080);
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        assertThat(weights()).isEqualTo(Map.of("blue", 1));
        assertThat(service().at("/taskSets/0/loadBalancers/0/targetGroupArn").asText())
                .isEqualTo(aws.physicalId("Blue"));
    }

    @Test
    void aServicesUpdateIsRefusedWhateverItChanges() {
        deploy();
        aws.update(reference(), "Parameters", List.of(Map.of("ParameterKey", "DesiredCount", "ParameterValue", "3")));
        aws.until("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .anyMatch(line -> line.startsWith(
                        "Service UPDATE_FAILED: Resource handler returned message: \"Invalid request provided: UpdateService"
                                + " error: Unable to update task definition on services with a CODE_DEPLOY deployment"
                                + " controller. Use AWS CodeDeploy to trigger a new deployment. (Service: AmazonECS; Status"
                                + " Code: 400; Error Code: InvalidParameterException; Request ID: "));
        assertThat(service().path("desiredCount").asInt()).isEqualTo(2);
        assertThat(weights()).isEqualTo(Map.of("blue", 0, "green", 100));
    }

    @Test
    void anotherTaskDefinitionFailsTooAndIsDeregistered() {
        deploy();
        aws.update(reference(), "Parameters", List.of(Map.of("ParameterKey", "ImageTag", "ParameterValue", "second")));
        aws.until("UPDATE_ROLLBACK_COMPLETE");
        JsonNode active = aws.aws.call("ecs", "ListTaskDefinitions", Map.of("familyPrefix", "web"));
        assertThat(active.path("taskDefinitionArns")).hasSize(2).allSatisfy(arn -> assertThat(arn.asText())
                .doesNotEndWith(":3"));
        deploy();
        assertThat(weights()).isEqualTo(Map.of("blue", 100, "green", 0));
    }

    @Test
    void aStackPolicyRefusesItBeforeAnythingIsMovedAndNamesTheResource() {
        deploy();
        aws.call("SetStackPolicy", Map.of("StackName", STACK, "StackPolicyBody", DENIED));
        ObjectNode template = reference();
        properties(template, "Production").put("Port", 8080);
        aws.update(template);
        aws.until("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .contains("Production UPDATE_FAILED: Action denied by stack policy: Statement [#2] does not allow"
                        + " [Update:Modify] for resource [LogicalResourceId/Production]");
        assertThat(weights()).isEqualTo(Map.of("blue", 0, "green", 100));
        deploy();
        assertThat(weights()).isEqualTo(Map.of("blue", 100, "green", 0));
    }

    @Test
    void aStackPolicyLetsTheRestBeUpdated() {
        deploy();
        aws.call("SetStackPolicy", Map.of("StackName", STACK, "StackPolicyBody", DENIED));
        ObjectNode template = reference();
        properties(template, "Logs").put("RetentionInDays", 90);
        properties(template, "Blue").put("HealthCheckIntervalSeconds", 15);
        aws.update(template);
        aws.until("UPDATE_COMPLETE");
        assertThat(weights()).isEqualTo(Map.of("blue", 0, "green", 100));
        ((ObjectNode) template.get("Resources")).remove(List.of("Test", "DeploymentGroup"));
        ((ObjectNode) template.at("/Resources/Service")).remove("DependsOn");
        aws.update(template);
        aws.until("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .contains("Test UPDATE_FAILED: Action denied by stack policy: Statement [#2] does not allow"
                        + " [Update:Delete] for resource [LogicalResourceId/Test]");
    }

    @Test
    void theStackCanStillBeDeleted() {
        deploy();
        String id = aws.stack().path("StackId").asText();
        aws.delete();
        aws.until(id, "DELETE_COMPLETE");
        assertThat(aws.aws
                        .call("elasticloadbalancing", "DescribeTargetGroups", Map.of())
                        .path("TargetGroups"))
                .isEmpty();
    }
}
