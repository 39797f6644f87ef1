package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ListenerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetHealthSeen;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Elastic Load Balancing v2. */
final class ElbCalls {

    private final Calls calls;
    private final SdkClients clients;

    ElbCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    List<ListenerSeen> listeners(List<String> arns) {
        if (arns.isEmpty()) {
            return List.of();
        }
        return calls.read(
                "elasticloadbalancing:DescribeListeners",
                "listener " + String.join(", ", arns),
                "check that the listener has not been replaced, and the region",
                () -> {
                    List<ListenerSeen> seen =
                            clients.elb().describeListeners(r -> r.listenerArns(arns)).listeners().stream()
                                    .map(ElbCalls::seen)
                                    .toList();
                    if (seen.size() != arns.size()) {
                        throw new IllegalStateException(seen.size() + " listeners, " + arns.size() + " were asked for");
                    }
                    return seen;
                });
    }

    List<TargetGroupSeen> targetGroups(List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        return calls.read(
                "elasticloadbalancing:DescribeTargetGroups",
                "target group " + String.join(", ", names),
                "check the target group's name and the region",
                () -> {
                    try {
                        return describe(names);
                    } catch (TargetGroupNotFoundException e) {
                        // One unknown name fails the whole call.
                        return names.size() == 1
                                ? List.of()
                                : names.stream().flatMap(this::describeIfThere).toList();
                    }
                });
    }

    private List<TargetGroupSeen> describe(List<String> names) {
        return clients.elb().describeTargetGroups(r -> r.names(names)).targetGroups().stream()
                .map(group -> new TargetGroupSeen(
                        group.targetGroupArn(),
                        group.targetGroupName(),
                        group.targetTypeAsString(),
                        group.protocolAsString(),
                        group.healthCheckPort(),
                        group.healthCheckPath()))
                .toList();
    }

    private Stream<TargetGroupSeen> describeIfThere(String name) {
        try {
            return describe(List.of(name)).stream();
        } catch (TargetGroupNotFoundException e) {
            return Stream.empty();
        }
    }

    List<TargetHealthSeen> health(String targetGroupArn) {
        return calls.read(
                "elasticloadbalancing:DescribeTargetHealth",
                "target group " + targetGroupArn,
                "check that the target group has not been replaced, and the region",
                () ->
                        clients
                                .elb()
                                .describeTargetHealth(r -> r.targetGroupArn(targetGroupArn))
                                .targetHealthDescriptions()
                                .stream()
                                .map(ElbCalls::seen)
                                .toList());
    }

    private static ListenerSeen seen(Listener listener) {
        return new ListenerSeen(
                listener.listenerArn(),
                listener.loadBalancerArn(),
                listener.defaultActions().stream()
                        .filter(action -> action.type() == ActionTypeEnum.FORWARD)
                        .findFirst()
                        .map(ElbCalls::percent)
                        .orElse(Map.of()));
    }

    /** A listener that forwards to one target group may have no weights, one with weights no target group of its own. */
    private static Map<String, Integer> percent(Action forward) {
        if (forward.forwardConfig() == null
                || forward.forwardConfig().targetGroups().isEmpty()) {
            return forward.targetGroupArn() == null ? Map.of() : Map.of(forward.targetGroupArn(), 100);
        }
        Map<String, Integer> weights = new LinkedHashMap<>();
        // A single target group may come without a weight; AWS's default is 1.
        forward.forwardConfig()
                .targetGroups()
                .forEach(tuple -> weights.put(tuple.targetGroupArn(), Objects.requireNonNullElse(tuple.weight(), 1)));
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        weights.replaceAll((arn, weight) -> percent(weight, sum));
        return Collections.unmodifiableMap(weights);
    }

    /** Rounded, but a part is never all, and one that gets requests never nothing. */
    private static int percent(int weight, int sum) {
        if (weight == 0) {
            return 0;
        }
        return weight == sum ? 100 : Math.min(99, Math.max(1, Math.round(100f * weight / sum)));
    }

    private static TargetHealthSeen seen(TargetHealthDescription description) {
        TargetHealth health = description.targetHealth();
        String reason = Stream.of(health.reasonAsString(), health.description())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": "));
        return new TargetHealthSeen(
                description.target().id() + ":" + description.target().port(),
                health.stateAsString(),
                reason.isEmpty() ? null : reason);
    }
}
