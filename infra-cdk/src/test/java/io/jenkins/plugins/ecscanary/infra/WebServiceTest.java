package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class WebServiceTest {

    private final Resources stack = Synth.defaults();
    private final JsonNode service = stack.only("AWS::ECS::Service");
    private final JsonNode definition = stack.only("AWS::ECS::TaskDefinition");
    private final JsonNode container = definition.at("/ContainerDefinitions/0");

    @Test
    void theClusterHasContainerInsights() {
        JsonNode cluster = stack.only("AWS::ECS::Cluster");
        assertThat(cluster.path("ClusterName").asText()).isEqualTo("reference");
        assertThat(cluster.path("ClusterSettings").toString())
                .isEqualTo("[{\"Name\":\"containerInsights\",\"Value\":\"enabled\"}]");
    }

    @Test
    void twoTasksRunPrivatelyAndCodeDeployDeploysThem() {
        assertThat(service.path("ServiceName").asText()).isEqualTo("web");
        assertThat(service.path("DesiredCount").asInt()).isEqualTo(2);
        assertThat(service.path("LaunchType").asText()).isEqualTo("FARGATE");
        assertThat(service.at("/DeploymentController/Type").asText()).isEqualTo("CODE_DEPLOY");
        JsonNode network = service.at("/NetworkConfiguration/AwsvpcConfiguration");
        assertThat(network.path("AssignPublicIp").asText()).isEqualTo("DISABLED");
        assertThat(network.path("Subnets"))
                .extracting(id -> id.path("Ref").asText())
                .containsExactly(stack.id("NetworkPrivate1"), stack.id("NetworkPrivate2"), stack.id("NetworkPrivate3"));
        assertThat(network.at("/SecurityGroups/0/Fn::GetAtt/0").asText()).isEqualTo(stack.id("SecurityGroupsTasks"));
        assertThat(service.path("LoadBalancers")).hasSize(1);
        assertThat(service.at("/LoadBalancers/0/TargetGroupArn/Ref").asText()).isEqualTo(stack.id("IngressBlue"));
        assertThat(service.at("/LoadBalancers/0/ContainerPort").asInt()).isEqualTo(3000);
    }

    @Test
    void theServiceWaitsForWhatItsTasksNeed() {
        assertThat(Resources.texts(stack.resource(stack.id("Service")).path("DependsOn")))
                .contains(
                        stack.id("IngressHttpListener"),
                        stack.id("IngressTestListener"),
                        stack.id("EndpointsEcrApi"),
                        stack.id("EndpointsEcrDocker"),
                        stack.id("EndpointsLogs"),
                        stack.id("EndpointsS3"));
    }

    @Test
    void aTaskIsWhatTheSampleServiceNeeds() {
        assertThat(definition.path("Family").asText()).isEqualTo("web");
        assertThat(definition.path("Cpu").asText()).isEqualTo("256");
        assertThat(definition.path("Memory").asText()).isEqualTo("512");
        assertThat(definition.path("NetworkMode").asText()).isEqualTo("awsvpc");
        assertThat(definition.at("/ExecutionRoleArn/Fn::GetAtt/0").asText()).isEqualTo(stack.id("AccessExecutionRole"));
        assertThat(definition.at("/TaskRoleArn/Fn::GetAtt/0").asText()).isEqualTo(stack.id("AccessTaskRole"));
        assertThat(container.path("Name").asText()).isEqualTo("app");
        assertThat(container.path("StopTimeout").asInt()).isEqualTo(60);
        assertThat(container.at("/PortMappings/0/ContainerPort").asInt()).isEqualTo(3000);
        assertThat(Resources.texts(container.at("/HealthCheck/Command"))).startsWith("CMD", "java");
        assertThat(container.at("/LogConfiguration/Options/awslogs-group/Ref").asText())
                .isEqualTo(stack.id("ObservabilityLogs"));
    }

    /** Tasks of a revision that a stack update replaces may still run, and CodeDeploy may go back to it. */
    @Test
    void aReplacedTaskDefinitionStaysRegistered() {
        JsonNode resource = stack.resource(stack.id("ServiceTaskDefinition"));
        assertThat(resource.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        assertThat(resource.path("DeletionPolicy").asText()).isEqualTo("Retain");
    }

    @Test
    void spotBeginsAfterTheFirstTask() {
        Resources spot = Synth.of(Map.of("spotPercent", "70"));
        assertThat(spot.only("AWS::ECS::Service").has("LaunchType")).isFalse();
        assertThat(spot.only("AWS::ECS::Service").path("CapacityProviderStrategy"))
                .extracting(
                        item -> item.path("CapacityProvider").asText(),
                        item -> item.path("Base").asInt(),
                        item -> item.path("Weight").asInt())
                .containsExactly(tuple("FARGATE", 1, 30), tuple("FARGATE_SPOT", 0, 70));
        assertThat(Resources.texts(spot.only("AWS::ECS::Cluster").path("CapacityProviders")))
                .containsExactly("FARGATE", "FARGATE_SPOT");
    }

    @Test
    void rootAndWritingCanBeTakenAway() {
        assertThat(container.has("User")).isFalse();
        JsonNode hardened = Synth.of(Map.of("user", "10001:10001", "readOnlyRootFilesystem", "true"))
                .of("ServiceTaskDefinition")
                .at("/ContainerDefinitions/0");
        assertThat(hardened.path("User").asText()).isEqualTo("10001:10001");
        assertThat(hardened.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
    }

    @Test
    void secretsAreReadByTheExecutionRoleAlone() {
        Resources stack = Synth.of(AllOptions.SECRETS);
        assertThat(stack.of("ServiceTaskDefinition").at("/ContainerDefinitions/0/Secrets"))
                .extracting(secret -> secret.path("Name").asText())
                .containsExactly("PASSWORD", "TOKEN");
        JsonNode policies = stack.of("AccessExecutionRole").path("Policies");
        assertThat(policies.toString())
                .contains("secretsmanager:GetSecretValue", "ssm:GetParameters", "parameter/web/token");
        assertThat(stack.of("AccessTaskRole").has("Policies")).isFalse();
    }
}
