package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.STACK;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.properties;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.StackFixture.reference;
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

/** The reference service as a stack, from creation to deletion. */
class StackTest {

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

    @Test
    void createsAllResourcesEachAfterThoseItNeeds() {
        aws.created();
        assertThat(aws.resources()).hasSize(43).allSatisfy((id, status) -> assertThat(status)
                .isEqualTo("CREATE_COMPLETE"));
        List<String> told = aws.told(STACK);
        assertThat(told.get(0)).isEqualTo(STACK + " CREATE_IN_PROGRESS: User Initiated");
        assertThat(told.get(told.size() - 1)).isEqualTo(STACK + " CREATE_COMPLETE");
        assertThat(told.indexOf("Service CREATE_IN_PROGRESS"))
                .isGreaterThan(told.indexOf("Test CREATE_COMPLETE"))
                .isGreaterThan(told.indexOf("TaskDefinition CREATE_COMPLETE"));
        assertThat(told.indexOf("DeploymentGroup CREATE_IN_PROGRESS"))
                .isGreaterThan(told.indexOf("Service CREATE_COMPLETE"));
        assertThat(told).contains("Service CREATE_IN_PROGRESS: Resource creation Initiated");
    }

    @Test
    void theServicesHaveWhatTheTemplateSays() {
        aws.created();
        JsonNode service = aws.aws
                .call("ecs", "DescribeServices", Map.of("cluster", "reference", "services", List.of("web")))
                .at("/services/0");
        assertThat(service.path("runningCount").asInt()).isEqualTo(2);
        assertThat(service.at("/networkConfiguration/awsvpcConfiguration/subnets/0")
                        .asText())
                .isEqualTo(aws.physicalId("Private1"))
                .matches("subnet-0[0-9a-f]{16}");
        JsonNode definition = aws.aws
                .call("ecs", "DescribeTaskDefinition", Map.of("taskDefinition", "web"))
                .path("taskDefinition");
        assertThat(definition.at("/containerDefinitions/0/image").asText())
                .isEqualTo("123456789012.dkr.ecr.eu-central-1.amazonaws.com/reference/web:first");
        assertThat(definition
                        .at("/containerDefinitions/0/logConfiguration/options/awslogs-group")
                        .asText())
                .isEqualTo("/ecs/web");
        JsonNode repository =
                aws.aws.call("ecr", "DescribeRepositories", Map.of()).at("/repositories/0");
        assertThat(repository.path("imageTagMutability").asText()).isEqualTo("IMMUTABLE");
        assertThat(repository.at("/imageScanningConfiguration/scanOnPush").asBoolean())
                .isTrue();
        JsonNode alarm = aws.aws.call("monitoring", "DescribeAlarms", Map.of()).at("/MetricAlarms/0");
        assertThat(alarm.at("/Metrics/1/MetricStat/Metric/Dimensions/0/Value").asText())
                .isEqualTo(aws.physicalId("LoadBalancer").replaceFirst(".*loadbalancer/", ""));
        JsonNode group = aws.aws
                .call(
                        "codedeploy",
                        "GetDeploymentGroup",
                        Map.of("applicationName", "web", "deploymentGroupName", "web"))
                .path("deploymentGroupInfo");
        assertThat(group.at("/loadBalancerInfo/targetGroupPairInfoList/0/targetGroups")
                        .findValuesAsText("name"))
                .containsExactly("web-blue", "web-green");
        assertThat(group.at("/alarmConfiguration/alarms")).hasSize(2);
    }

    @Test
    void outputsAreThereOnceItIsComplete() {
        aws.create(reference());
        assertThat(aws.stack().has("Outputs")).isFalse();
        aws.until("CREATE_COMPLETE");
        JsonNode outputs = aws.stack().path("Outputs");
        assertThat(outputs.findValuesAsText("OutputKey")).containsExactly("Url", "DeployConfig");
        assertThat(outputs.at("/1/OutputValue").asText())
                .contains("CLUSTER=reference\n", "SERVICE=web\n")
                .containsPattern("ROLE_ARN=arn:aws:iam::123456789012:role/web-stack-ExecutionRole-[A-Z0-9]{12}\n");
    }

    @Test
    void aServiceIsWaitedForUntilItsImageIsPushed() {
        aws.pushed = false;
        aws.create(reference());
        aws.until(() -> aws.log.stream().anyMatch(line -> line.contains("CannotPullContainerError")));
        assertThat(aws.resources())
                .containsEntry("Service", "CREATE_IN_PROGRESS")
                .doesNotContainKey("DeploymentGroup");
        aws.pushed = true;
        aws.until("CREATE_COMPLETE");
    }

    @Test
    void aServiceThatNeverBecomesSteadyIsRolledBack() {
        aws.healthPath = "/healthz";
        aws.create(reference());
        aws.until("ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .anyMatch(line -> line.startsWith(
                        "Service CREATE_FAILED: Resource handler returned message: \"Exceeded" + " attempts to wait\""))
                .contains(
                        STACK + " ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Service]. Rollback"
                                + " requested by user.")
                .contains("Repository DELETE_SKIPPED", "LoadBalancer DELETE_COMPLETE", "Service DELETE_COMPLETE");
        assertThat(aws.aws
                        .call("elasticloadbalancing", "DescribeTargetGroups", Map.of())
                        .path("TargetGroups"))
                .isEmpty();
        assertThat(aws.aws.call("ecr", "DescribeRepositories", Map.of()).path("repositories"))
                .hasSize(1);
    }

    @Test
    void whatAServiceRefusesFailsTheCreationAndIsRolledBack() {
        ObjectNode template = reference();
        properties(template, "GreenSuccessRate").put("Threshold", 99.5).put("DatapointsToAlarm", 4);
        aws.create(template);
        aws.until("ROLLBACK_COMPLETE");
        assertThat(aws.told(STACK))
                .anyMatch(line -> line.startsWith("GreenSuccessRate CREATE_FAILED: Resource handler returned message:"
                        + " \"DatapointsToAlarm must be less than or equal to EvaluationPeriods (Service: CloudWatch;"))
                .noneMatch(line -> line.startsWith("Service "));
        assertThat(aws.resources()).isEmpty();
        aws.refused(
                "ValidationError",
                "is in ROLLBACK_COMPLETE state and can not be updated",
                () -> aws.update(reference()));
    }

    @Test
    void aNameThatIsTakenFailsTheCreation() {
        aws.aws.call("ecs", "CreateCluster", Map.of("clusterName", "reference"));
        aws.create(reference(), "DisableRollback", true);
        aws.until("CREATE_FAILED");
        assertThat(aws.told(STACK))
                .anyMatch(line ->
                        line.startsWith("Cluster CREATE_FAILED: Resource handler returned message: \"Resource of"
                                + " type 'AWS::ECS::Cluster' with identifier 'reference' already exists."))
                .anyMatch(line -> line.endsWith(" CREATE_FAILED: Resource creation cancelled"));
    }

    @Test
    void deletesAllButWhatIsToBeRetained() {
        String id = aws.create(reference());
        aws.until("CREATE_COMPLETE");
        aws.delete();
        aws.until(id, "DELETE_COMPLETE");
        List<String> told = aws.told(id);
        assertThat(told).contains("Repository DELETE_SKIPPED", "TaskDefinition DELETE_SKIPPED");
        assertThat(told.indexOf("LoadBalancer DELETE_IN_PROGRESS"))
                .isGreaterThan(told.indexOf("Production DELETE_COMPLETE"))
                .isGreaterThan(told.indexOf("Service DELETE_COMPLETE"));
        assertThat(aws.aws.call("ecs", "ListClusters", Map.of()).path("clusterArns"))
                .isEmpty();
        assertThat(aws.aws.call("codedeploy", "ListApplications", Map.of()).path("applications"))
                .isEmpty();
        assertThat(aws.aws.call("monitoring", "DescribeAlarms", Map.of()).path("MetricAlarms"))
                .isEmpty();
        assertThat(aws.aws.call("logs", "DescribeLogGroups", Map.of()).path("logGroups"))
                .isEmpty();
        assertThat(aws.aws
                        .call("elasticloadbalancing", "DescribeLoadBalancers", Map.of())
                        .path("LoadBalancers"))
                .isEmpty();
        aws.refused("ValidationError", "Stack with id web-stack does not exist", aws::stack);
        aws.delete();
    }

    @Test
    void whatIsProtectedIsNotDeleted() {
        aws.create(reference(), "EnableTerminationProtection", true);
        aws.until("CREATE_COMPLETE");
        aws.refused(
                "ValidationError",
                "Stack [web-stack] cannot be deleted while TerminationProtection is enabled",
                aws::delete);
        aws.call("UpdateTerminationProtection", Map.of("StackName", STACK, "EnableTerminationProtection", false));
        aws.delete();
        assertThat(aws.status()).isEqualTo("DELETE_IN_PROGRESS");
    }

    @Test
    void whatCanNotBeDeletedIsLeftAndCanBeRetained() {
        ObjectNode template = reference();
        properties(template, "LoadBalancer")
                .withArray("LoadBalancerAttributes")
                .removeAll()
                .addObject()
                .put("Key", "deletion_protection.enabled")
                .put("Value", "true");
        String id = aws.create(template);
        aws.until("CREATE_COMPLETE");
        aws.delete();
        aws.until("DELETE_FAILED");
        assertThat(aws.stack().path("StackStatusReason").asText())
                .isEqualTo("The following resource(s) failed to delete: [LoadBalancer]. ");
        aws.call("DeleteStack", Map.of("StackName", STACK, "RetainResources", List.of("LoadBalancer")));
        aws.until(id, "DELETE_COMPLETE");
        assertThat(aws.told(id)).contains("LoadBalancer DELETE_SKIPPED", "Vpc DELETE_COMPLETE");
    }

    @Test
    void stackTagsBecomeTheResourcesTags() {
        aws.create(reference(), "Tags", List.of(Map.of("Key", "team", "Value", "web")));
        aws.until("CREATE_COMPLETE");
        String arn = aws.physicalId("Blue");
        assertThat(aws.aws
                        .call("elasticloadbalancing", "DescribeTags", Map.of("ResourceArns", List.of(arn)))
                        .at("/TagDescriptions/0/Tags")
                        .toString())
                .isEqualTo("[{\"Key\":\"team\",\"Value\":\"web\"}]");
        assertThat(aws.stack().at("/Tags/0/Key").asText()).isEqualTo("team");
        aws.update(reference(), "Tags", List.of(Map.of("Key", "team", "Value", "shop")));
        assertThat(aws.status()).isEqualTo("UPDATE_IN_PROGRESS");
    }

    @Test
    void aStackIsWhereItWasAfterARestart() {
        aws.pushed = false;
        aws.create(reference());
        aws.until(() -> aws.log.stream().anyMatch(line -> line.contains("CannotPullContainerError")));
        try (StackFixture restarted = new StackFixture(directory)) {
            restarted.restore(aws);
            assertThat(restarted.resources()).containsEntry("Service", "CREATE_IN_PROGRESS");
            restarted.until("CREATE_COMPLETE");
            assertThat(restarted.told(STACK)).hasSize(3 * 43 + 2);
            restarted.refused(
                    "ValidationError", "No updates are to be performed.", () -> restarted.update(reference()));
        }
    }

    @Test
    void aCreationThatIsNotWantedAnyMoreIsDeleted() {
        String id = aws.create(reference());
        aws.until(() -> aws.resources().containsKey("LoadBalancer"));
        aws.delete();
        aws.until(id, "DELETE_COMPLETE");
        assertThat(aws.aws
                        .call("elasticloadbalancing", "DescribeLoadBalancers", Map.of())
                        .path("LoadBalancers"))
                .isEmpty();
        JsonNode events =
                aws.call("DescribeStackEvents", Map.of("StackName", id)).path("StackEvents");
        assertThat(events.findValuesAsText("EventId")).doesNotHaveDuplicates();
    }
}
