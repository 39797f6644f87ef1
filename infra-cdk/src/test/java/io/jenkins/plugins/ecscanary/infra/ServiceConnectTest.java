package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class ServiceConnectTest {

    private final Resources stack = Synth.of(Map.of(
            "ecsStrategy", "linear:10:6",
            "service", "Web",
            "serviceConnectNamespace", "shop",
            "clientCidrs", "10.0.0.0/16"));
    private final JsonNode connect = stack.only("AWS::ECS::Service").path("ServiceConnectConfiguration");

    @Test
    void otherServicesOfTheNamespaceFindItByItsName() {
        assertThat(stack.only("AWS::ServiceDiscovery::HttpNamespace")
                        .path("Name")
                        .asText())
                .isEqualTo("shop");
        assertThat(connect.path("Enabled").asBoolean()).isTrue();
        assertThat(connect.at("/Namespace/Fn::GetAtt/0").asText()).isEqualTo(stack.id("ServiceConnectNamespace"));
        assertThat(connect.at("/Services/0/DiscoveryName").asText())
                .as("in small letters")
                .isEqualTo("web");
        assertThat(connect.at("/Services/0/ClientAliases").toString())
                .isEqualTo("[{\"DnsName\":\"web\",\"Port\":3000}]");
    }

    @Test
    void thePortHasTheNameThatTheServiceAsksFor() {
        JsonNode port = stack.of("ServiceTaskDefinition").at("/ContainerDefinitions/0/PortMappings/0");
        assertThat(port.path("Name")).isEqualTo(connect.at("/Services/0/PortName"));
        assertThat(port.path("AppProtocol").asText()).isEqualTo("http");
        assertThat(Synth.defaults()
                        .of("ServiceTaskDefinition")
                        .at("/ContainerDefinitions/0/PortMappings/0")
                        .has("Name"))
                .isFalse();
    }

    @Test
    void theProxyLogsWhereTheTasksDo() {
        assertThat(connect.at("/LogConfiguration/Options/awslogs-group/Ref").asText())
                .isEqualTo(stack.id("ObservabilityLogs"));
    }
}
