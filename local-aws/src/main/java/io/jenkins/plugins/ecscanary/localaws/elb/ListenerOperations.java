package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.ForwardAction.Action;
import io.jenkins.plugins.ecscanary.localaws.proxy.DataPlane;
import io.jenkins.plugins.ecscanary.localaws.proxy.Endpoint;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CreateListener, DescribeListeners, ModifyListener, DeleteListener, and DescribeRules of the default rule. */
final class ListenerOperations {

    private final World world;
    private final ElbState state;
    private final TagOperations tags;
    private final Routing routing;
    private final Targets targets;
    private final DataPlane plane;
    private final PortMapping ports;

    ListenerOperations(
            World world,
            ElbState state,
            TagOperations tags,
            Routing routing,
            Targets targets,
            DataPlane plane,
            PortMapping ports) {
        this.world = world;
        this.state = state;
        this.tags = tags;
        this.routing = routing;
        this.targets = targets;
        this.plane = plane;
        this.ports = ports;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateListener", CreateListenerRequest.class, this::create),
                Operation.of("DescribeListeners", DescribeListenersRequest.class, this::describe),
                Operation.of("ModifyListener", ModifyListenerRequest.class, this::modify),
                Operation.of("DeleteListener", DeleteListenerRequest.class, this::delete),
                Operation.of("DescribeRules", DescribeRulesRequest.class, this::rules));
    }

    private ListenersResponse create(CreateListenerRequest in) {
        LoadBalancer balancer = state.loadBalancer(in.loadBalancerArn());
        Require.only(Require.present(in.protocol(), "protocol"), "HTTP", "listener protocol");
        Require.present(in.port(), "port");
        int port = Require.between(in.port(), 0, 1, 65535, "Port");
        Map<TargetGroup, Integer> weights = ForwardAction.weights(state, balancer, in.defaultActions());
        requireFree(balancer, port, null);
        String id = balancer.dimension + "/" + world.ids().elb();
        String arn = world.arn("elasticloadbalancing", "listener/" + id);
        String rule = world.arn(
                "elasticloadbalancing",
                "listener-rule/" + id + "/" + world.ids().elb());
        tags.put(arn, in.tags());
        Listener listener = new Listener(arn, rule, balancer, port);
        listener.forward(weights);
        listener.endpoint = open(listener, port);
        state.listeners.put(arn, listener);
        world.log(
                "elb listener :%d of %s is 127.0.0.1:%d, %s",
                port, balancer.name, listener.endpoint.port(), listener.told());
        targets.usageChanged();
        return new ListenersResponse(List.of(shown(listener)), null);
    }

    private ListenersResponse describe(DescribeListenersRequest in) {
        List<Listener> found = new ArrayList<>();
        if (in.listenerArns() != null && !in.listenerArns().isEmpty()) {
            in.listenerArns().forEach(arn -> found.add(state.listener(arn)));
        } else {
            found.addAll(of(state.loadBalancer(in.loadBalancerArn())));
        }
        Page<Listener> page = Page.of(found, in.marker(), in.pageSize());
        return new ListenersResponse(
                page.items().stream().map(ListenerOperations::shown).toList(), page.nextMarker());
    }

    private ListenersResponse modify(ModifyListenerRequest in) {
        Listener listener = state.listener(in.listenerArn());
        Require.only(in.protocol(), "HTTP", "listener protocol");
        Map<TargetGroup, Integer> weights = in.defaultActions() == null
                ? listener.weights()
                : ForwardAction.weights(state, listener.loadBalancer, in.defaultActions());
        int port = Require.between(in.port(), listener.port, 1, 65535, "Port");
        if (port != listener.port) {
            requireFree(listener.loadBalancer, port, listener);
            Endpoint next = open(listener, port);
            close(listener);
            listener.port = port;
            listener.endpoint = next;
            world.log("elb listener :%d of %s is 127.0.0.1:%d", port, listener.loadBalancer.name, next.port());
        }
        if (in.defaultActions() != null) {
            forward(listener, weights);
        }
        return new ListenersResponse(List.of(shown(listener)), null);
    }

    /** Replaces the default action's groups and weights. */
    void forward(Listener listener, Map<TargetGroup, Integer> weights) {
        listener.forward(weights);
        world.log("elb listener :%d %s", listener.port, listener.told());
        targets.usageChanged();
    }

    private Empty delete(DeleteListenerRequest in) {
        remove(state.listener(in.listenerArn()));
        return new Empty();
    }

    void deleteOf(LoadBalancer balancer) {
        of(balancer).forEach(this::remove);
    }

    private void remove(Listener listener) {
        state.listeners.remove(listener.arn);
        state.tags.remove(listener.arn);
        close(listener);
        world.log("elb listener :%d of %s deleted", listener.port, listener.loadBalancer.name);
        targets.usageChanged();
    }

    private DescribeRulesResponse rules(DescribeRulesRequest in) {
        List<Listener> found = new ArrayList<>();
        if (in.ruleArns() != null && !in.ruleArns().isEmpty()) {
            for (String arn : in.ruleArns()) {
                found.add(state.listeners.values().stream()
                        .filter(listener -> listener.ruleArn.equals(arn))
                        .findFirst()
                        .orElseThrow(() -> new AwsError("RuleNotFound", "Rule '" + arn + "' not found")));
            }
        } else {
            found.add(state.listener(in.listenerArn()));
        }
        Page<Listener> page = Page.of(found, in.marker(), in.pageSize());
        return new DescribeRulesResponse(
                page.items().stream()
                        .map(listener -> new Rule(
                                listener.ruleArn, "default", List.of(), ForwardAction.shown(listener.weights()), true))
                        .toList(),
                page.nextMarker());
    }

    private List<Listener> of(LoadBalancer balancer) {
        return state.listeners.values().stream()
                .filter(listener -> listener.loadBalancer == balancer)
                .toList();
    }

    private void requireFree(LoadBalancer balancer, int port, Listener self) {
        if (of(balancer).stream().anyMatch(other -> other != self && other.port == port)) {
            throw new AwsError(
                    "DuplicateListener",
                    "A listener already exists on this port for this load balancer '" + balancer.arn + "'");
        }
    }

    private Endpoint open(Listener listener, int port) {
        int real = ports.realPort(listener.loadBalancer.name, port);
        try {
            return plane.open(real, port, routing.route(listener));
        } catch (IOException e) {
            throw new AwsError(
                    "InvalidConfigurationRequest",
                    "local-aws cannot listen on 127.0.0.1:" + real + " for listener port " + port + ": "
                            + e.getMessage() + ". Map the listener port to a free port above 1023.");
        }
    }

    private static void close(Listener listener) {
        try {
            listener.endpoint.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing listener " + listener.arn, e);
        }
    }

    private static ListenerShown shown(Listener listener) {
        return new ListenerShown(
                listener.arn,
                listener.loadBalancer.arn,
                listener.port,
                "HTTP",
                ForwardAction.shown(listener.weights()));
    }

    record CreateListenerRequest(
            String loadBalancerArn, String protocol, Integer port, List<Action> defaultActions, List<Tag> tags) {}

    record DescribeListenersRequest(
            String loadBalancerArn, List<String> listenerArns, String marker, Integer pageSize) {}

    record ModifyListenerRequest(String listenerArn, Integer port, String protocol, List<Action> defaultActions) {}

    record DeleteListenerRequest(String listenerArn) {}

    record ListenersResponse(List<ListenerShown> listeners, String nextMarker) {}

    record ListenerShown(
            String listenerArn, String loadBalancerArn, Integer port, String protocol, List<Action> defaultActions) {}

    record DescribeRulesRequest(String listenerArn, List<String> ruleArns, String marker, Integer pageSize) {}

    record DescribeRulesResponse(List<Rule> rules, String nextMarker) {}

    record Rule(
            String ruleArn, String priority, List<RuleCondition> conditions, List<Action> actions, Boolean isDefault) {}

    /** A default rule has none. */
    record RuleCondition(String field, List<String> values) {}
}
