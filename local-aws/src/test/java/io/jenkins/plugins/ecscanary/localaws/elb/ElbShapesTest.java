package io.jenkins.plugins.ecscanary.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.AttributesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.LoadBalancersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.SetIpAddressTypeResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.SetSecurityGroupsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.SetSubnetsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.DescribeTagsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.TargetGroupsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.DescribeTargetHealthResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElbShapesTest {

    @Test
    void everyMemberIsOneOfTheSdk() {
        // Answers with a list that ends have AWS's NextMarker only where AWS has it: it is left out while null.
        Map<String, Class<?>> outputs = new HashMap<>(Map.of(
                "DescribeLoadBalancers", LoadBalancersResponse.class,
                "DescribeTargetGroups", TargetGroupsResponse.class,
                "DescribeListeners", ListenersResponse.class,
                "DescribeTags", DescribeTagsResponse.class,
                "DescribeTargetHealth", DescribeTargetHealthResponse.class,
                "SetSubnets", SetSubnetsResponse.class,
                "SetSecurityGroups", SetSecurityGroupsResponse.class,
                "SetIpAddressType", SetIpAddressTypeResponse.class));
        for (String rules : List.of("CreateRule", "DescribeRules", "ModifyRule", "SetRulePriorities")) {
            outputs.put(rules, RulesResponse.class);
        }
        for (String resource : List.of("TargetGroup", "LoadBalancer")) {
            outputs.put("Modify" + resource + "Attributes", AttributesResponse.class);
            outputs.put("Describe" + resource + "Attributes", AttributesResponse.class);
        }
        outputs.put("CreateLoadBalancer", LoadBalancersResponse.class);
        outputs.put("CreateTargetGroup", TargetGroupsResponse.class);
        outputs.put("ModifyTargetGroup", TargetGroupsResponse.class);
        outputs.put("CreateListener", ListenersResponse.class);
        outputs.put("ModifyListener", ListenersResponse.class);
        for (String silent : List.of(
                "DeleteLoadBalancer",
                "DeleteTargetGroup",
                "DeleteListener",
                "DeleteRule",
                "RemoveTags",
                "RegisterTargets",
                "DeregisterTargets",
                "AddTags")) {
            outputs.put(silent, Empty.class);
        }
        try (ElbFixture fixture = new ElbFixture()) {
            assertThat(SdkShapes.differences(
                            fixture.elb.api(), "software.amazon.awssdk.services.elasticloadbalancingv2.model", outputs))
                    .containsExactlyInAnyOrder(
                            "CreateLoadBalancer out: AWS has no NextMarker",
                            "CreateTargetGroup out: AWS has no NextMarker",
                            "ModifyTargetGroup out: AWS has no NextMarker",
                            "CreateListener out: AWS has no NextMarker",
                            "ModifyListener out: AWS has no NextMarker",
                            "CreateRule out: AWS has no NextMarker",
                            "ModifyRule out: AWS has no NextMarker",
                            "SetRulePriorities out: AWS has no NextMarker");
        }
    }
}
