package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::ElasticLoadBalancingV2::TargetGroup}. */
final class TargetGroupHandler implements ResourceHandler {

    private static final String TYPE = "AWS::ElasticLoadBalancingV2::TargetGroup";
    private static final String[] HEALTH_CHECK = {
        "HealthCheckEnabled",
        "HealthCheckPath",
        "HealthCheckPort",
        "HealthCheckProtocol",
        "HealthCheckIntervalSeconds",
        "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount",
        "UnhealthyThresholdCount",
        "Matcher"
    };

    private final Backend elb;

    private TargetGroupHandler(Backend elb) {
        this.elb = elb;
    }

    static ResourceType type(Backend elb) {
        return new ResourceType(
                TYPE,
                ElbShapes.TARGET_GROUP,
                Set.of(),
                Set.of("Name", "Port", "Protocol", "ProtocolVersion", "TargetType", "VpcId", "IpAddressType"),
                "Name",
                Set.of("TargetGroupArn", "TargetGroupFullName", "TargetGroupName"),
                new TargetGroupHandler(elb));
    }

    @Override
    public String service() {
        return elb.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = elb.name(wanted, "Name", 32);
        if (elb.finds("DescribeTargetGroups", Map.of("Names", List.of(name)), "TargetGroupNotFound")) {
            throw Backend.exists(TYPE, name);
        }
        ObjectNode input = ElbShapes.TARGET_GROUP.wire(wanted.properties()).put("Name", name);
        input.remove("TargetGroupAttributes");
        JsonNode arn = elb.call("CreateTargetGroup", input).at("/TargetGroups/0/TargetGroupArn");
        Backend.orElse(
                () -> attributes(arn.asText(), wanted.properties()),
                () -> elb.call("DeleteTargetGroup", Map.of("TargetGroupArn", arn)));
        String full = arn.asText().substring(arn.asText().lastIndexOf(':') + 1);
        return new Created(
                arn.asText(),
                Map.of(
                        "TargetGroupArn",
                        arn,
                        "TargetGroupFullName",
                        Backend.text(full),
                        "TargetGroupName",
                        Backend.text(name)));
    }

    private void attributes(String arn, JsonNode properties) {
        if (!properties.path("TargetGroupAttributes").isEmpty()) {
            elb.call(
                    "ModifyTargetGroupAttributes",
                    Map.of("TargetGroupArn", arn, "Attributes", properties.get("TargetGroupAttributes")));
        }
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        ObjectNode check = Backend.only(ElbShapes.TARGET_GROUP.wire(wanted.properties()), HEALTH_CHECK);
        elb.call("ModifyTargetGroup", check.put("TargetGroupArn", existing.physicalId()));
        attributes(existing.physicalId(), wanted.properties());
        ElbShapes.syncTags(elb, existing.physicalId(), existing.properties(), wanted.properties());
        return new Created(existing.physicalId(), existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        elb.end("DeleteTargetGroup", Map.of("TargetGroupArn", existing.physicalId()));
    }
}
