package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.AttributeTable.Attribute;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.stream.Collectors;

/** Modify- and DescribeTargetGroupAttributes, Modify- and DescribeLoadBalancerAttributes. */
final class AttributeOperations {

    private final World world;
    private final ElbState state;
    private final Routing routing;

    AttributeOperations(World world, ElbState state, Routing routing) {
        this.world = world;
        this.state = state;
        this.routing = routing;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("ModifyTargetGroupAttributes", ModifyTargetGroupAttributesRequest.class, this::modify),
                Operation.of(
                        "DescribeTargetGroupAttributes", DescribeTargetGroupAttributesRequest.class, this::describe),
                Operation.of("ModifyLoadBalancerAttributes", ModifyLoadBalancerAttributesRequest.class, this::modify),
                Operation.of(
                        "DescribeLoadBalancerAttributes", DescribeLoadBalancerAttributesRequest.class, this::describe));
    }

    private AttributesResponse modify(ModifyTargetGroupAttributesRequest in) {
        TargetGroup group = state.targetGroup(in.targetGroupArn());
        group.attributes = group.attributes.with(given(in.attributes(), "target group"));
        world.log("elb target group %s %s", group.name, told(in.attributes()));
        routing.publish();
        return new AttributesResponse(group.attributes.shown());
    }

    private AttributesResponse describe(DescribeTargetGroupAttributesRequest in) {
        return new AttributesResponse(
                state.targetGroup(in.targetGroupArn()).attributes.shown());
    }

    private AttributesResponse modify(ModifyLoadBalancerAttributesRequest in) {
        LoadBalancer balancer = state.loadBalancer(in.loadBalancerArn());
        balancer.attributes = balancer.attributes.with(given(in.attributes(), "load balancer"));
        world.log("elb load balancer %s %s", balancer.name, told(in.attributes()));
        routing.publish();
        return new AttributesResponse(balancer.attributes.shown());
    }

    private AttributesResponse describe(DescribeLoadBalancerAttributesRequest in) {
        return new AttributesResponse(
                state.loadBalancer(in.loadBalancerArn()).attributes.shown());
    }

    private static List<Attribute> given(List<Attribute> attributes, String resource) {
        if (attributes == null || attributes.isEmpty()) {
            throw Require.invalid("A " + resource + " attribute must be specified");
        }
        return attributes;
    }

    private static String told(List<Attribute> attributes) {
        return attributes.stream()
                .map(attribute -> attribute.key() + " " + attribute.value())
                .collect(Collectors.joining(", "));
    }

    record ModifyTargetGroupAttributesRequest(String targetGroupArn, List<Attribute> attributes) {}

    record DescribeTargetGroupAttributesRequest(String targetGroupArn) {}

    record ModifyLoadBalancerAttributesRequest(String loadBalancerArn, List<Attribute> attributes) {}

    record DescribeLoadBalancerAttributesRequest(String loadBalancerArn) {}

    record AttributesResponse(List<Attribute> attributes) {}
}
