package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.FixedResponseConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.RedirectConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.Stickiness;
import io.jenkins.plugins.ecscanary.localaws.proxy.Backend;
import io.jenkins.plugins.ecscanary.localaws.proxy.BackendPool;
import io.jenkins.plugins.ecscanary.localaws.proxy.Route;
import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction;
import io.jenkins.plugins.ecscanary.localaws.proxy.RouteRule;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.LoadBalancerMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns the state into the snapshots the data plane reads. */
final class Routing {

    private final ElbState state;
    private final ElbNetwork network;
    private final TrafficMeter meter;

    Routing(ElbState state, ElbNetwork network, TrafficMeter meter) {
        this.state = state;
        this.network = network;
        this.meter = meter;
    }

    Route route(Listener listener) {
        LoadBalancerMeter counted = meter.loadBalancer(listener.loadBalancer.dimension);
        Map<TargetGroup, BackendPool> pools = new HashMap<>();
        List<RouteRule> rules = listener.rules().stream()
                .filter(rule -> !rule.isDefault())
                .map(rule -> new RouteRule(rule.conditions.compiled(), action(rule.action, pools, counted)))
                .toList();
        RouteAction otherwise = action(listener.defaultRule.action, pools, counted);
        return new Route(
                rules,
                otherwise,
                listener.loadBalancer.attributes.forwardOptions(listener.protocol.isSecure()),
                counted);
    }

    private RouteAction action(RuleAction action, Map<TargetGroup, BackendPool> pools, LoadBalancerMeter counted) {
        if (action instanceof RuleAction.Redirect redirect) {
            RedirectConfig to = redirect.config();
            int status = "HTTP_301".equals(to.statusCode()) ? 301 : 302;
            return new RouteAction.Redirect(status, to.protocol(), to.host(), to.port(), to.path(), to.query());
        }
        if (action instanceof RuleAction.FixedResponse fixed) {
            FixedResponseConfig answer = fixed.config();
            return new RouteAction.FixedResponse(
                    Integer.parseInt(answer.statusCode()),
                    Objects.requireNonNullElse(answer.contentType(), "text/plain"),
                    Objects.requireNonNullElse(answer.messageBody(), ""));
        }
        RuleAction.Forward forward = (RuleAction.Forward) action;
        Map<String, BackendPool> byArn = new LinkedHashMap<>();
        for (TargetGroup group : forward.weights().keySet()) {
            byArn.put(group.arn, pools.computeIfAbsent(group, each -> pool(each, counted)));
        }
        Stickiness stickiness = forward.stickiness();
        return new RouteAction.Forward(
                forward.schedule(),
                byArn,
                stickiness.enabled() ? Duration.ofSeconds(stickiness.durationSeconds()) : null);
    }

    /**
     * Healthy targets; all registered ones if too few are healthy, since the load balancer fails open. Those that it does not
     * get through to are none: where there are no others it answers 503; on AWS, 504 after trying for ten seconds.
     */
    private BackendPool pool(TargetGroup group, LoadBalancerMeter counted) {
        List<Backend> all = group.registered.values().stream()
                .filter(target -> network.reaches(group, target.address))
                .map(target -> target.backend)
                .toList();
        List<Backend> healthy = group.registered.values().stream()
                .filter(target -> target.state == Target.State.HEALTHY)
                .map(target -> target.backend)
                .toList();
        boolean open = healthy.size() < group.attributes.leastHealthy(all.size());
        return new BackendPool(
                open ? all : healthy,
                group.turns,
                !healthy.isEmpty(),
                group.attributes.leastOutstanding(),
                group.attributes.stickiness(),
                counted.group(group.dimension));
    }

    /** Publishes what has changed of all listeners. */
    void publish() {
        state.listeners.values().forEach(this::publish);
    }

    /** Called after every change of its rules. */
    void publish(Listener listener) {
        listener.endpoint.route(route(listener));
    }

    /** Called after every change of the group's targets or their health. */
    void publish(TargetGroup group) {
        state.listenersOf(group).forEach(this::publish);
    }
}
