package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Services with task sets or deployments and tasks. They are found by ListClusters and ListServices where there are such
 * operations, and by what the deployment groups name.
 */
final class ServicesSeen {

    private static final String SERVICE = "ecs";
    private static final int DESCRIBED_AT_ONCE = 10;
    private static final int TASKS_AT_ONCE = 100;
    private static final int STOPPED_SHOWN = 10;

    private final Look look;
    private final LoadBalancersSeen elb;
    private final Map<String, Set<String>> servicesByCluster = new TreeMap<>();

    ServicesSeen(Look look, LoadBalancersSeen elb, List<DeploymentsSeen.ServiceName> known) {
        this.look = look;
        this.elb = elb;
        known.forEach(name -> services(name.cluster()).add(name.service()));
        if (look.can(SERVICE, "ListClusters")) {
            pages("ListClusters", Map.of(), "clusterArns").forEach(arn -> services(Look.shortName(arn)));
        }
        if (look.can(SERVICE, "ListServices")) {
            servicesByCluster.forEach(
                    (cluster, services) -> pages("ListServices", Map.of("cluster", cluster), "serviceArns")
                            .forEach(arn -> services.add(Look.shortName(arn))));
        }
    }

    private Set<String> services(String cluster) {
        return servicesByCluster.computeIfAbsent(cluster, name -> new TreeSet<>());
    }

    ArrayNode clusters() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        servicesByCluster.forEach((cluster, names) -> {
            ObjectNode json = all.addObject().put("name", cluster);
            ArrayNode services = json.putArray("services");
            List<String> list = List.copyOf(names);
            for (int from = 0; from < list.size(); from += DESCRIBED_AT_ONCE) {
                List<String> some = list.subList(from, Math.min(list.size(), from + DESCRIBED_AT_ONCE));
                look.ask(SERVICE, "DescribeServices", Map.of("cluster", cluster, "services", some))
                        .path("services")
                        .forEach(service -> service(services.addObject(), service));
            }
            tasks(json.putArray("tasks"), cluster, "RUNNING", Integer.MAX_VALUE);
            tasks(json.putArray("stopped"), cluster, "STOPPED", STOPPED_SHOWN);
        });
        return all;
    }

    private void service(ObjectNode json, JsonNode service) {
        json.put("name", service.path("serviceName").asText())
                .put("status", service.path("status").asText())
                .put("controller", service.at("/deploymentController/type").asText("ECS"))
                .put("desired", service.path("desiredCount").asInt())
                .put("running", service.path("runningCount").asInt())
                .put("pending", service.path("pendingCount").asInt())
                .put("taskDefinition", Look.shortName(service.path("taskDefinition")));
        ArrayNode sets = json.putArray("taskSets");
        for (JsonNode set : service.path("taskSets")) {
            sets.addObject()
                    .put("id", Look.shortName(set.path("id")))
                    .put("status", set.path("status").asText())
                    .put("stability", set.path("stabilityStatus").asText())
                    .put("taskDefinition", Look.shortName(set.path("taskDefinition")))
                    .put("desired", set.path("computedDesiredCount").asInt())
                    .put("running", set.path("runningCount").asInt())
                    .put("scale", set.at("/scale/value").asDouble())
                    .put(
                            "targetGroup",
                            elb.groupName(
                                    set.at("/loadBalancers/0/targetGroupArn").asText("")));
        }
        ArrayNode deployments = json.putArray("deployments");
        for (JsonNode deployment : service.path("deployments")) {
            deployments
                    .addObject()
                    .put("id", Look.shortName(deployment.path("id")))
                    .put("status", deployment.path("status").asText())
                    .put("rollout", deployment.path("rolloutState").asText())
                    .put("reason", deployment.path("rolloutStateReason").asText())
                    .put("taskDefinition", Look.shortName(deployment.path("taskDefinition")))
                    .put("desired", deployment.path("desiredCount").asInt())
                    .put("running", deployment.path("runningCount").asInt())
                    .put("failed", deployment.path("failedTasks").asInt());
        }
    }

    private void tasks(ArrayNode json, String cluster, String desiredStatus, int most) {
        List<JsonNode> arns =
                pages("ListTasks", Map.of("cluster", cluster, "desiredStatus", desiredStatus), "taskArns");
        List<JsonNode> tasks = new ArrayList<>();
        for (int from = 0; from < arns.size(); from += TASKS_AT_ONCE) {
            List<JsonNode> some = arns.subList(from, Math.min(arns.size(), from + TASKS_AT_ONCE));
            look.ask(SERVICE, "DescribeTasks", Map.of("cluster", cluster, "tasks", some))
                    .path("tasks")
                    .forEach(tasks::add);
        }
        String order = desiredStatus.equals("STOPPED") ? "stoppingAt" : "createdAt";
        tasks.stream()
                .sorted(java.util.Comparator.comparingDouble(
                                (JsonNode task) -> task.path(order).asDouble())
                        .reversed())
                .limit(most)
                .forEach(task -> task(json.addObject(), task));
    }

    private static void task(ObjectNode json, JsonNode task) {
        json.put("id", Look.shortName(task.path("taskArn")))
                .put("group", task.path("group").asText())
                .put("startedBy", Look.shortName(task.path("startedBy")))
                .put("status", task.path("lastStatus").asText())
                .put("health", task.path("healthStatus").asText())
                .put("taskDefinition", Look.shortName(task.path("taskDefinitionArn")))
                .put("stoppedReason", task.path("stoppedReason").asText())
                .put("address", address(task));
    }

    private static String address(JsonNode task) {
        for (JsonNode attachment : task.path("attachments")) {
            for (JsonNode detail : attachment.path("details")) {
                if (detail.path("name").asText().equals("privateIPv4Address")) {
                    return detail.path("value").asText();
                }
            }
        }
        return "";
    }

    private List<JsonNode> pages(String operation, Map<String, ?> input, String items) {
        return look.all(SERVICE, operation, input, items, "nextToken", "nextToken");
    }
}
