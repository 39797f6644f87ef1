package io.jenkins.plugins.ecscanary.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionNeedsTest {

    private static final String IMAGE = FakeAws.REPOSITORY + ":1.5.0";
    private static final String GOOD =
            """
            {"family":"web","requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc",
             "executionRoleArn":"arn:aws:iam::123456789012:role/exec","taskRoleArn":"arn:aws:iam::123456789012:role/p/task",
             "containerDefinitions":[{"name":"web","image":"IMAGE","portMappings":[{"containerPort":3000}],
               "secrets":[{"name":"DB","valueFrom":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf"}],
               "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/web"}}}]}"""
                    .replace("IMAGE", IMAGE);

    private final FakeAws aws = FakeAws.shop().logGroup("/ecs/web").put(group("web-a", "ip", "traffic-port"));

    @Test
    void aRevisionWithAllItNeeds() {
        List<Check> checks = check(GOOD);
        assertThat(checks).allMatch(check -> check.outcome() == CheckOutcome.PASSED);
        assertThat(checks).extracting(Check::name).contains("roles", "secrets", "logs", "health-check");
        assertThat(checks).extracting(Check::detail).contains("target group web-a checks /health on the traffic port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arn:aws:iam::123456789012:role/exec | arn:aws:iam::123456789012:user/exec | no ARN of a role",
                "arn:aws:iam::123456789012:role/exec | arn:aws:iam::210987654321:role/exec | role of account 210987654321",
                "arn:aws:iam::123456789012:role/exec | arn:aws-cn:iam::123456789012:role/exec | partition aws-cn",
            })
    void rolesMustBeRolesOfThisAccount(String good, String bad, String problem) {
        assertRefused(check(GOOD.replace(good, bad)), "roles", problem);
    }

    @Test
    void anExecutionRoleIsMissedWithItsReasons() {
        assertRefused(
                check(GOOD.replace("\"executionRoleArn\":\"arn:aws:iam::123456789012:role/exec\",", "")),
                "roles",
                "ECS needs it for images in ECR and awslogs and secrets");
    }

    @Test
    void aSecretInPlaceOfItsArnIsNotRepeated() {
        List<Check> checks = check(GOOD.replace(
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf", "hunter2 is my password"));
        assertRefused(checks, "secrets", "secret DB of container web has a valueFrom that is neither");
        assertThat(checks.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf:password::",
        "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/db",
        "/shop/db",
        "db"
    })
    void secretsMayBeNamedInSeveralWays(String valueFrom) {
        assertThat(check(GOOD.replace("arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf", valueFrom)))
                .allMatch(check -> check.outcome() == CheckOutcome.PASSED);
    }

    @Test
    void aMissingLogGroupIsNamedWithItsRemedy() {
        assertRefused(check(GOOD.replace("/ecs/web", "/ecs/wbe")), "logs", "there is no log group /ecs/wbe");
        assertThat(check(GOOD.replace("/ecs/web\"", "/ecs/wbe\",\"awslogs-create-group\":\"true\"")))
                .allMatch(check -> check.outcome() == CheckOutcome.PASSED);
    }

    @Test
    void whatMayNotBeLookedAtIsWarnedAbout() {
        aws.failAlways("logGroupExists", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        assertThat(check(GOOD))
                .filteredOn(check -> check.name().equals("logs"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.outcome()).isEqualTo(CheckOutcome.WARNED);
                    assertThat(check.detail()).startsWith("not looked at: ");
                });
    }

    @Test
    void anotherContainersImageIsLookedForToo() {
        String sidecar = GOOD.replace(
                "\"containerDefinitions\":[",
                "\"containerDefinitions\":[{\"name\":\"agent\",\"image\":\"" + FakeAws.REPOSITORY
                        + ":gone\"},{\"name\":\"other\",\"image\":\"docker.io/envoy:1\"},");
        List<Check> checks = check(sidecar);
        assertRefused(checks, "images", FakeAws.REPOSITORY + ":gone is not in ECR any more");
        assertThat(checks).extracting(Check::detail).contains("docker.io/envoy:1 is not in ECR, so it was not checked");
    }

    @Test
    void aHealthCheckOnAPortThatNobodyMaps() {
        aws.put(group("web-a", "ip", "8080"));
        assertRefused(
                check(GOOD), "health-check", "checks health on port 8080, which no container maps (mapped: 3000)");
        aws.put(group("web-a", "instance", "traffic-port"));
        assertRefused(check(GOOD), "health-check", "targets of type instance");
    }

    @Test
    void aRegisteredRevisionIsLookedAtAsEcsDescribesIt() {
        aws.json(FakeAws.taskDefinitionArn("web", 11), GOOD.replace("/ecs/web", "/ecs/gone"));
        assertRefused(
                new RevisionNeeds(aws, FakeAws.REGION)
                        .check(request(new DeploymentRequest.Registered("web:11", null)), aws.identity()),
                "logs",
                "/ecs/gone");
    }

    private List<Check> check(String json) {
        return new RevisionNeeds(aws, FakeAws.REGION)
                .check(request(new DeploymentRequest.Rendered(json, IMAGE, "web")), aws.identity());
    }

    private static void assertRefused(List<Check> checks, String name, String detail) {
        assertThat(checks)
                .filteredOn(check -> check.outcome() == CheckOutcome.REFUSED)
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.name()).isEqualTo(name);
                    assertThat(check.detail()).contains(detail);
                    assertThat(check.remedy()).isNotBlank();
                });
    }

    private static TargetGroupSeen group(String name, String type, String port) {
        return new TargetGroupSeen(FakeAws.targetGroupArn(name), name, type, "HTTP", port, "/health");
    }

    private static DeploymentRequest request(DeploymentRequest.Source source) {
        return new DeploymentRequest(
                FakeAws.CLUSTER,
                FakeAws.SERVICE,
                source,
                FakeAws.GROUP,
                null,
                Criterion.REFERENCE,
                List.of(),
                List.of(),
                Duration.ofHours(1),
                "ann",
                "deploy",
                null,
                DeploymentOptions.DEFAULT);
    }
}
