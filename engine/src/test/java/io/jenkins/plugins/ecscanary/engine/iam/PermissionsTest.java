package io.jenkins.plugins.ecscanary.engine.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {

    private static final String TASK_DEFINITION =
            """
            {"family":"web","executionRoleArn":"arn:aws:iam::123456789012:role/pull","taskRoleArn":"web-task",
            "containerDefinitions":[{"name":"web","logConfiguration":{"logDriver":"awslogs",
            "options":{"awslogs-group":"/ecs/web"}}},{"name":"agent"}]}""";

    private static final Scope SHOP = new Scope(
            "eu-central-1",
            "123456789012",
            "shop",
            "web",
            new CodeDeployGroup("shop-app", "web-group", null),
            TASK_DEFINITION,
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1",
            null);

    @Test
    void everyCallHasItsPermissionsAndEveryPermissionItsCall() {
        Set<String> calls = Arrays.stream(Aws.class.getMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !name.equals("close"))
                .collect(Collectors.toSet());
        Set<String> covered = Permissions.ALL.stream()
                .map(Permission::call)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        covered.addAll(Permissions.FREE_CALLS);
        assertThat(covered)
                .as("calls of Aws with permissions in Permissions: a new call needs its own there")
                .isEqualTo(calls);
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void everyFeatureNeedsSomething(Feature feature) {
        assertThat(Permissions.of(Set.of(feature))).isNotEmpty();
        assertThat(Feature.of(feature.label())).isEqualTo(feature);
    }

    @Test
    void everythingIsAsNarrowAsAwsHasIt() throws IOException {
        for (JsonNode statement : statements(EnumSet.allOf(Feature.class), SHOP)) {
            assertThat(statement.path("Sid").asText()).matches("[A-Za-z0-9]+");
            for (JsonNode resource : statement.path("Resource")) {
                assertThat(resource.asText().equals("*"))
                        .as(statement.toString())
                        .isEqualTo(statement.path("Sid").asText().matches("Aws.*|Composite.*|Listing.*"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEPLOY, ecs:DescribeServices, arn:aws:ecs:eu-central-1:123456789012:service/shop/web",
        "DEPLOY, codedeploy:CreateDeployment, arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:shop-app/web-group",
        "DEPLOY, codedeploy:RegisterApplicationRevision, arn:aws:codedeploy:eu-central-1:123456789012:application:shop-app",
        "DEPLOY, codedeploy:GetDeploymentConfig, arn:aws:codedeploy:eu-central-1:123456789012:deploymentconfig:*",
        "DEPLOY, ecs:RegisterTaskDefinition, arn:aws:ecs:eu-central-1:123456789012:task-definition/web:*",
        "DEPLOY, iam:PassRole, arn:aws:iam::123456789012:role/pull arn:aws:iam::123456789012:role/web-task",
        "WATCH, ecs:DescribeTasks, arn:aws:ecs:eu-central-1:123456789012:task/shop/*",
        "WATCH, codedeploy:StopDeployment, *",
        "OVERRIDE_ALARMS, codedeploy:UpdateDeploymentGroup, arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:shop-app/web-group",
        "CREATE_ALARMS, cloudwatch:PutMetricAlarm, arn:aws:cloudwatch:eu-central-1:123456789012:alarm:web-*-success-rate",
        "TASK_LOGS, logs:GetLogEvents, arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/web:log-stream:*",
        "BEFORE_TRAFFIC, ecs:RunTask, arn:aws:ecs:eu-central-1:123456789012:task-definition/web:*",
        "BEFORE_TRAFFIC, ecs:StopTask, arn:aws:ecs:eu-central-1:123456789012:task/shop/*",
        "RETENTION, ecs:TagResource, arn:aws:ecs:eu-central-1:123456789012:task-definition/web:*",
        "RETENTION, ecs:DescribeServices, arn:aws:ecs:eu-central-1:123456789012:service/shop/*",
        "RETENTION, ecs:DeregisterTaskDefinition, *",
        "INSPECT, logs:DescribeLogGroups, arn:aws:logs:eu-central-1:123456789012:log-group:*",
        "PROMOTE, codedeploy:ContinueDeployment, *",
        "IMAGE_CHECKS, ecr:DescribeImages, arn:aws:ecr:eu-central-1:123456789012:repository/shop/web",
        "REQUIRE_SCAN, ecr:BatchGetImage, arn:aws:ecr:eu-central-1:123456789012:repository/shop/web"
    })
    void isAllowedOn(Feature feature, String action, String resources) throws IOException {
        assertThat(resourcesOf(action, Set.of(feature), SHOP)).containsExactly(resources.split(" "));
    }

    @Test
    void conditionsNarrowWhatResourcesCannot() throws IOException {
        List<JsonNode> statements = statements(Set.of(Feature.DEPLOY), SHOP);
        assertThat(statements)
                .extracting(statement -> statement.path("Condition").toString())
                .contains(
                        "{\"ArnEquals\":{\"ecs:cluster\":\"arn:aws:ecs:eu-central-1:123456789012:cluster/shop\"}}",
                        "{\"StringEquals\":{\"iam:PassedToService\":\"ecs-tasks.amazonaws.com\"}}");
    }

    @Test
    void aFeatureThatIsNotAskedForIsNotInIt() {
        assertThat(Policy.json(Set.of(Feature.REDEPLOY, Feature.WATCH), SHOP))
                .doesNotContain(
                        "RegisterTaskDefinition", "PassRole", "UpdateDeploymentGroup", "PutMetricAlarm", "logs:");
        assertThat(Policy.json(Set.of(Feature.ROLL_BACK), SHOP))
                .contains("codedeploy:StopDeployment")
                .doesNotContain("CreateDeployment");
    }

    @Test
    void whatIsNotKnownIsWiderAndWhatIsNotThereIsLeftOut() throws IOException {
        Scope unknown = new Scope(
                "cn-north-1", "123456789012", "shop", "web", new CodeDeployGroup("a", "g", "mine"), null, null, null);
        assertThat(resourcesOf("iam:PassRole", Set.of(Feature.DEPLOY), unknown))
                .containsExactly("arn:aws-cn:iam::123456789012:role/*");
        assertThat(resourcesOf("codedeploy:GetDeploymentConfig", Set.of(Feature.DEPLOY), unknown))
                .containsExactly("arn:aws-cn:codedeploy:cn-north-1:123456789012:deploymentconfig:mine");
        assertThat(resourcesOf("ecr:DescribeImages", Set.of(Feature.IMAGE_CHECKS), unknown))
                .containsExactly("arn:aws-cn:ecr:cn-north-1:123456789012:repository/*");
        assertThat(resourcesOf("logs:GetLogEvents", Set.of(Feature.TASK_LOGS), unknown))
                .containsExactly("arn:aws-cn:logs:cn-north-1:123456789012:log-group:*:log-stream:*");

        Scope plain = new Scope(
                "us-gov-west-1",
                "123456789012",
                "shop",
                "web",
                new CodeDeployGroup("a", "g", null),
                "{\"containerDefinitions\":[{\"name\":\"web\"}]}",
                "ghcr.io/shop/web",
                null);
        assertThat(Policy.json(EnumSet.allOf(Feature.class), plain))
                .contains("arn:aws-us-gov:ecs:us-gov-west-1")
                .doesNotContain("PassRole", "ecr:", "logs:GetLogEvents", "sts:");
    }

    @Test
    void theRoleIsForWhoAssumesIt() throws IOException {
        String arn = "arn:aws:iam::123456789012:role/deployer";
        Scope assuming = new Scope(
                "eu-central-1",
                "123456789012",
                "shop",
                "web",
                SHOP.codeDeploy(),
                null,
                null,
                new RoleToAssume(arn, null, "ann", null));
        assertThat(statements(Set.of(Feature.ASSUME_ROLE), assuming)).hasSize(1);
        assertThat(resourcesOf("sts:AssumeRole", Set.of(Feature.ASSUME_ROLE), assuming))
                .containsExactly(arn);
    }

    @Test
    void whatIsNoneIsSaid() {
        assertThatThrownBy(() -> Feature.of("deplyo")).hasMessageContaining("did you mean deploy?");
        assertThatThrownBy(() -> new Scope("r", "12", "c", "s", new CodeDeployGroup("a", "g", null), null, null, null))
                .hasMessageContaining("twelve digits");
    }

    private static List<String> resourcesOf(String action, Set<Feature> features, Scope scope) throws IOException {
        return statements(features, scope).stream()
                .filter(statement -> texts(statement.path("Action")).contains(action))
                .flatMap(statement -> texts(statement.path("Resource")).stream())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<JsonNode> statements(Set<Feature> features, Scope scope) throws IOException {
        JsonNode policy = new ObjectMapper().readTree(Policy.json(features, scope));
        assertThat(policy.path("Version").asText()).isEqualTo("2012-10-17");
        return StreamSupport.stream(policy.path("Statement").spliterator(), false)
                .toList();
    }
}
