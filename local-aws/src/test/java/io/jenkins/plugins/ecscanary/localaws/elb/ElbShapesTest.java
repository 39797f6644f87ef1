package io.jenkins.plugins.ecscanary.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DescribeRulesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.LoadBalancersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.DescribeTagsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupAttributeOperations.AttributesResponse;
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
                "DescribeRules", DescribeRulesResponse.class,
                "DescribeTags", DescribeTagsResponse.class,
                "DescribeTargetHealth", DescribeTargetHealthResponse.class,
                "ModifyTargetGroupAttributes", AttributesResponse.class,
                "DescribeTargetGroupAttributes", AttributesResponse.class));
        outputs.put("CreateLoadBalancer", LoadBalancersResponse.class);
        outputs.put("CreateTargetGroup", TargetGroupsResponse.class);
        outputs.put("ModifyTargetGroup", TargetGroupsResponse.class);
        outputs.put("CreateListener", ListenersResponse.class);
        outputs.put("ModifyListener", ListenersResponse.class);
        for (String silent : List.of(
                "DeleteLoadBalancer",
                "DeleteTargetGroup",
                "DeleteListener",
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
                            "ModifyListener out: AWS has no NextMarker");
        }
    }
}
