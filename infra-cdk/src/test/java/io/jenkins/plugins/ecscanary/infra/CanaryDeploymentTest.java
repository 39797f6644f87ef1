package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class CanaryDeploymentTest {

    private final Resources stack = Synth.defaults();
    private final JsonNode group = stack.only("AWS::CodeDeploy::DeploymentGroup");

    @Test
    void shiftsBetweenThePairOnBothListeners() {
        JsonNode pair = group.at("/LoadBalancerInfo/TargetGroupPairInfoList/0");
        assertThat(pair.path("TargetGroups"))
                .extracting(target -> target.at("/Name/Fn::GetAtt/0").asText())
                .containsExactly(stack.id("IngressBlue"), stack.id("IngressGreen"));
        assertThat(pair.at("/ProdTrafficRoute/ListenerArns/0/Ref").asText()).isEqualTo(stack.id("IngressHttpListener"));
        assertThat(pair.at("/TestTrafficRoute/ListenerArns/0/Ref").asText()).isEqualTo(stack.id("IngressTestListener"));
    }

    @Test
    void isOfTheServiceAndByCodeDeploysLinearPlan() {
        assertThat(stack.only("AWS::CodeDeploy::Application")
                        .path("ComputePlatform")
                        .asText())
                .isEqualTo("ECS");
        Evaluated values = Evaluated.in(stack);
        assertThat(values.of(group.path("ECSServices")).toString())
                .isEqualTo("[{\"ClusterName\":\"reference\",\"ServiceName\":\"web\"}]");
        assertThat(group.path("DeploymentConfigName").asText())
                .isEqualTo("CodeDeployDefault.ECSLinear10PercentEvery1Minutes");
        assertThat(group.at("/DeploymentStyle/DeploymentType").asText()).isEqualTo("BLUE_GREEN");
        assertThat(group.at("/DeploymentStyle/DeploymentOption").asText()).isEqualTo("WITH_TRAFFIC_CONTROL");
    }

    @Test
    void anAlarmStopsItAndItGoesBackByItself() {
        assertThat(group.at("/AlarmConfiguration/Enabled").asBoolean()).isTrue();
        assertThat(group.at("/AlarmConfiguration/Alarms"))
                .extracting(alarm -> alarm.at("/Name/Ref").asText())
                .containsExactly(stack.id("ObservabilityBlueSuccessRate"), stack.id("ObservabilityGreenSuccessRate"));
        assertThat(group.at("/AutoRollbackConfiguration/Enabled").asBoolean()).isTrue();
        assertThat(Resources.texts(group.at("/AutoRollbackConfiguration/Events")))
                .containsExactlyInAnyOrder(
                        "DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST");
    }

    @Test
    void theOriginalStaysForAWhile() {
        JsonNode blueGreen = group.path("BlueGreenDeploymentConfiguration");
        assertThat(blueGreen
                        .at("/TerminateBlueInstancesOnDeploymentSuccess/TerminationWaitTimeInMinutes")
                        .asInt())
                .isEqualTo(5);
        assertThat(blueGreen.at("/DeploymentReadyOption/ActionOnTimeout").asText())
                .isEqualTo("CONTINUE_DEPLOYMENT");
    }

    @Test
    void aPlanOfOnesOwnBecomesADeploymentConfig() {
        Resources linear = Synth.of(Map.of("trafficPlan", "linear:20:2"));
        assertThat(linear.only("AWS::CodeDeploy::DeploymentConfig")
                        .path("TrafficRoutingConfig")
                        .toString())
                .isEqualTo("{\"TimeBasedLinear\":{\"LinearInterval\":2,\"LinearPercentage\":20},"
                        + "\"Type\":\"TimeBasedLinear\"}");
        assertThat(linear.only("AWS::CodeDeploy::DeploymentGroup")
                        .at("/DeploymentConfigName/Ref")
                        .asText())
                .isEqualTo(linear.id("CanaryDeploymentDeploymentConfig"));
        Resources canary = Synth.of(Map.of("trafficPlan", "canary:5:10"));
        assertThat(canary.only("AWS::CodeDeploy::DeploymentConfig")
                        .path("TrafficRoutingConfig")
                        .toString())
                .isEqualTo("{\"TimeBasedCanary\":{\"CanaryInterval\":10,\"CanaryPercentage\":5},"
                        + "\"Type\":\"TimeBasedCanary\"}");
    }

    @Test
    void aTopicIsToldOfDeploymentsThatFail() {
        assertThat(group.has("TriggerConfigurations")).isFalse();
        String topic = "arn:aws:sns:eu-central-1:123456789012:alarms";
        Resources told = Synth.of(Map.of("alarmTopic", topic));
        JsonNode trigger = told.only("AWS::CodeDeploy::DeploymentGroup").at("/TriggerConfigurations/0");
        assertThat(trigger.path("TriggerTargetArn").asText()).isEqualTo(topic);
        assertThat(Resources.texts(trigger.path("TriggerEvents"))).contains("DeploymentFailure", "DeploymentRollback");
        assertThat(told.of("CanaryDeploymentServiceRole").path("Policies").toString())
                .contains("sns:Publish", topic);
    }

    @Test
    void codeDeployMayShiftThisServicesListenersOnly() {
        JsonNode policy = Evaluated.in(stack)
                .of(stack.of("CanaryDeploymentServiceRole").at("/Policies/0/PolicyDocument/Statement"));
        for (JsonNode statement : policy) {
            if (statement.path("Resource").asText().equals("*")) {
                assertThat(Resources.texts(statement.path("Action"))).allMatch(action -> action.contains(":Describe"));
            }
        }
        assertThat(policy.toString())
                .contains(
                        "\"arn:aws:ecs:eu-central-1:123456789012:service/reference/web\"",
                        "\"arn:aws:ecs:eu-central-1:123456789012:task-set/reference/web/*\"",
                        "\"arn:aws:iam::123456789012:role/AccessExecutionRole\"",
                        stack.id("IngressHttpListener"))
                .doesNotContain("lambda:", "s3:", "sns:");
    }
}
