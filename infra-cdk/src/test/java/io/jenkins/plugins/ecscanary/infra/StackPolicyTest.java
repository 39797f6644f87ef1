package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class StackPolicyTest {

    @Test
    void refusesUpdatesOfWhatDeploymentsChange() throws JsonProcessingException {
        CanaryStack stack = Synth.stacks(Map.of()).get(0);
        Resources resources = Synth.resources(stack);
        JsonNode statements = new ObjectMapper().readTree(StackPolicy.of(stack)).path("Statement");
        assertThat(statements.path(0).path("Effect").asText()).isEqualTo("Allow");
        assertThat(statements.path(1).path("Effect").asText()).isEqualTo("Deny");
        assertThat(Resources.texts(statements.path(1).path("Action"))).containsExactly("Update:*");
        assertThat(Resources.texts(statements.path(1).path("Resource")))
                .containsExactly(
                        "LogicalResourceId/" + resources.id("IngressHttpListener"),
                        "LogicalResourceId/" + resources.id("IngressTestListener"),
                        "LogicalResourceId/" + resources.id("Service"),
                        "LogicalResourceId/" + resources.id("ServiceTaskDefinition"));
        assertThat(Resources.texts(statements.path(2).path("Resource")))
                .containsExactly(
                        "LogicalResourceId/" + resources.id("IngressLoadBalancer"),
                        "LogicalResourceId/" + resources.id("IngressBlue"),
                        "LogicalResourceId/" + resources.id("IngressGreen"));
    }

    /** There the weights are of rules, and listeners may change. */
    @Test
    void whereEcsDeploysItKeepsTheRules() throws JsonProcessingException {
        CanaryStack stack = Synth.stacks(Map.of("ecsStrategy", "linear:10:6")).get(0);
        Resources resources = Synth.resources(stack);
        JsonNode statements = new ObjectMapper().readTree(StackPolicy.of(stack)).path("Statement");
        assertThat(Resources.texts(statements.path(1).path("Resource")))
                .containsExactly(
                        "LogicalResourceId/" + resources.id("EcsDeploymentProductionRule"),
                        "LogicalResourceId/" + resources.id("EcsDeploymentTestRule"),
                        "LogicalResourceId/" + resources.id("Service"),
                        "LogicalResourceId/" + resources.id("ServiceTaskDefinition"));
    }
}
