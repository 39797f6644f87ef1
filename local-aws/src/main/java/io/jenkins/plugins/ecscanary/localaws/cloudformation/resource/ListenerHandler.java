package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::ElasticLoadBalancingV2::Listener}. An update gives it the template's default actions again, whatever has
 * become of them meanwhile: after an odd number of CodeDeploy deployments that is the target group without tasks.
 */
final class ListenerHandler implements ResourceHandler {

    private final Backend elb;

    private ListenerHandler(Backend elb) {
        this.elb = elb;
    }

    static ResourceType type(Backend elb) {
        return new ResourceType(
                "AWS::ElasticLoadBalancingV2::Listener",
                ElbShapes.LISTENER,
                Set.of("LoadBalancerArn", "DefaultActions"),
                Set.of("LoadBalancerArn"),
                null,
                Set.of("ListenerArn"),
                new ListenerHandler(elb));
    }

    @Override
    public String service() {
        return elb.title();
    }

    @Override
    public Created create(Wanted wanted) {
        ObjectNode input = ElbShapes.LISTENER.wire(wanted.properties());
        String arn =
                elb.call("CreateListener", input).at("/Listeners/0/ListenerArn").asText();
        return new Created(arn, Map.of("ListenerArn", Backend.text(arn)));
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        ObjectNode input = ElbShapes.LISTENER.wire(wanted.properties());
        input.remove("LoadBalancerArn");
        elb.call("ModifyListener", input.put("ListenerArn", existing.physicalId()));
        return new Created(existing.physicalId(), existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        elb.end("DeleteListener", Map.of("ListenerArn", existing.physicalId()), "ListenerNotFound");
    }
}
