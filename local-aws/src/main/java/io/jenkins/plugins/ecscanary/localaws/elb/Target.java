package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.proxy.Backend;
import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.util.ArrayList;
import java.util.List;

/** One registration of a target. Guarded by the world's lock. */
final class Target {

    /** AWS's target health states. */
    enum State {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        UNUSED,
        DRAINING;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    final TargetAddress address;
    final Backend backend;
    /** Registered by a call rather than by ECS, which registers its tasks anew after a restart. */
    final boolean byHand;

    final List<Runnable> whenGone = new ArrayList<>();
    State state = State.UNUSED;
    HealthReason reason = HealthReason.NOT_IN_USE;
    int successes;
    int failures;
    /** A process needs its wall-clock time to start, however fast the clock: until then failed checks are not held against it. */
    boolean hadTimeToStart;

    SimTime.Timer nextCheck = () -> {};
    /** Grows whenever checking begins or ends, so that an answer that was still under way is not taken for a new one. */
    int cycle;

    Target(TargetAddress address, boolean byHand) {
        this.address = address;
        this.byHand = byHand;
        this.backend = new Backend(address.ip(), address.port());
    }
}
