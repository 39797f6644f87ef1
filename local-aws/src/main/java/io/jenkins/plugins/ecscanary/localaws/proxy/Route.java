package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.LoadBalancerMeter;
import java.util.List;
import java.util.Map;

/**
 * Where a listener's requests go: a snapshot that the control plane publishes whenever rules, weights, targets or health
 * change.
 *
 * @param rules the first that matches decides
 * @param otherwise what is done with requests that no rule matches
 */
public record Route(List<RouteRule> rules, RouteAction otherwise, ForwardOptions options, LoadBalancerMeter meter) {

    public Route {
        rules = List.copyOf(rules);
    }

    /** Without rules: all requests are forwarded by weight. */
    public Route(WeightedSchedule<String> schedule, Map<String, BackendPool> pools, LoadBalancerMeter meter) {
        this(List.of(), new RouteAction.Forward(schedule, pools, null), ForwardOptions.DEFAULT, meter);
    }

    RouteAction action(Asked asked) {
        for (RouteRule rule : rules) {
            if (rule.matches(asked)) {
                return rule.action();
            }
        }
        return otherwise;
    }
}
