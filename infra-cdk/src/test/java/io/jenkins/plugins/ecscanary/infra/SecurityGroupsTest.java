package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class SecurityGroupsTest {

    private final Resources stack = Synth.defaults();

    @Test
    void theLoadBalancerIsReachedOnProductionsPortsOnly() {
        assertThat(reached(stack, "LoadBalancer")).containsExactly("0.0.0.0/0:80-80", "0.0.0.0/0:443-443");
    }

    @Test
    void theTestListenerIsReachedByWhoIsNamed() {
        Resources open = Synth.of(Map.of("testListenerCidrs", "203.0.113.0/24,198.51.100.7/32"));
        assertThat(reached(open, "LoadBalancer"))
                .containsExactly(
                        "0.0.0.0/0:80-80",
                        "0.0.0.0/0:443-443",
                        "203.0.113.0/24:9001-9001",
                        "198.51.100.7/32:9001-9001");
    }

    @Test
    void tasksAreReachedByTheLoadBalancerAndEndpointsByTasks() {
        assertThat(reached(stack, "Tasks")).containsExactly(stack.id("SecurityGroupsLoadBalancer") + ":3000-3000");
        assertThat(reached(stack, "Endpoints")).containsExactly(stack.id("SecurityGroupsTasks") + ":443-443");
    }

    @Test
    void clientsThatFindTasksByThemselvesReachThemToo() {
        Resources found = Synth.of(Map.of("discoveryNamespace", "internal.example", "clientCidrs", "10.0.0.0/16"));
        assertThat(reached(found, "Tasks"))
                .containsExactly(found.id("SecurityGroupsLoadBalancer") + ":3000-3000", "10.0.0.0/16:3000-3000");
    }

    private static List<String> reached(Resources stack, String group) {
        List<String> reached = new ArrayList<>();
        JsonNode all = stack.of("SecurityGroups" + group).path("SecurityGroupIngress");
        for (JsonNode one : all) {
            String from = one.has("CidrIp")
                    ? one.path("CidrIp").asText()
                    : one.at("/SourceSecurityGroupId/Fn::GetAtt/0").asText();
            reached.add(from + ":" + one.path("FromPort").asInt() + "-"
                    + one.path("ToPort").asInt());
        }
        return reached;
    }
}
