package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::ElasticLoadBalancingV2::ListenerRule}. */
final class ListenerRuleHandler implements ResourceHandler {

    private final Backend elb;

    private ListenerRuleHandler(Backend elb) {
        this.elb = elb;
    }

    static ResourceType type(Backend elb) {
        return new ResourceType(
                "AWS::ElasticLoadBalancingV2::ListenerRule",
                ElbShapes.RULE,
                Set.of("ListenerArn", "Priority", "Conditions", "Actions"),
                Set.of("ListenerArn"),
                null,
                Set.of("RuleArn", "IsDefault"),
                new ListenerRuleHandler(elb));
    }

    @Override
    public String service() {
        return elb.title();
    }

    @Override
    public Created create(Wanted wanted) {
        JsonNode rule =
                elb.call("CreateRule", ElbShapes.RULE.wire(wanted.properties())).at("/Rules/0");
        return new Created(
                rule.path("RuleArn").asText(),
                Map.of("RuleArn", rule.path("RuleArn"), "IsDefault", rule.path("IsDefault")));
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        ObjectNode input = Backend.only(ElbShapes.RULE.wire(wanted.properties()), "Conditions", "Actions");
        elb.call("ModifyRule", input.put("RuleArn", existing.physicalId()));
        if (!wanted.properties().get("Priority").equals(existing.properties().get("Priority"))) {
            Map<String, ?> priority = Map.of(
                    "RuleArn",
                    existing.physicalId(),
                    "Priority",
                    wanted.properties().get("Priority"));
            elb.call("SetRulePriorities", Map.of("RulePriorities", List.of(priority)));
        }
        return new Created(existing.physicalId(), existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        elb.end("DeleteRule", Map.of("RuleArn", existing.physicalId()), "RuleNotFound");
    }
}
