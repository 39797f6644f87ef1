package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresNode
class CloudMapTest {

    private static final Map<String, String> ON =
            Map.of("discoveryNamespace", "internal.example", "clientCidrs", "10.0.0.0/16");

    private final Resources stack = Synth.of(ON);

    @Test
    void theTasksHaveANameInTheVpc() {
        JsonNode namespace = stack.only("AWS::ServiceDiscovery::PrivateDnsNamespace");
        assertThat(namespace.path("Name").asText()).isEqualTo("internal.example");
        assertThat(namespace.at("/Vpc/Ref").asText()).isEqualTo(stack.id("NetworkVpc"));
        JsonNode name = stack.only("AWS::ServiceDiscovery::Service");
        assertThat(name.path("Name").asText()).isEqualTo("web");
        assertThat(name.at("/NamespaceId/Fn::GetAtt/0").asText()).isEqualTo(stack.id("CloudMapNamespace"));
        assertThat(name.at("/DnsConfig/DnsRecords").toString()).isEqualTo("[{\"TTL\":10,\"Type\":\"A\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "linear:10:6"})
    void ecsRegistersThemWhoeverDeploys(String strategy) {
        Resources deployed = strategy.equals("-")
                ? stack
                : Synth.of(Map.of(
                        "discoveryNamespace", "internal.example",
                        "clientCidrs", "10.0.0.0/16",
                        "ecsStrategy", strategy));
        JsonNode registries = deployed.only("AWS::ECS::Service").path("ServiceRegistries");
        assertThat(registries).hasSize(1);
        assertThat(registries.at("/0/RegistryArn/Fn::GetAtt/0").asText()).isEqualTo(deployed.id("CloudMapService"));
    }

    @Test
    void withoutItThereIsNone() {
        assertThat(Synth.defaults().only("AWS::ECS::Service").has("ServiceRegistries"))
                .isFalse();
    }
}
