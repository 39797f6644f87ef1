package io.jenkins.plugins.ecscanary.localaws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.Placement;
import org.junit.jupiter.api.Test;

/** A task set shows what its deployment said otherwise than the service, and the service's own for the rest. */
class PlacementTest {

    @Test
    void whatTheDeploymentSaysIsShown() {
        try (EcsHarness aws = new EcsHarness()) {
            aws.startService(1);
            JsonNode original = aws.service().at("/taskSets/0");
            String definition = aws.register("");
            String id = aws.world.call(() ->
                    aws.ecs.createTaskSet(aws.info(), definition, FakeLoadBalancing.GREEN, "web", 3000, "d-ABCDEFGHI"));
            assertThat(aws.service().at("/taskSets/0/networkConfiguration"))
                    .isEqualTo(original.get("networkConfiguration"));

            JsonNode network = JsonNodeFactory.instance.objectNode().put("own", true);
            JsonNode strategy = JsonNodeFactory.instance.arrayNode();
            aws.world.run(() -> aws.ecs.place(id, new Placement(network, strategy, "1.4.0")));
            JsonNode replacement = aws.service().at("/taskSets/0");
            assertThat(replacement.get("id").asText()).isEqualTo(id);
            assertThat(replacement.get("platformVersion").asText()).isEqualTo("1.4.0");
            assertThat(replacement.get("networkConfiguration")).isEqualTo(network);
            assertThat(replacement.get("capacityProviderStrategy")).isEqualTo(strategy);
            assertThat(replacement.has("launchType")).isFalse();
        }
    }
}
