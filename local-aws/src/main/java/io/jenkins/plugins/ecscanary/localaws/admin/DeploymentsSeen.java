package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** CodeDeploy's deployments with status and lifecycle, the newest first, and the services it knows. */
final class DeploymentsSeen {

    private static final String SERVICE = "codedeploy";

    /** Enough to see what is going on; older ones are history. */
    private static final int NEWEST = 10;

    private final Look look;

    DeploymentsSeen(Look look) {
        this.look = look;
    }

    /** Cluster and service of each deployment group. */
    List<ServiceName> services() {
        List<ServiceName> all = new ArrayList<>();
        for (JsonNode application : pages("ListApplications", Map.of(), "applications")) {
            Map<String, Object> of = Map.of("applicationName", application.asText());
            for (JsonNode group : pages("ListDeploymentGroups", of, "deploymentGroups")) {
                JsonNode info = look.ask(
                        SERVICE,
                        "GetDeploymentGroup",
                        Map.of("applicationName", application.asText(), "deploymentGroupName", group.asText()));
                for (JsonNode service : info.at("/deploymentGroupInfo/ecsServices")) {
                    all.add(new ServiceName(
                            service.path("clusterName").asText(),
                            service.path("serviceName").asText()));
                }
            }
        }
        return all;
    }

    record ServiceName(String cluster, String service) {}

    ArrayNode deployments() {
        List<JsonNode> infos = new ArrayList<>();
        List<JsonNode> ids = pages("ListDeployments", Map.of(), "deployments");
        for (int from = 0; from < ids.size(); from += 25) {
            look.ask(
                            SERVICE,
                            "BatchGetDeployments",
                            Map.of("deploymentIds", ids.subList(from, Math.min(ids.size(), from + 25))))
                    .path("deploymentsInfo")
                    .forEach(infos::add);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        infos.stream()
                .sorted(Comparator.comparingDouble(
                                (JsonNode info) -> info.path("createTime").asDouble())
                        .reversed())
                .limit(NEWEST)
                .forEach(info -> deployment(all.addObject(), info));
        return all;
    }

    private void deployment(ObjectNode json, JsonNode info) {
        String id = info.path("deploymentId").asText();
        json.put("id", id)
                .put(
                        "group",
                        info.path("applicationName").asText() + "/"
                                + info.path("deploymentGroupName").asText())
                .put("status", info.path("status").asText())
                .put("creator", info.path("creator").asText())
                .put("createdAt", millis(info.path("createTime")))
                .put("message", info.at("/errorInformation/message").asText());
        if (info.path("completeTime").isNumber()) {
            json.put("completedAt", millis(info.path("completeTime")));
        }
        ArrayNode events = json.putArray("events");
        JsonNode targets = look.ask(SERVICE, "ListDeploymentTargets", Map.of("deploymentId", id))
                .path("targetIds");
        for (JsonNode target : targets) {
            look.ask(SERVICE, "GetDeploymentTarget", Map.of("deploymentId", id, "targetId", target.asText()))
                    .at("/deploymentTarget/ecsTarget/lifecycleEvents")
                    .forEach(event -> events.addObject()
                            .put("name", event.path("lifecycleEventName").asText())
                            .put("status", event.path("status").asText()));
        }
    }

    private static long millis(JsonNode epochSeconds) {
        return Math.round(epochSeconds.asDouble() * 1000);
    }

    private List<JsonNode> pages(String operation, Map<String, ?> input, String items) {
        return look.all(SERVICE, operation, input, items, "nextToken", "nextToken");
    }
}
