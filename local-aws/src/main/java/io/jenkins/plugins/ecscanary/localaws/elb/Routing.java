package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.proxy.Backend;
import io.jenkins.plugins.ecscanary.localaws.proxy.BackendPool;
import io.jenkins.plugins.ecscanary.localaws.proxy.Route;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.LoadBalancerMeter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the state into the snapshots the data plane reads. */
final class Routing {

    private final ElbState state;
    private final TrafficMeter meter;

    Routing(ElbState state, TrafficMeter meter) {
        this.state = state;
        this.meter = meter;
    }

    Route route(Listener listener) {
        LoadBalancerMeter counted = meter.loadBalancer(listener.loadBalancer.dimension);
        Map<String, BackendPool> pools = new LinkedHashMap<>();
        for (TargetGroup group : listener.weights().keySet()) {
            pools.put(group.arn, new BackendPool(eligible(group), group.turns, counted.group(group.dimension)));
        }
        return new Route(listener.schedule(), pools, counted);
    }

    /** Publishes what has changed: called after every change of weights, targets or health. */
    void publish() {
        for (Listener listener : state.listeners.values()) {
            listener.endpoint.route(route(listener));
        }
    }

    /** Healthy targets; all registered ones if none is healthy, since the load balancer fails open. */
    private static List<Backend> eligible(TargetGroup group) {
        List<Backend> healthy = group.registered.values().stream()
                .filter(target -> target.state == Target.State.HEALTHY)
                .map(target -> target.backend)
                .toList();
        return healthy.isEmpty()
                ? group.registered.values().stream()
                        .map(target -> target.backend)
                        .toList()
                : healthy;
    }
}
