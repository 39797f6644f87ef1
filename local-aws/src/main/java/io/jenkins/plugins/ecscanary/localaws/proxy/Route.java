package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.LoadBalancerMeter;
import java.util.Map;
import java.util.Optional;

/**
 * Where a listener's requests go: a snapshot that the control plane publishes whenever weights, targets or health change.
 *
 * <p>The target group is chosen by weight first and a backend within it afterwards: a group without targets answers 503,
 * it does not hand its share to the others.
 *
 * @param schedule of keys into {@code pools}; kept across changes of health, so that these don't disturb the shares
 */
public record Route(WeightedSchedule<String> schedule, Map<String, BackendPool> pools, LoadBalancerMeter meter) {

    public Route {
        pools = Map.copyOf(pools);
    }

    /** The pool whose turn it is; empty if no weight is above 0. */
    Optional<BackendPool> next() {
        return schedule.next().map(pools::get);
    }
}
