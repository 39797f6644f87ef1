package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.ListenerProtocol.Certificate;
import io.jenkins.plugins.ecscanary.localaws.proxy.DataPlane;
import io.jenkins.plugins.ecscanary.localaws.proxy.Endpoint;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CreateListener, DescribeListeners, ModifyListener, DeleteListener. */
final class ListenerOperations {

    private static final int MOST_LISTENERS = 50;

    private final World world;
    private final ElbState state;
    private final TagOperations tags;
    private final Routing routing;
    private final Targets targets;
    private final DataPlane plane;
    private final PortMapping ports;
    private final ActionRules actions;

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
        this.actions = new ActionRules(state);
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateListener", CreateListenerRequest.class, this::create),
                Operation.of("DescribeListeners", DescribeListenersRequest.class, this::describe),
                Operation.of("ModifyListener", ModifyListenerRequest.class, this::modify),
                Operation.of("DeleteListener", DeleteListenerRequest.class, this::delete));
    }

    private ListenersResponse create(CreateListenerRequest in) {
        LoadBalancer balancer = state.loadBalancer(in.loadBalancerArn());
        Require.present(in.protocol(), "protocol");
        ListenerProtocol protocol =
                ListenerProtocol.of(in.protocol(), in.certificates(), in.sslPolicy(), ListenerProtocol.HTTP);
        Require.present(in.port(), "port");
        int port = Require.between(in.port(), 0, 1, 65535, "Port");
        RuleAction action = actions.read(balancer, in.defaultActions(), "default action");
        requireFree(balancer, port, null);
        if (of(balancer).size() >= MOST_LISTENERS) {
            throw new AwsError("TooManyListeners", "A load balancer can have " + MOST_LISTENERS + " listeners at most");
        }
        String id = balancer.dimension + "/" + world.ids().elb();
        String arn = world.arn("elasticloadbalancing", "listener/" + id);
        String rule = world.arn(
                "elasticloadbalancing",
                "listener-rule/" + id + "/" + world.ids().elb());
        Map<String, String> tagged = tags.checked(arn, in.tags());
        Listener listener = new Listener(arn, rule, balancer, port, action);
        listener.protocol = protocol;
        listener.endpoint = open(listener, port);
        tags.set(arn, tagged);
        state.listeners.put(arn, listener);
        world.log(
                "elb listener :%d of %s is 127.0.0.1:%d, %s%s",
                port, balancer.name, listener.endpoint.port(), action.told(), told(protocol));
        targets.usageChanged(listener);
        return new ListenersResponse(List.of(shown(listener)), null);
    }

    private ListenersResponse describe(DescribeListenersRequest in) {
        List<Listener> found = new ArrayList<>();
        boolean byArn = in.listenerArns() != null && !in.listenerArns().isEmpty();
        if (byArn == (in.loadBalancerArn() != null)) {
            throw Require.invalid("You must specify either listener ARNs or a load balancer ARN");
        }
        if (byArn) {
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
        ListenerProtocol protocol =
                ListenerProtocol.of(in.protocol(), in.certificates(), in.sslPolicy(), listener.protocol);
        RuleAction action = in.defaultActions() == null || in.defaultActions().isEmpty()
                ? listener.defaultRule.action
                : actions.read(listener.loadBalancer, in.defaultActions(), "default action");
        int port = Require.between(in.port(), listener.port, 1, 65535, "Port");
        if (port != listener.port) {
            requireFree(listener.loadBalancer, port, listener);
        }
        if (!protocol.equals(listener.protocol)) {
            listener.protocol = protocol;
            world.log(
                    "elb listener :%d of %s is %s%s",
                    listener.port, listener.loadBalancer.name, protocol.protocol(), told(protocol));
            targets.usageChanged(listener);
        }
        if (port != listener.port) {
            Endpoint next = open(listener, port);
            listener.endpoint.close();
            listener.port = port;
            listener.endpoint = next;
            world.log("elb listener :%d of %s is 127.0.0.1:%d", port, listener.loadBalancer.name, next.port());
        }
        if (action != listener.defaultRule.action) {
            act(listener.defaultRule, action);
        }
        return new ListenersResponse(List.of(shown(listener)), null);
    }

    /** Replaces a rule's action. */
    void act(Rule rule, RuleAction action) {
        rule.action = action;
        world.log("elb %s %s", rule.told(), action.told());
        targets.usageChanged(rule.listener);
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
        listener.others.forEach(rule -> state.tags.remove(rule.arn));
        listener.endpoint.close();
        world.log("elb listener :%d of %s deleted", listener.port, listener.loadBalancer.name);
        targets.usageChanged(listener);
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

    /** Opens the socket where it was, so that addresses stay good; if that port is taken, as for a new listener. */
    void reopen(Listener listener, int realPort) {
        try {
            listener.endpoint = plane.open(realPort, listener.port, routing.route(listener));
        } catch (IOException e) {
            world.log("elb listener :%d cannot have 127.0.0.1:%d again: %s", listener.port, realPort, e.getMessage());
            listener.endpoint = open(listener, listener.port);
        }
        world.log(
                "elb listener :%d of %s is 127.0.0.1:%d, %s",
                listener.port,
                listener.loadBalancer.name,
                listener.endpoint.port(),
                listener.defaultRule.action.told());
    }

    private static String told(ListenerProtocol protocol) {
        return protocol.isSecure() ? "; HTTPS is spoken as plain HTTP here" : "";
    }

    private static ListenerShown shown(Listener listener) {
        return new ListenerShown(
                listener.arn,
                listener.loadBalancer.arn,
                listener.port,
                listener.protocol.protocol(),
                listener.protocol.certificates(),
                listener.protocol.sslPolicy(),
                List.of(listener.defaultRule.action.shown()));
    }

    record CreateListenerRequest(
            String loadBalancerArn,
            String protocol,
            Integer port,
            List<Action> defaultActions,
            List<Tag> tags,
            String sslPolicy,
            List<Certificate> certificates) {}

    record DescribeListenersRequest(
            String loadBalancerArn, List<String> listenerArns, String marker, Integer pageSize) {}

    record ModifyListenerRequest(
            String listenerArn,
            Integer port,
            String protocol,
            List<Action> defaultActions,
            String sslPolicy,
            List<Certificate> certificates) {}

    record DeleteListenerRequest(String listenerArn) {}

    record ListenersResponse(List<ListenerShown> listeners, String nextMarker) {}

    record ListenerShown(
            String listenerArn,
            String loadBalancerArn,
            Integer port,
            String protocol,
            List<Certificate> certificates,
            String sslPolicy,
            List<Action> defaultActions) {}
}
