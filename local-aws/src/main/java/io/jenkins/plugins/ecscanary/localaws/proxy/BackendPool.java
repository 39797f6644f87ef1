package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.GroupMeter;
import java.util.List;
import java.util.Optional;

/**
 * The backends of one target group that may get requests: an immutable snapshot, save for whose turn it is.
 *
 * @param backends the healthy ones, or all if none is healthy (the load balancer fails open); may be empty
 * @param turns shared by successive snapshots of a group, so that a change of health does not restart the round
 */
public record BackendPool(List<Backend> backends, RoundRobin turns, GroupMeter meter) {

    public BackendPool {
        backends = List.copyOf(backends);
    }

    /** The next backend in turn, counted in; empty if there is none (any more). */
    Optional<Backend> acquire() {
        int size = backends.size();
        if (size == 0) {
            return Optional.empty();
        }
        int first = turns.next(size);
        for (int i = 0; i < size; i++) {
            Backend backend = backends.get((first + i) % size);
            if (backend.enter()) {
                return Optional.of(backend);
            }
        }
        return Optional.empty();
    }
}
