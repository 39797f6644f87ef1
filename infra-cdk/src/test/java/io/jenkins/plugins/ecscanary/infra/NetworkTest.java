package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class NetworkTest {

    private final Resources stack = Synth.defaults();

    @Test
    void hasTheAddressesOfTheReference() {
        assertThat(stack.only("AWS::EC2::VPC").path("CidrBlock").asText()).isEqualTo("10.0.0.0/16");
        assertThat(stack.only("AWS::EC2::VPC").path("EnableDnsHostnames").asBoolean())
                .isTrue();
        assertThat(stack.all("AWS::EC2::Subnet"))
                .extracting(
                        subnet -> subnet.path("AvailabilityZone").asText(),
                        subnet -> subnet.path("CidrBlock").asText(),
                        subnet -> subnet.path("MapPublicIpOnLaunch").asBoolean())
                .containsExactlyInAnyOrder(
                        tuple("eu-central-1a", "10.0.1.0/24", false),
                        tuple("eu-central-1b", "10.0.2.0/24", false),
                        tuple("eu-central-1c", "10.0.3.0/24", false),
                        tuple("eu-central-1a", "10.0.11.0/24", false),
                        tuple("eu-central-1b", "10.0.12.0/24", false),
                        tuple("eu-central-1c", "10.0.13.0/24", false));
    }

    @Test
    void onlyThePublicSubnetsHaveAWayToTheInternet() {
        assertThat(stack.all("AWS::EC2::NatGateway")).isEmpty();
        JsonNode route = stack.only("AWS::EC2::Route");
        assertThat(Resources.ref(route.path("GatewayId")).asText()).isEqualTo(stack.id("NetworkInternetGateway"));
        assertThat(Resources.ref(route.path("RouteTableId")).asText()).isEqualTo(stack.id("NetworkPublicRoutes"));
        for (String kind : new String[] {"Public", "Private"}) {
            for (int zone = 1; zone <= 3; zone++) {
                JsonNode association = stack.of("Network" + kind + zone + "Routes");
                assertThat(Resources.ref(association.path("SubnetId")).asText())
                        .isEqualTo(stack.id("Network" + kind + zone));
                assertThat(Resources.ref(association.path("RouteTableId")).asText())
                        .isEqualTo(stack.id("Network" + kind + "Routes"));
            }
        }
    }

    @Test
    void isElsewhereWhereSettingsSayso() {
        Resources other = Synth.of(
                Map.of("region", "us-east-1", "zones", "us-east-1b,us-east-1d,us-east-1f", "network", "172.20.0.0/16"));
        assertThat(other.of("NetworkPrivate3").path("CidrBlock").asText()).isEqualTo("172.20.13.0/24");
        assertThat(other.of("NetworkPrivate3").path("AvailabilityZone").asText())
                .isEqualTo("us-east-1f");
    }
}
