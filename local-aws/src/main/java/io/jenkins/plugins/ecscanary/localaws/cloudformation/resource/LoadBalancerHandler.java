package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::ElasticLoadBalancingV2::LoadBalancer}: done when it is active. */
final class LoadBalancerHandler implements ResourceHandler {

    private static final String TYPE = "AWS::ElasticLoadBalancingV2::LoadBalancer";

    private final Backend elb;

    private LoadBalancerHandler(Backend elb) {
        this.elb = elb;
    }

    static ResourceType type(Backend elb) {
        return new ResourceType(
                TYPE,
                ElbShapes.LOAD_BALANCER,
                Set.of(),
                Set.of("Name", "Scheme", "Type"),
                "Name",
                Set.of(
                        "CanonicalHostedZoneID",
                        "DNSName",
                        "LoadBalancerArn",
                        "LoadBalancerFullName",
                        "LoadBalancerName",
                        "SecurityGroups"),
                new LoadBalancerHandler(elb));
    }

    @Override
    public String service() {
        return elb.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = elb.name(wanted, "Name", 32);
        if (elb.finds("DescribeLoadBalancers", Map.of("Names", List.of(name)), "LoadBalancerNotFound")) {
            throw Backend.exists(TYPE, name);
        }
        ObjectNode input = ElbShapes.LOAD_BALANCER.wire(wanted.properties()).put("Name", name);
        input.remove(List.of("LoadBalancerAttributes", "SubnetMappings"));
        input.set("Subnets", subnets(wanted.properties()));
        JsonNode balancer = elb.call("CreateLoadBalancer", input).at("/LoadBalancers/0");
        String arn = balancer.path("LoadBalancerArn").asText();
        Backend.orElse(
                () -> attributes(arn, wanted.properties()),
                () -> elb.call("DeleteLoadBalancer", Map.of("LoadBalancerArn", arn)));
        return known(balancer);
    }

    private static ArrayNode subnets(JsonNode properties) {
        ArrayNode subnets = JsonNodeFactory.instance.arrayNode();
        properties.path("Subnets").forEach(subnets::add);
        properties
                .path("SubnetMappings")
                .forEach(mapping -> subnets.add(mapping.path("SubnetId").asText()));
        return subnets;
    }

    private void attributes(String arn, JsonNode properties) {
        if (!properties.path("LoadBalancerAttributes").isEmpty()) {
            elb.call(
                    "ModifyLoadBalancerAttributes",
                    Map.of("LoadBalancerArn", arn, "Attributes", properties.get("LoadBalancerAttributes")));
        }
    }

    private static Created known(JsonNode balancer) {
        String arn = balancer.path("LoadBalancerArn").asText();
        Map<String, JsonNode> attributes = new HashMap<>();
        attributes.put("LoadBalancerArn", balancer.path("LoadBalancerArn"));
        attributes.put("CanonicalHostedZoneID", balancer.path("CanonicalHostedZoneId"));
        attributes.put("DNSName", balancer.path("DNSName"));
        attributes.put("LoadBalancerName", balancer.path("LoadBalancerName"));
        attributes.put("SecurityGroups", balancer.path("SecurityGroups"));
        attributes.put("LoadBalancerFullName", Backend.text(arn.substring(arn.indexOf("loadbalancer/") + 13)));
        return new Created(arn, attributes);
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        String arn = existing.physicalId();
        elb.call("SetSubnets", Map.of("LoadBalancerArn", arn, "Subnets", subnets(wanted.properties())));
        if (!wanted.properties().path("SecurityGroups").isEmpty()) {
            elb.call(
                    "SetSecurityGroups",
                    Map.of(
                            "LoadBalancerArn",
                            arn,
                            "SecurityGroups",
                            wanted.properties().get("SecurityGroups")));
        }
        attributes(arn, wanted.properties());
        ElbShapes.syncTags(elb, arn, existing.properties(), wanted.properties());
        return known(described(arn));
    }

    private JsonNode described(String arn) {
        return elb.call("DescribeLoadBalancers", Map.of("LoadBalancerArns", List.of(arn)))
                .at("/LoadBalancers/0");
    }

    @Override
    public Progress progress(Existing existing) {
        return Progress.when(
                described(existing.physicalId()).at("/State/Code").asText().equals("active"));
    }

    @Override
    public void destroy(Existing existing) {
        elb.end("DeleteLoadBalancer", Map.of("LoadBalancerArn", existing.physicalId()));
    }
}
