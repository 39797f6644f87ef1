package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.elb.Target.State;
import io.jenkins.plugins.ecscanary.localaws.proxy.Backend;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Registers and deregisters targets. Called holding the world's lock. */
final class Targets {

    private final World world;
    private final ElbState state;
    private final Routing routing;
    private final TargetHealthMonitor monitor;
    private final Consumer<Backend> cut;
    private final List<Consumer<TargetAddress>> listeners = new ArrayList<>();

    /** @param cut closes all connections to a backend */
    Targets(
            World world,
            ElbState state,
            ElbNetwork network,
            Routing routing,
            HealthProbe probe,
            ElbSettings settings,
            Consumer<Backend> cut) {
        this.world = world;
        this.state = state;
        this.routing = routing;
        this.cut = cut;
        this.monitor = new TargetHealthMonitor(world, network, probe, settings, this::changed);
    }

    void onHealthChange(Consumer<TargetAddress> listener) {
        listeners.add(listener);
    }

    /**
     * Registering what is registered changes nothing; what is draining comes back as a new target.
     *
     * @param byHand whether someone asked for it rather than ECS
     */
    void register(TargetGroup group, TargetAddress address, boolean byHand) {
        if (group.registered.containsKey(address)) {
            return;
        }
        Target target = new Target(address, byHand);
        group.registered.put(address, target);
        if (state.isUsed(group)) {
            monitor.begin(group, target);
        } else {
            world.log("elb %s %s unused", group.name, target.backend);
        }
        routing.publish(group);
    }

    /**
     * A target that leaves stays {@code draining} for the deregistration delay, as AWS shows it and ECS waits for it even
     * when nothing is in flight. Requests really in flight get the delay in wall-clock time, then they are cut.
     */
    void deregister(TargetGroup group, TargetAddress address, Runnable drained) {
        Target target = group.registered.remove(address);
        if (target == null) {
            Optional<Target> leaving = draining(group, address);
            if (leaving.isPresent()) {
                leaving.get().whenGone.add(drained);
            } else {
                drained.run();
            }
            return;
        }
        target.nextCheck.cancel();
        target.whenGone.add(drained);
        boolean used = target.state != State.UNUSED;
        target.state = State.DRAINING;
        target.reason = HealthReason.DEREGISTRATION_IN_PROGRESS;
        group.draining.add(target);
        routing.publish(group);
        var idle = target.backend.retire();
        if (!used) {
            gone(group, target);
            return;
        }
        world.log("elb %s %s draining", group.name, target.backend);
        changed(group, target);
        Duration delay = group.attributes.deregistrationDelay();
        // On the timer's thread rather than on that of the last request, which must not wait for the lock.
        world.after(delay, () -> idle.thenRun(() -> world.after(Duration.ZERO, () -> gone(group, target))));
        world.after(delay, delay, () -> gone(group, target));
    }

    private void gone(TargetGroup group, Target target) {
        if (!group.draining.remove(target)) {
            return;
        }
        world.log("elb %s %s deregistered", group.name, target.backend);
        cut.accept(target.backend);
        target.whenGone.forEach(Runnable::run);
        listeners.forEach(listener -> listener.accept(target.address));
    }

    /** After a change of a listener's rules, or its end: starts or ends the health checks of what it begins or ceases to forward to. */
    void usageChanged(Listener listener) {
        usageChanged();
        if (state.listeners.containsKey(listener.arn)) {
            routing.publish(listener);
        }
    }

    /** The same after a change of many. */
    void allUsageChanged() {
        usageChanged();
        routing.publish();
    }

    private void usageChanged() {
        state.forwardsChanged();
        for (TargetGroup group : state.targetGroups.values()) {
            boolean used = state.isUsed(group);
            for (Target target : List.copyOf(group.registered.values())) {
                if (used && target.state == State.UNUSED) {
                    monitor.begin(group, target);
                } else if (!used && target.state != State.UNUSED) {
                    monitor.end(group, target);
                }
            }
        }
    }

    /** The registered target, else the one that is leaving. */
    static Optional<Target> find(TargetGroup group, TargetAddress address) {
        return Optional.ofNullable(group.registered.get(address)).or(() -> draining(group, address));
    }

    private static Optional<Target> draining(TargetGroup group, TargetAddress address) {
        return group.draining.stream()
                .filter(target -> target.address.equals(address))
                .reduce((first, second) -> second);
    }

    private void changed(TargetGroup group, Target target) {
        routing.publish(group);
        listeners.forEach(listener -> listener.accept(target.address));
    }
}
