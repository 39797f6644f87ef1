package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresNode
class EcsDeploymentTest {

    private static final Map<String, String> LINEAR = Map.of("ecsStrategy", "linear:10:6");

    private final Resources stack = Synth.of(LINEAR);
    private final JsonNode service = stack.only("AWS::ECS::Service");
    private final JsonNode configuration = service.path("DeploymentConfiguration");

    @Test
    void ecsDeploysAndThereIsNoCodeDeploy() {
        assertThat(service.at("/DeploymentController/Type").asText()).isEqualTo("ECS");
        assertThat(stack.template().path("Resources").toString())
                .doesNotContain("CodeDeploy", "codedeploy", "CODE_DEPLOY");
    }

    @Test
    void eachListenerHasARuleForEverythingWithBothTargetGroups() {
        for (String[] rule : new String[][] {{"Production", "Http"}, {"Test", "Test"}}) {
            JsonNode properties = stack.of("EcsDeployment" + rule[0] + "Rule");
            assertThat(properties.at("/ListenerArn/Ref").asText())
                    .isEqualTo(stack.id("Ingress" + rule[1] + "Listener"));
            assertThat(properties.path("Priority").asInt()).isEqualTo(1);
            assertThat(properties.path("Conditions").toString())
                    .isEqualTo("[{\"Field\":\"path-pattern\",\"PathPatternConfig\":{\"Values\":[\"/*\"]}}]");
            assertThat(properties.at("/Actions/0/ForwardConfig/TargetGroups"))
                    .extracting(group -> group.at("/TargetGroupArn/Ref").asText(), group -> group.path("Weight")
                            .asInt())
                    .containsExactly(tuple(stack.id("IngressBlue"), 1), tuple(stack.id("IngressGreen"), 0));
        }
    }

    @Test
    void theServiceHasBothTargetGroupsBothRulesAndTheRole() {
        assertThat(service.at("/LoadBalancers/0/TargetGroupArn/Ref").asText()).isEqualTo(stack.id("IngressBlue"));
        JsonNode advanced = service.at("/LoadBalancers/0/AdvancedConfiguration");
        assertThat(advanced.at("/AlternateTargetGroupArn/Ref").asText()).isEqualTo(stack.id("IngressGreen"));
        assertThat(advanced.at("/ProductionListenerRule/Ref").asText())
                .isEqualTo(stack.id("EcsDeploymentProductionRule"));
        assertThat(advanced.at("/TestListenerRule/Ref").asText()).isEqualTo(stack.id("EcsDeploymentTestRule"));
        assertThat(advanced.at("/RoleArn/Fn::GetAtt/0").asText())
                .isEqualTo(stack.id("EcsDeploymentInfrastructureRole"));
    }

    @Test
    void withACertificateTheSecureListenersRuleIsShifted() {
        Resources secure = Synth.of(Map.of(
                "ecsStrategy", "blue-green", "certificate", "arn:aws:acm:eu-central-1:123456789012:certificate/1"));
        assertThat(secure.of("EcsDeploymentProductionRule")
                        .at("/ListenerArn/Ref")
                        .asText())
                .isEqualTo(secure.id("IngressHttpsListener"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "linear:10:6 | LINEAR | LinearConfiguration | {\"StepBakeTimeInMinutes\":6,\"StepPercent\":10}",
                "linear:12.5:0 | LINEAR | LinearConfiguration | {\"StepBakeTimeInMinutes\":0,\"StepPercent\":12.5}",
                "canary:0.5:10 | CANARY | CanaryConfiguration | {\"CanaryBakeTimeInMinutes\":10,\"CanaryPercent\":0.5}",
                "blue-green | BLUE_GREEN | - | -"
            })
    void theStrategyIsASetting(String setting, String strategy, String member, String steps) {
        JsonNode shift = Synth.of(Map.of("ecsStrategy", setting))
                .only("AWS::ECS::Service")
                .path("DeploymentConfiguration");
        assertThat(shift.path("Strategy").asText()).isEqualTo(strategy);
        assertThat(shift.path("BakeTimeInMinutes").asInt()).isEqualTo(5);
        assertThat(shift.properties().stream().map(Map.Entry::getKey).filter(name -> name.endsWith("Configuration")))
                .containsExactlyElementsOf(member == null ? List.of() : List.of(member));
        if (member != null) {
            assertThat(shift.path(member).toString()).isEqualTo(steps);
        }
    }

    @Test
    void anAlarmOfEitherTargetGroupRollsBack() {
        assertThat(configuration.at("/Alarms/Enable").asBoolean()).isTrue();
        assertThat(configuration.at("/Alarms/Rollback").asBoolean()).isTrue();
        assertThat(configuration.at("/Alarms/AlarmNames"))
                .extracting(name -> name.path("Ref").asText())
                .containsExactly(stack.id("ObservabilityBlueSuccessRate"), stack.id("ObservabilityGreenSuccessRate"));
    }

    @Test
    void itPausesWhereSettingsSaySoAndRollsBackIfNobodyContinues() {
        assertThat(configuration.has("LifecycleHooks")).isFalse();
        JsonNode hooks = Synth.of(Map.of(
                        "ecsStrategy",
                        "linear:10:0",
                        "pauseAt",
                        "POST_TEST_TRAFFIC_SHIFT,PRE_PRODUCTION_TRAFFIC_SHIFT",
                        "pauseTimeoutMinutes",
                        "60"))
                .only("AWS::ECS::Service")
                .at("/DeploymentConfiguration/LifecycleHooks");
        assertThat(hooks)
                .extracting(
                        hook -> hook.at("/LifecycleStages/0").asText(),
                        hook -> hook.path("TargetType").asText(),
                        hook -> hook.path("TimeoutConfiguration").toString(),
                        hook -> hook.has("HookTargetArn") || hook.has("RoleArn"))
                .containsExactly(
                        tuple(
                                "POST_TEST_TRAFFIC_SHIFT",
                                "PAUSE",
                                "{\"Action\":\"ROLLBACK\",\"TimeoutInMinutes\":60}",
                                false),
                        tuple(
                                "PRE_PRODUCTION_TRAFFIC_SHIFT",
                                "PAUSE",
                                "{\"Action\":\"ROLLBACK\",\"TimeoutInMinutes\":60}",
                                false));
    }

    @Test
    void aRollingDeploymentShiftsNothingAndMayHaveTheCircuitBreaker() {
        Resources rolling = Synth.of(Map.of("ecsStrategy", "rolling", "circuitBreaker", "true"));
        JsonNode one = rolling.only("AWS::ECS::Service");
        assertThat(one.at("/DeploymentConfiguration/Strategy").asText()).isEqualTo("ROLLING");
        assertThat(one.at("/DeploymentConfiguration/DeploymentCircuitBreaker").toString())
                .isEqualTo("{\"Enable\":true,\"Rollback\":true}");
        assertThat(one.at("/DeploymentConfiguration").has("BakeTimeInMinutes")).isFalse();
        assertThat(one.at("/LoadBalancers/0").has("AdvancedConfiguration")).isFalse();
        assertThat(rolling.ids("AWS::ElasticLoadBalancingV2::ListenerRule")).isEmpty();
        assertThat(configuration.has("DeploymentCircuitBreaker")).isFalse();
    }

    @Test
    void ecsMayShiftThisServicesRulesAndTargetGroupsOnly() {
        JsonNode role = stack.of("EcsDeploymentInfrastructureRole");
        assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Principal/Service")
                        .asText())
                .isEqualTo("ecs.amazonaws.com");
        JsonNode statements = Evaluated.in(stack).of(role.at("/Policies/0/PolicyDocument/Statement"));
        for (JsonNode statement : statements) {
            if (statement.path("Resource").asText().equals("*")) {
                assertThat(Resources.texts(statement.path("Action"))).allMatch(action -> action.contains(":Describe"));
            }
        }
        assertThat(statements.toString())
                .contains(
                        stack.id("EcsDeploymentProductionRule"),
                        stack.id("EcsDeploymentTestRule"),
                        stack.id("IngressBlue"),
                        stack.id("IngressGreen"));
    }

    @Test
    void theDeployerUpdatesThisServiceAndFollowsItsDeployments() {
        JsonNode deployer = stack.of("AccessDeployerRole");
        assertThat(deployer.path("Policies"))
                .extracting(policy -> policy.path("PolicyName").asText())
                .containsExactly("Deploy", "Push");
        assertThat(Evaluated.in(stack)
                        .of(deployer.at("/Policies/0/PolicyDocument/Statement"))
                        .toString())
                .contains(
                        "\"ecs:UpdateService\"",
                        "\"arn:aws:ecs:eu-central-1:123456789012:service/reference/web\"",
                        "\"ecs:ContinueServiceDeployment\"",
                        "\"arn:aws:ecs:eu-central-1:123456789012:service-deployment/reference/web/*\"",
                        "\"arn:aws:iam::123456789012:role/AccessExecutionRole\"")
                .doesNotContain("ecs:*", "iam:*", "codedeploy");
    }

    @Test
    void aTopicIsToldOfDeploymentsThatFail() {
        assertThat(stack.ids("AWS::Events::Rule")).isEmpty();
        String topic = "arn:aws:sns:eu-central-1:123456789012:alarms";
        Resources told = Synth.of(Map.of("ecsStrategy", "linear:10:6", "alarmTopic", topic));
        JsonNode rule = told.only("AWS::Events::Rule");
        assertThat(rule.at("/Targets/0/Arn").asText()).isEqualTo(topic);
        assertThat(Evaluated.in(told).of(rule.path("EventPattern")).toString())
                .contains(
                        "\"ECS Deployment State Change\"",
                        "\"SERVICE_DEPLOYMENT_FAILED\"",
                        "\"arn:aws:ecs:eu-central-1:123456789012:service/reference/web\"");
    }

    @Test
    void itsDeployConfigSaysWhoDeploys() {
        String text = Evaluated.in(stack).text(stack.template().at("/Outputs/DeployConfig/Value"));
        assertThat(text)
                .startsWith("# ECS itself deploys this service, by its strategy LINEAR")
                .contains("\nSERVICE=web\n")
                .doesNotContain("CODEDEPLOY_");
    }
}
