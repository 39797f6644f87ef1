package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.FakeFunctions.Invocation;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionOutcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** Functions at lifecycle events. */
class HookTest {

    private static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:check";

    private final CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BeforeInstall, IPPPPPPP, 'a 100, b 0'",
        "AfterInstall, SSIPPPPP, 'a 100, b 0'",
        "AfterAllowTestTraffic, SSSSIPPP, 'a 100, b 0'",
        "BeforeAllowTraffic, SSSSSIPP, 'a 100, b 0'",
        "AfterAllowTraffic, SSSSSSSI, 'a 0, b 100'"
    })
    void theDeploymentWaitsForTheFunctionsReport(String event, String events, String weights) {
        aws.withGroup();
        aws.functions.mapped.add("check");
        String id = aws.deployWithHooks("\"" + event + "\":\"check\"");
        aws.until(() -> !aws.functions.invocations.isEmpty());
        aws.advance(Duration.ofMinutes(30));
        assertThat(aws.events(id)).isEqualTo(events);
        assertThat(aws.elb.prod()).isEqualTo(weights);
        Invocation invocation = aws.functions.last();
        assertThat(invocation.payload())
                .isEqualTo("{\"DeploymentId\":\"" + id + "\",\"LifecycleEventHookExecutionId\":\""
                        + invocation.hookExecutionId() + "\"}");

        assertThat(report(id, invocation, LifecycleEventStatus.SUCCEEDED)).isEqualTo(invocation.hookExecutionId());
        assertThat(invocation.outcome()).as("the invocation is ended").isCancelled();
        refused(() -> report(id, invocation, LifecycleEventStatus.FAILED), "LifecycleEventAlreadyCompletedException");
        aws.untilStatus(id, "Succeeded");
        assertThat(aws.events(id)).isEqualTo("SSSSSSSS");
        assertThat(aws.functions.invocations).hasSize(1);
    }

    @Test
    void severalFunctionsRunInOrder() {
        aws.withGroup();
        aws.functions.mapped.add("check");
        aws.functions.mapped.add(ARN);
        String id = aws.deployWithHooks("\"AfterAllowTraffic\":\"check\"", "\"beforeInstall\":\"" + ARN + "\"");
        aws.until(() -> aws.functions.invocations.size() == 1);
        assertThat(aws.functions.last().function()).isEqualTo(ARN);
        aws.functions.last().outcome().complete(new FunctionOutcome.Succeeded());
        aws.until(() -> aws.functions.invocations.size() == 2);
        assertThat(aws.events(id)).isEqualTo("SSSSSSSI");
        aws.functions.last().outcome().complete(new FunctionOutcome.Succeeded());
        aws.untilStatus(id, "Succeeded");
    }

    @ParameterizedTest
    @CsvSource({
        "BeforeInstall, FKKKKKKK",
        "AfterInstall, SSFKKKKK",
        "AfterAllowTestTraffic, SSSSFKKK",
        "BeforeAllowTraffic, SSSSSFKK",
        "AfterAllowTraffic, SSSSSSSF"
    })
    void aFailedFunctionFailsTheDeploymentWhichIsRolledBack(String event, String events) {
        aws.withGroup();
        aws.functions.mapped.add("check");
        String id = aws.deployWithHooks("\"" + event + "\":\"check\"");
        aws.until(() -> !aws.functions.invocations.isEmpty());
        aws.functions.last().outcome().complete(new FunctionOutcome.Failed("exit code 3"));
        assertThat(aws.get(id).statusAsString()).isEqualTo("Failed");
        assertThat(aws.events(id)).isEqualTo(events);
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("HOOK_EXECUTION_FAILURE");
        assertThat(aws.get(id).errorInformation().message())
                .isEqualTo("The function check of " + event + " failed: exit code 3.");
        var diagnostics = aws.target(id).lifecycleEvents().stream()
                .filter(shown -> shown.lifecycleEventName().equals(event))
                .findFirst()
                .orElseThrow()
                .diagnostics();
        assertThat(diagnostics.errorCodeAsString()).isEqualTo("UnknownError");
        assertThat(diagnostics.scriptName()).isEqualTo("check");
        assertThat(diagnostics.message()).contains("exit code 3");

        aws.untilStatus(aws.get(id).rollbackInfo().rollbackDeploymentId(), "Succeeded");
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.ecs.statuses()).contains("ecs-svc/1 PRIMARY").doesNotContain("ecs-svc/2 ACTIVE");
        assertThat(aws.functions.invocations).as("rollbacks run no hooks").hasSize(1);
    }

    @Test
    void aReportOfFailure() {
        aws.withGroup();
        aws.functions.mapped.add("check");
        String id = aws.deployWithHooks("\"BeforeAllowTraffic\":\"check\"");
        aws.until(() -> !aws.functions.invocations.isEmpty());
        aws.functions.last().outcome().complete(new FunctionOutcome.Unreported());
        aws.advance(Duration.ofMinutes(10));
        assertThat(aws.events(id)).isEqualTo("SSSSSIPP");
        report(id, aws.functions.last(), LifecycleEventStatus.FAILED);
        assertThat(aws.get(id).statusAsString()).isEqualTo("Failed");
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("HOOK_EXECUTION_FAILURE");
    }

    @Test
    void withoutAnyReportItFailsAfterAnHour() {
        aws.withGroup();
        aws.functions.mapped.add("check");
        String id = aws.deployWithHooks("\"AfterInstall\":\"check\"");
        aws.until(() -> !aws.functions.invocations.isEmpty());
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Failed")))
                .isEqualTo(Duration.ofHours(1));
        assertThat(aws.events(id)).isEqualTo("SSFKKKKK");
        assertThat(aws.get(id).errorInformation().message()).contains("nothing within 60 minutes");
        assertThat(aws.functions.last().outcome()).isCancelled();
    }

    @Test
    void aFunctionNobodyMappedFailsTheDeploymentAtItsEvent() {
        aws.withGroup();
        String id = aws.deployWithHooks("\"AfterInstall\":\"" + ARN + "\"");
        aws.untilStatus(id, "Failed");
        assertThat(aws.events(id)).isEqualTo("SSFKKKKK");
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("INVALID_LAMBDA_FUNCTION");
        assertThat(aws.get(id).errorInformation().message())
                .contains(ARN, "AfterInstall", "--function check=http://127.0.0.1:PORT/");
    }

    @Test
    void aDeploymentStoppedInAHookEndsItsFunction() {
        aws.withGroup();
        aws.functions.mapped.add("check");
        String id = aws.deployWithHooks("\"BeforeAllowTraffic\":\"check\"");
        aws.until(() -> !aws.functions.invocations.isEmpty());
        aws.client.stopDeployment(r -> r.deploymentId(id));
        aws.untilStatus(id, "Stopped");
        assertThat(aws.events(id)).isEqualTo("SSSSSFKK");
        assertThat(aws.functions.last().outcome()).isCancelled();
        refused(
                () -> report(id, aws.functions.last(), LifecycleEventStatus.SUCCEEDED),
                "LifecycleEventAlreadyCompletedException");
    }

    @Test
    void whatAReportCannotBe() {
        aws.withGroup();
        aws.functions.mapped.add("check");
        String id = aws.deployWithHooks("\"BeforeInstall\":\"check\"");
        aws.until(() -> !aws.functions.invocations.isEmpty());
        Invocation invocation = aws.functions.last();
        refused(
                () -> report(id, invocation, LifecycleEventStatus.SKIPPED),
                "InvalidLifecycleEventHookExecutionStatusException");
        refused(
                () -> aws.client.putLifecycleEventHookExecutionStatus(
                        r -> r.deploymentId(id).status("Succeeded").lifecycleEventHookExecutionId("other")),
                "InvalidLifecycleEventHookExecutionIdException");
        refused(
                () -> aws.client.putLifecycleEventHookExecutionStatus(
                        r -> r.deploymentId(id).status("Succeeded")),
                "InvalidLifecycleEventHookExecutionIdException");
        refused(
                () -> report("d-NOSUCHONE", invocation, LifecycleEventStatus.FAILED),
                "DeploymentDoesNotExistException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Install\":\"check\"",
                "\"BeforeLunch\":\"check\"",
                "\"BeforeInstall\":\"rm -rf\"",
                "\"BeforeInstall\":null",
                "\"BeforeInstall\":\"a\"},{\"BeforeInstall\":\"b\"",
                "\"BeforeInstall\":\"a\",\"AfterInstall\":\"b\""
            })
    void hooksThatAreNone(String hook) {
        aws.withGroup();
        refused(() -> aws.deployWithHooks(hook), "InvalidRevisionException");
    }

    @Test
    void whereTheTasksAreToBeIsHandedToEcs() {
        aws.withGroup();
        String properties = "\"PlatformVersion\":\"1.4.0\",\"NetworkConfiguration\":{\"AwsvpcConfiguration\":"
                + "{\"Subnets\":[\"subnet-1\"],\"SecurityGroups\":[\"sg-1\"]}},\"CapacityProviderStrategy\":"
                + "[{\"CapacityProvider\":\"FARGATE_SPOT\",\"Weight\":1,\"Base\":2}],\"TaskDefinition\"";
        String id = aws.deployAppSpec(CodeDeployFixture.appSpec(2).replace("\"TaskDefinition\"", properties));
        aws.until(() -> aws.events(id).equals("SIPPPPPP"));
        var placement = aws.ecs.placements.get("ecs-svc/2");
        assertThat(placement.platformVersion()).isEqualTo("1.4.0");
        assertThat(placement.networkConfiguration().toString())
                .isEqualTo("{\"awsvpcConfiguration\":{\"subnets\":[\"subnet-1\"],\"securityGroups\":[\"sg-1\"],"
                        + "\"assignPublicIp\":\"DISABLED\"}}");
        assertThat(placement.capacityProviderStrategy().toString())
                .isEqualTo("[{\"capacityProvider\":\"FARGATE_SPOT\",\"weight\":1,\"base\":2}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"PlatformVersion\":\"newest\"",
                "\"NetworkConfiguration\":{}",
                "\"NetworkConfiguration\":{\"AwsvpcConfiguration\":{\"Subnets\":[]}}",
                "\"NetworkConfiguration\":{\"AwsvpcConfiguration\":{\"Subnets\":[\"s\"],\"AssignPublicIp\":\"YES\"}}",
                "\"CapacityProviderStrategy\":[{\"Weight\":1}]",
                "\"CapacityProviderStrategy\":[{\"CapacityProvider\":\"FARGATE\",\"Weight\":1001}]",
                "\"CapacityProviderStrategy\":[{\"CapacityProvider\":\"A\"},{\"CapacityProvider\":\"B\"}]"
            })
    void whereTheTasksCannotBe(String properties) {
        aws.withGroup();
        refused(
                () -> aws.deployAppSpec(
                        CodeDeployFixture.appSpec(2).replace("\"TaskDefinition\"", properties + ",\"TaskDefinition\"")),
                "InvalidRevisionException");
    }

    private String report(String id, Invocation invocation, LifecycleEventStatus status) {
        return aws.client
                .putLifecycleEventHookExecutionStatus(r -> r.deploymentId(id)
                        .lifecycleEventHookExecutionId(invocation.hookExecutionId())
                        .status(status))
                .lifecycleEventHookExecutionId();
    }
}
