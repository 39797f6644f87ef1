package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Load balancers with listeners, rules and weights; target groups with targets and health. */
final class LoadBalancersSeen {

    private static final String SERVICE = "elasticloadbalancing";

    private final Look look;
    private final Function<String, URI> listenerAddress;
    private final List<JsonNode> groups;

    /** @param listenerAddress where a listener, by its ARN, really is */
    LoadBalancersSeen(Look look, Function<String, URI> listenerAddress) {
        this.look = look;
        this.listenerAddress = listenerAddress;
        this.groups = pages("DescribeTargetGroups", Map.of(), "TargetGroups");
    }

    ArrayNode loadBalancers() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode balancer : pages("DescribeLoadBalancers", Map.of(), "LoadBalancers")) {
            ObjectNode json = all.addObject()
                    .put("name", balancer.path("LoadBalancerName").asText())
                    .put("state", balancer.at("/State/Code").asText());
            ArrayNode listeners = json.putArray("listeners");
            Map<String, String> of =
                    Map.of("LoadBalancerArn", balancer.path("LoadBalancerArn").asText());
            for (JsonNode listener : pages("DescribeListeners", of, "Listeners")) {
                listener(listeners.addObject(), listener);
            }
        }
        return all;
    }

    private void listener(ObjectNode json, JsonNode listener) {
        String arn = listener.path("ListenerArn").asText();
        json.put("port", listener.path("Port").asInt())
                .put("protocol", listener.path("Protocol").asText())
                .put("address", listenerAddress.apply(arn).toString());
        ArrayNode rules = json.putArray("rules");
        for (JsonNode rule : pages("DescribeRules", Map.of("ListenerArn", arn), "Rules")) {
            ObjectNode shown =
                    rules.addObject().put("priority", rule.path("Priority").asText());
            List<String> conditions = new ArrayList<>();
            rule.path("Conditions").forEach(condition -> conditions.add(condition(condition)));
            shown.put("when", String.join(" and ", conditions));
            actions(shown, rule.path("Actions"));
        }
    }

    /** {@code path-pattern: /a* or /b*}. */
    private static String condition(JsonNode condition) {
        List<String> values = new ArrayList<>();
        leaves(condition, values);
        String field = condition.path("Field").asText();
        values.remove(field);
        return field + ": " + String.join(" or ", values.stream().distinct().toList());
    }

    private static void leaves(JsonNode node, List<String> into) {
        if (node.isValueNode() && !node.isNull()) {
            into.add(node.asText());
        } else {
            node.forEach(child -> leaves(child, into));
        }
    }

    private void actions(ObjectNode json, JsonNode actions) {
        ArrayNode forwards = json.putArray("forwards");
        for (JsonNode action : actions) {
            String type = action.path("Type").asText();
            JsonNode targets = action.at("/ForwardConfig/TargetGroups");
            if (type.equals("forward") && targets.isArray()) {
                targets.forEach(target -> forwards.addObject()
                        .put(
                                "targetGroup",
                                groupName(target.path("TargetGroupArn").asText()))
                        .put("weight", target.path("Weight").asInt(1)));
            } else if (type.equals("forward")) {
                forwards.addObject()
                        .put(
                                "targetGroup",
                                groupName(action.path("TargetGroupArn").asText()))
                        .put("weight", 1);
            } else {
                List<String> details = new ArrayList<>();
                leaves(action, details);
                details.remove(type);
                json.put("action", type + " " + String.join(" ", details));
            }
        }
    }

    ArrayNode targetGroups() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode group : groups) {
            ObjectNode json = all.addObject()
                    .put("name", group.path("TargetGroupName").asText())
                    .put("healthCheckPath", group.path("HealthCheckPath").asText())
                    .put(
                            "healthCheckSeconds",
                            group.path("HealthCheckIntervalSeconds").asInt());
            ArrayNode targets = json.putArray("targets");
            JsonNode health = look.ask(
                    SERVICE,
                    "DescribeTargetHealth",
                    Map.of("TargetGroupArn", group.path("TargetGroupArn").asText()));
            for (JsonNode target : health.path("TargetHealthDescriptions")) {
                ObjectNode shown = targets.addObject()
                        .put(
                                "address",
                                target.at("/Target/Id").asText() + ":"
                                        + target.at("/Target/Port").asInt())
                        .put("state", target.at("/TargetHealth/State").asText());
                if (target.at("/TargetHealth/Reason").isTextual()) {
                    shown.put("reason", target.at("/TargetHealth/Reason").asText());
                }
            }
        }
        return all;
    }

    String groupName(String arn) {
        return groups.stream()
                .filter(group -> arn.equals(group.path("TargetGroupArn").asText()))
                .map(group -> group.path("TargetGroupName").asText())
                .findFirst()
                .orElse(arn);
    }

    private List<JsonNode> pages(String operation, Map<String, ?> input, String items) {
        return look.all(SERVICE, operation, input, items, "NextMarker", "Marker");
    }
}
