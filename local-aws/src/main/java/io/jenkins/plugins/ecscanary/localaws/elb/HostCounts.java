package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;

/** Samples how many targets of each used group are healthy, once a simulated minute. */
final class HostCounts {

    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final World world;
    private final ElbState state;
    private final TrafficMeter meter;

    HostCounts(World world, ElbState state, TrafficMeter meter) {
        this.world = world;
        this.state = state;
        this.meter = meter;
    }

    void start() {
        world.after(PERIOD, this::sample);
    }

    private void sample() {
        for (TargetGroup group : state.targetGroups.values()) {
            int healthy = count(group, Target.State.HEALTHY);
            int unhealthy = count(group, Target.State.UNHEALTHY);
            if (!group.registered.isEmpty()) {
                for (LoadBalancer balancer : state.loadBalancersOf(group)) {
                    meter.loadBalancer(balancer.dimension)
                            .group(group.dimension)
                            .hosts(healthy, unhealthy);
                }
            }
        }
        start();
    }

    private static int count(TargetGroup group, Target.State state) {
        return (int) group.registered.values().stream()
                .filter(target -> target.state == state)
                .count();
    }
}
