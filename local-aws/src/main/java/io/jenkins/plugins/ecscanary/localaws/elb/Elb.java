package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.proxy.DataPlane;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Elastic Load Balancing: application load balancers whose listeners are real HTTP proxies on 127.0.0.1, with target
 * groups of type {@code ip}, weighted forwards, health checks and connection draining.
 */
public final class Elb implements LoadBalancing, AutoCloseable {

    private final World world;
    private final DataPlane plane;
    private final ElbState state = new ElbState();
    private final ElbNetwork network;
    private final Targets targets;
    private final ListenerOperations listeners;
    private final TargetGroupOperations targetGroups;
    private final ElbKeeper keeper;
    private final List<Operation<?, ?>> operations = new ArrayList<>();

    /**
     * Starts the data plane; it has no sockets before listeners are created.
     *
     * @param meter gets what the data plane counts
     */
    public Elb(World world, PortMapping ports, TrafficMeter meter, ElbSettings settings) {
        this(world, ports, meter, settings, new DataPlane(settings.proxy()), null);
    }

    /** @param probe what asks targets for their health, or null for real HTTP */
    Elb(World world, PortMapping ports, TrafficMeter meter, ElbSettings settings, DataPlane plane, HealthProbe probe) {
        this.world = world;
        this.plane = plane;
        network = new ElbNetwork(state);
        Routing routing = new Routing(state, network, meter);
        targets = new Targets(
                world, state, network, routing, probe == null ? plane.probe() : probe, settings, plane::forget);
        TagOperations tags = new TagOperations(state);
        listeners = new ListenerOperations(world, state, tags, routing, targets, plane, ports);
        targetGroups = new TargetGroupOperations(world, state, tags);
        LoadBalancerOperations balancers = new LoadBalancerOperations(world, state, tags, listeners);
        keeper = new ElbKeeper(state, targets, balancers, listeners);
        operations.addAll(balancers.operations());
        operations.addAll(targetGroups.operations());
        operations.addAll(new AttributeOperations(world, state, routing).operations());
        operations.addAll(listeners.operations());
        operations.addAll(new RuleOperations(world, state, tags, targets).operations());
        operations.addAll(new TargetOperations(state, targets).operations());
        operations.addAll(tags.operations());
        new HostCounts(world, state, meter).start();
    }

    /** What load balancers get through to, from now on; without it, everything. */
    public void setReachability(Reachability reachability) {
        network.set(reachability);
    }

    /** The operations on the wire: AWS Query, version 2015-12-01. */
    public ServiceApi api() {
        return ServiceApi.query(
                "elasticloadbalancing",
                "2015-12-01",
                "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
                List.copyOf(operations));
    }

    /** What survives a restart; restored before ECS is, which finds its target groups then. */
    public Kept<?> kept() {
        return keeper;
    }

    /**
     * The port on 127.0.0.1 where a listener really is.
     *
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError if there is no such listener
     */
    public int realPort(String listenerArn) {
        return world.look(() -> state.listener(listenerArn).endpoint.port());
    }

    @Override
    public Optional<TargetGroupInfo> targetGroup(String arnOrName) {
        return Optional.ofNullable(state.targetGroups.get(arnOrName))
                .or(() -> targetGroups.byName(arnOrName))
                .map(group -> new TargetGroupInfo(
                        group.arn,
                        group.name,
                        group.port,
                        state.loadBalancersOf(group).stream()
                                .map(balancer -> balancer.arn)
                                .toList()));
    }

    @Override
    public Optional<ListenerInfo> listener(String listenerArn) {
        return Optional.ofNullable(state.listeners.get(listenerArn)).map(listener -> {
            Map<String, Integer> weights = new LinkedHashMap<>();
            listener.weights().forEach((group, weight) -> weights.put(group.arn, weight));
            return new ListenerInfo(listener.arn, listener.loadBalancer.arn, listener.port, weights);
        });
    }

    @Override
    public void register(String targetGroupArn, TargetAddress target) {
        targets.register(state.targetGroup(targetGroupArn), target, false);
    }

    @Override
    public void deregister(String targetGroupArn, TargetAddress target, Runnable drained) {
        TargetGroup group = state.targetGroups.get(targetGroupArn);
        if (group == null) {
            drained.run(); // the group was deleted while a service still had it: there is nothing to leave
        } else {
            targets.deregister(group, target, drained);
        }
    }

    @Override
    public Optional<String> health(String targetGroupArn, TargetAddress target) {
        return Optional.ofNullable(state.targetGroups.get(targetGroupArn))
                .flatMap(group -> Targets.find(group, target))
                .map(found -> found.state.wire());
    }

    @Override
    public Optional<String> healthDescription(String targetGroupArn, TargetAddress target) {
        return Optional.ofNullable(state.targetGroups.get(targetGroupArn))
                .flatMap(group -> Targets.find(group, target))
                .flatMap(found -> Optional.ofNullable(found.reason))
                .map(HealthReason::description);
    }

    @Override
    public void setWeights(String listenerArn, Map<String, Integer> weights) {
        Listener listener = state.listener(listenerArn);
        Map<TargetGroup, Integer> next = new LinkedHashMap<>();
        weights.forEach((arn, weight) -> next.put(state.targetGroup(arn), weight));
        new WeightShift(listener)
                .rules(next.keySet())
                .forEach(rule -> listeners.act(
                        rule,
                        Listener.forward(rule)
                                .map(forward -> forward.to(next))
                                .orElseGet(() -> new RuleAction.Forward(next, null))));
    }

    @Override
    public void onHealthChange(Consumer<TargetAddress> listener) {
        targets.onHealthChange(listener);
    }

    @Override
    public void close() {
        plane.close();
    }
}
