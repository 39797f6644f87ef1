package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** CloudFormation's stacks: how far each is, what happened last, and what failed in it and why. */
final class StacksSeen {

    private static final String SERVICE = "cloudformation";

    private final Look look;

    StacksSeen(Look look) {
        this.look = look;
    }

    ArrayNode stacks() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (look.can(SERVICE, "DescribeStacks")) {
            pages("DescribeStacks", Map.of(), "Stacks").forEach(stack -> stack(all.addObject(), stack));
        }
        return all;
    }

    private void stack(ObjectNode json, JsonNode stack) {
        // By id: a stack of the same name may be made anew meanwhile.
        Map<String, ?> of = Map.of("StackName", stack.path("StackId").asText());
        List<JsonNode> resources = pages("ListStackResources", of, "StackResourceSummaries");
        json.put("name", stack.path("StackName").asText())
                .put("status", stack.path("StackStatus").asText())
                .put("reason", stack.path("StackStatusReason").asText())
                .put("resources", resources.size())
                .put("complete", resources.stream().filter(StacksSeen::isThere).count());
        ArrayNode failed = json.putArray("failed");
        for (JsonNode resource : resources) {
            String why = resource.path("ResourceStatusReason").asText();
            if (status(resource).endsWith("_FAILED") && !why.endsWith("cancelled")) {
                failed.addObject()
                        .put("resource", resource.path("LogicalResourceId").asText())
                        .put("reason", why);
            }
        }
        JsonNode newest =
                look.ask(SERVICE, "DescribeStackEvents", of).path("StackEvents").path(0);
        if (newest.isObject()) {
            json.putObject("event")
                    .put("at", Math.round(newest.path("Timestamp").asDouble() * 1000))
                    .put("resource", newest.path("LogicalResourceId").asText())
                    .put("status", status(newest))
                    .put("reason", newest.path("ResourceStatusReason").asText());
        }
    }

    private static boolean isThere(JsonNode resource) {
        return status(resource).endsWith("_COMPLETE") && !status(resource).equals("DELETE_COMPLETE");
    }

    private static String status(JsonNode resource) {
        return resource.path("ResourceStatus").asText();
    }

    private List<JsonNode> pages(String operation, Map<String, ?> input, String items) {
        return look.all(SERVICE, operation, input, items, "NextToken", "NextToken");
    }
}
