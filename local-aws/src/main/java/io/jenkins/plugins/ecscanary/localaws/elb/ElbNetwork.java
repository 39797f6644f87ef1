package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;

/** Which targets load balancers get through to. What they don't gets no requests, and its health checks time out. */
final class ElbNetwork {

    private final ElbState state;
    private Reachability reachability = Reachability.ALWAYS;

    ElbNetwork(ElbState state) {
        this.state = state;
    }

    void set(Reachability next) {
        reachability = next;
    }

    boolean reaches(TargetGroup group, TargetAddress target) {
        return state.loadBalancersOf(group).stream()
                .allMatch(balancer -> reachability.reaches(balancer.securityGroups, target));
    }
}
