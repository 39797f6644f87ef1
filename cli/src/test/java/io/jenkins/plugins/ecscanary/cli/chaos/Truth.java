package io.jenkins.plugins.ecscanary.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How things really are with one service: asked of the local AWS itself, past the wire and so past all faults. */
final class Truth {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed", "Stopped");

    private final InProcessCalls aws;
    private final ReferenceResources of;

    Truth(InProcessCalls aws, ReferenceResources of) {
        this.aws = aws;
        this.of = of;
    }

    /**
     * A deployment in CodeDeploy.
     *
     * @param description null for AWS's own roll backs
     * @param completed null while it is under way
     */
    record Deployed(String id, String status, String description, Instant created, Instant completed) {
        boolean over() {
            return OVER.contains(status);
        }

        /** Whether it is a request's: roll backs, which AWS makes, have no token of ours. */
        boolean ours() {
            return description != null && description.startsWith("ecs-canary ");
        }

        boolean carries(String token) {
            return ours() && description.startsWith("ecs-canary " + token + " ");
        }
    }

    /** All there ever were, roll backs too, oldest first. */
    List<Deployed> deployments() {
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            Map<String, Object> page = new TreeMap<>(
                    Map.of("applicationName", of.application(), "deploymentGroupName", of.deploymentGroup()));
            if (!token.isEmpty()) {
                page.put("nextToken", token);
            }
            JsonNode answer = aws.call("codedeploy", "ListDeployments", page);
            answer.path("deployments").forEach(id -> ids.add(id.asText()));
            token = answer.path("nextToken").asText("");
        } while (!token.isEmpty());
        return ids.stream()
                .map(id -> aws.call("codedeploy", "GetDeployment", Map.of("deploymentId", id))
                        .path("deploymentInfo"))
                .map(Truth::deployed)
                .sorted(Comparator.comparing(Deployed::created))
                .toList();
    }

    private static Deployed deployed(JsonNode info) {
        return new Deployed(
                info.path("deploymentId").asText(),
                info.path("status").asText(),
                info.path("description").isTextual() ? info.path("description").asText() : null,
                instant(info.path("createTime")),
                info.path("completeTime").isNumber() ? instant(info.path("completeTime")) : null);
    }

    private static Instant instant(JsonNode seconds) {
        return Instant.ofEpochMilli((long) (seconds.asDouble() * 1000));
    }

    /** Percent of the production listener's traffic by target group's ARN. */
    Map<String, Integer> weights() {
        JsonNode action = elb("DescribeListeners", Map.of("ListenerArns", List.of(of.productionListenerArn())))
                .at("/Listeners/0/DefaultActions/0");
        Map<String, Integer> weights = new TreeMap<>();
        of.targetGroups().forEach(group -> weights.put(group.arn(), 0));
        JsonNode groups = action.at("/ForwardConfig/TargetGroups");
        if (groups.size() < 2) {
            weights.put(
                    action.path("TargetGroupArn")
                            .asText(groups.at("/0/TargetGroupArn").asText()),
                    100);
        } else {
            groups.forEach(group -> weights.put(
                    group.path("TargetGroupArn").asText(), group.path("Weight").asInt()));
        }
        return weights;
    }

    /** The target group with all the weight; empty if the weights are mixed. */
    String serving() {
        return weights().entrySet().stream()
                .filter(entry -> entry.getValue() == 100)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** The other target group of the pair. */
    String otherThan(String targetGroup) {
        return of.targetGroups().stream()
                .map(ReferenceResources.TargetGroup::arn)
                .filter(arn -> !arn.equals(targetGroup))
                .findFirst()
                .orElseThrow();
    }

    int healthy(String targetGroup) {
        int healthy = 0;
        for (JsonNode target : elb("DescribeTargetHealth", Map.of("TargetGroupArn", targetGroup))
                .path("TargetHealthDescriptions")) {
            healthy += target.at("/TargetHealth/State").asText().equals("healthy") ? 1 : 0;
        }
        return healthy;
    }

    /** Whether nothing moves: no deployment or roll back is under way. */
    boolean quiet() {
        return deployments().stream().allMatch(Deployed::over);
    }

    /** Whether a deployment could begin: quiet, and no alarm red of the one before. */
    boolean ready() {
        JsonNode alarms = aws.call("monitoring", "DescribeAlarms", Map.of("AlarmNames", of.alarms()))
                .path("MetricAlarms");
        for (JsonNode alarm : alarms) {
            if (alarm.path("StateValue").asText().equals("ALARM")) {
                return false;
            }
        }
        return quiet() && healthy(serving()) > 0;
    }

    void stopWithoutRollBack(String deploymentId) {
        aws.call("codedeploy", "StopDeployment", Map.of("deploymentId", deploymentId, "autoRollbackEnabled", false));
    }

    private JsonNode elb(String operation, Map<String, ?> input) {
        return aws.call("elasticloadbalancing", operation, input);
    }
}
