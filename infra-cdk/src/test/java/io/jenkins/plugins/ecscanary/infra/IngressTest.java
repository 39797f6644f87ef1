package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class IngressTest {

    private final Resources stack = Synth.defaults();

    @Test
    void theLoadBalancerIsPublicAndInThePublicSubnets() {
        JsonNode balancer = stack.only("AWS::ElasticLoadBalancingV2::LoadBalancer");
        assertThat(balancer.path("Name").asText()).isEqualTo("web");
        assertThat(balancer.path("Scheme").asText()).isEqualTo("internet-facing");
        assertThat(balancer.path("Subnets"))
                .extracting(id -> id.path("Ref").asText())
                .containsExactly(stack.id("NetworkPublic1"), stack.id("NetworkPublic2"), stack.id("NetworkPublic3"));
        assertThat(stack.resource(stack.id("IngressLoadBalancer")).path("DependsOn"))
                .extracting(JsonNode::asText)
                .containsExactly(stack.id("NetworkPublicToInternet"));
    }

    @Test
    void bothTargetGroupsAreTheSameButForTheirNames() {
        assertThat(stack.all("AWS::ElasticLoadBalancingV2::TargetGroup"))
                .extracting(group -> group.path("Name").asText())
                .containsExactlyInAnyOrder("web-blue", "web-green");
        for (JsonNode group : stack.all("AWS::ElasticLoadBalancingV2::TargetGroup")) {
            assertThat(group.path("TargetType").asText()).isEqualTo("ip");
            assertThat(group.path("Port").asInt()).isEqualTo(3000);
            assertThat(group.path("HealthCheckPath").asText()).isEqualTo("/health");
            assertThat(group.path("HealthCheckIntervalSeconds").asInt()).isEqualTo(30);
            assertThat(group.at("/TargetGroupAttributes/0/Value").asInt())
                    .as("draining is over before a task is killed")
                    .isLessThan(stack.of("ServiceTaskDefinition")
                            .at("/ContainerDefinitions/0/StopTimeout")
                            .asInt());
        }
    }

    @Test
    void bothListenersBeginAtBlue() {
        assertThat(stack.all("AWS::ElasticLoadBalancingV2::Listener")).hasSize(2);
        for (String[] listener : new String[][] {{"Http", "80"}, {"Test", "9001"}}) {
            JsonNode properties = stack.of("Ingress" + listener[0] + "Listener");
            assertThat(properties.path("Port").asText()).isEqualTo(listener[1]);
            assertThat(properties.path("DefaultActions")).hasSize(1);
            assertThat(properties.at("/DefaultActions/0/Type").asText()).isEqualTo("forward");
            assertThat(properties.at("/DefaultActions/0/TargetGroupArn/Ref").asText())
                    .isEqualTo(stack.id("IngressBlue"));
        }
    }

    @Test
    void aCertificateMakesItHttpsAndRedirectsTheRest() {
        String certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234";
        Resources secure = Synth.of(Map.of("certificate", certificate));
        JsonNode listener = secure.of("IngressHttpsListener");
        assertThat(listener.path("Port").asInt()).isEqualTo(443);
        assertThat(listener.path("Protocol").asText()).isEqualTo("HTTPS");
        assertThat(listener.at("/Certificates/0/CertificateArn").asText()).isEqualTo(certificate);
        assertThat(listener.path("SslPolicy").asText()).contains("TLS13");
        JsonNode redirect = secure.of("IngressHttpListener").at("/DefaultActions/0");
        assertThat(redirect.path("Type").asText()).isEqualTo("redirect");
        assertThat(redirect.at("/RedirectConfig/Protocol").asText()).isEqualTo("HTTPS");
        assertThat(secure.only("AWS::CodeDeploy::DeploymentGroup")
                        .at("/LoadBalancerInfo/TargetGroupPairInfoList/0/ProdTrafficRoute/ListenerArns/0/Ref")
                        .asText())
                .as("deployments shift the secure listener")
                .isEqualTo(secure.id("IngressHttpsListener"));
        assertThat(Evaluated.in(secure).text(secure.template().at("/Outputs/Url/Value")))
                .startsWith("https://");
    }
}
