package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class EndpointsTest {

    @Test
    void areThoseThatTasksNeed() {
        Resources stack = Synth.defaults();
        assertThat(names(stack, "Interface"))
                .containsExactlyInAnyOrder(
                        "com.amazonaws.eu-central-1.ecr.api",
                        "com.amazonaws.eu-central-1.ecr.dkr",
                        "com.amazonaws.eu-central-1.logs");
        assertThat(names(stack, "Gateway")).containsExactly("com.amazonaws.eu-central-1.s3");
        JsonNode s3 = stack.of("EndpointsS3");
        assertThat(Resources.ref(s3.at("/RouteTableIds/0")).asText()).isEqualTo(stack.id("NetworkPrivateRoutes"));
    }

    @Test
    void interfacesAreInEveryPrivateSubnetAndAnswerToAwssNames() {
        Resources stack = Synth.defaults();
        JsonNode logs = stack.of("EndpointsLogs");
        assertThat(logs.path("SubnetIds"))
                .extracting(id -> id.path("Ref").asText())
                .containsExactly(stack.id("NetworkPrivate1"), stack.id("NetworkPrivate2"), stack.id("NetworkPrivate3"));
        assertThat(logs.path("PrivateDnsEnabled").asBoolean()).isTrue();
        assertThat(logs.at("/SecurityGroupIds/0/Fn::GetAtt/0").asText()).isEqualTo(stack.id("SecurityGroupsEndpoints"));
    }

    @Test
    void secretsBringTheirs() {
        Resources stack = Synth.of(AllOptions.SECRETS);
        assertThat(names(stack, "Interface"))
                .contains("com.amazonaws.eu-central-1.secretsmanager", "com.amazonaws.eu-central-1.ssm");
        assertThat(names(Synth.of(Map.of("secrets", AllOptions.PARAMETER)), "Interface"))
                .contains("com.amazonaws.eu-central-1.ssm")
                .doesNotContain("com.amazonaws.eu-central-1.secretsmanager");
    }

    private static List<String> names(Resources stack, String type) {
        return stack.all("AWS::EC2::VPCEndpoint").stream()
                .filter(endpoint -> endpoint.path("VpcEndpointType").asText().equals(type))
                .map(endpoint -> Evaluated.in(stack).text(endpoint.path("ServiceName")))
                .toList();
    }
}
