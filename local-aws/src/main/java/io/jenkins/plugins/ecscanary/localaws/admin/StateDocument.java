package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultJson;
import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What there is in a local AWS, as one JSON object: {@code loadBalancers}, {@code targetGroups}, {@code clusters}, {@code
 * alarms}, {@code deployments}, {@code stacks}, {@code calls}, {@code faults}, and under {@code problems} what could not be seen. Times are
 * simulated, in milliseconds since 1970. For people and their scripts; not part of any AWS API.
 *
 * @param listenerAddress where a listener, by its ARN, really is
 */
public record StateDocument(
        InProcessCalls aws, double speed, Function<String, URI> listenerAddress, RecentCalls calls, Faults faults) {

    ObjectNode json() {
        Look look = new Look(aws);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("account", aws.account()).put("region", aws.region()).put("speed", speed);
        LoadBalancersSeen elb = new LoadBalancersSeen(look, listenerAddress);
        DeploymentsSeen deployments = new DeploymentsSeen(look);
        json.set("clusters", new ServicesSeen(look, elb, deployments.services()).clusters());
        json.set("loadBalancers", elb.loadBalancers());
        json.set("targetGroups", elb.targetGroups());
        json.set("deployments", deployments.deployments());
        json.set("stacks", new StacksSeen(look).stacks());
        json.set("alarms", alarms(look));
        json.set("calls", calls.json());
        ArrayNode on = json.putArray("faults");
        faults.active().forEach(status -> on.add(FaultJson.of(status)));
        ArrayNode problems = json.putArray("problems");
        look.problems().forEach(problems::add);
        return json;
    }

    private static ArrayNode alarms(Look look) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (String type : List.of("MetricAlarm", "CompositeAlarm")) {
            Map<String, ?> only = Map.of("AlarmTypes", List.of(type));
            for (JsonNode alarm :
                    look.all("monitoring", "DescribeAlarms", only, type + "s", "NextToken", "NextToken")) {
                all.addObject()
                        .put("name", alarm.path("AlarmName").asText())
                        .put("state", alarm.path("StateValue").asText())
                        .put("reason", alarm.path("StateReason").asText())
                        .put(
                                "since",
                                Math.round(alarm.path("StateUpdatedTimestamp").asDouble() * 1000));
            }
        }
        return all;
    }
}
