package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.proxy.Endpoint;
import io.jenkins.plugins.ecscanary.localaws.proxy.WeightedSchedule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A listener, its default action and its socket. Guarded by the world's lock. */
final class Listener {

    final String arn;
    final String ruleArn;
    final LoadBalancer loadBalancer;
    int port;
    Endpoint endpoint;
    private Map<TargetGroup, Integer> weights = Map.of();
    private WeightedSchedule<String> schedule = WeightedSchedule.of(Map.of());

    Listener(String arn, String ruleArn, LoadBalancer loadBalancer, int port) {
        this.arn = arn;
        this.ruleArn = ruleArn;
        this.loadBalancer = loadBalancer;
        this.port = port;
    }

    /** Groups and weights of the default action's forward, in its order. */
    Map<TargetGroup, Integer> weights() {
        return weights;
    }

    /** Keys are target group ARNs. */
    WeightedSchedule<String> schedule() {
        return schedule;
    }

    void forward(Map<TargetGroup, Integer> next) {
        weights = new LinkedHashMap<>(next);
        Map<String, Integer> byArn = new LinkedHashMap<>();
        weights.forEach((group, weight) -> byArn.put(group.arn, weight));
        schedule = WeightedSchedule.of(byArn);
    }

    /** As the log tells it: {@code web-a 90 web-b 10}. */
    String told() {
        return weights.entrySet().stream()
                .map(entry -> entry.getKey().name + " " + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
