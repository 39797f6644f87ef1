package io.jenkins.plugins.ecscanary.localaws.elb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What ECS and CodeDeploy ask of the load balancer inside one AWS. All methods are called holding the world's lock. */
public interface LoadBalancing {

    /** By ARN or by name (CodeDeploy names target groups, ECS gives ARNs). */
    Optional<TargetGroupInfo> targetGroup(String arnOrName);

    Optional<ListenerInfo> listener(String listenerArn);

    /** Registers a target: {@code initial} until its health checks have passed. */
    void register(String targetGroupArn, TargetAddress target);

    /**
     * Takes a target out: no new requests, those in flight may finish within the deregistration delay.
     *
     * @param drained called once, under the lock, when the target has left; at once if it was not registered
     */
    void deregister(String targetGroupArn, TargetAddress target, Runnable drained);

    /** One of {@code initial healthy unhealthy unused draining}, or empty if it is not registered. */
    Optional<String> health(String targetGroupArn, TargetAddress target);

    /** Why it is in that state, as DescribeTargetHealth has it; empty for a healthy one, and if it is not registered. */
    Optional<String> healthDescription(String targetGroupArn, TargetAddress target);

    /**
     * Replaces groups and weights as CodeDeploy does at each shift: in the listener's default action, and in every other rule
     * that forwards to the same groups. That it is every such rule is inferred, not documented. Stickiness stays as it is.
     *
     * @param weights target group ARN to weight, 0–999; a group with weight 0 stays in the action
     */
    void setWeights(String listenerArn, Map<String, Integer> weights);

    /** Called under the lock whenever a target's health state changes. */
    void onHealthChange(Consumer<TargetAddress> listener);

    /**
     * @param ip a loopback address
     * @param port 1–65535
     */
    record TargetAddress(String ip, int port) {}

    /**
     * @param loadBalancerArns those whose listeners forward to it, possibly with weight 0
     */
    record TargetGroupInfo(String arn, String name, int port, List<String> loadBalancerArns) {
        public TargetGroupInfo {
            loadBalancerArns = List.copyOf(loadBalancerArns);
        }
    }

    /**
     * @param weights of the default action's forward, by target group ARN, or of the first rule's that has one if the default
     *     action is no forward; a plain single-group forward is weight 1
     */
    record ListenerInfo(String arn, String loadBalancerArn, int port, Map<String, Integer> weights) {
        public ListenerInfo {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        }
    }
}
