package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.GroupMeter;
import java.util.List;
import java.util.Optional;

/**
 * The backends of one target group that may get requests: an immutable snapshot, save for whose turn it is.
 *
 * @param backends the healthy ones, or all if too few are healthy (the load balancer fails open); may be empty
 * @param turns shared by successive snapshots of a group, so that a change of health does not restart the round
 * @param healthy whether the backends are the healthy ones
 * @param leastOutstanding whether the backend with the fewest requests in flight gets the next one; turns decide between
 *     equals
 * @param stickiness null if clients don't stay with a target
 */
public record BackendPool(
        List<Backend> backends,
        RoundRobin turns,
        boolean healthy,
        boolean leastOutstanding,
        TargetStickiness stickiness,
        GroupMeter meter) {

    public BackendPool {
        backends = List.copyOf(backends);
    }

    /** Healthy backends that take turns. */
    public BackendPool(List<Backend> backends, RoundRobin turns, GroupMeter meter) {
        this(backends, turns, true, false, null, meter);
    }

    /** The next backend in turn, counted in; empty if there is none (any more). */
    Optional<Backend> acquire() {
        int size = backends.size();
        if (size == 0) {
            return Optional.empty();
        }
        int first = turns.next(size);
        if (leastOutstanding) {
            Backend idlest = idlest(first);
            if (idlest.enter()) {
                return Optional.of(idlest);
            }
        }
        for (int i = 0; i < size; i++) {
            Backend backend = backends.get((first + i) % size);
            if (backend.enter()) {
                return Optional.of(backend);
            }
        }
        return Optional.empty();
    }

    private Backend idlest(int first) {
        Backend idlest = backends.get(first);
        for (int i = 1; i < backends.size(); i++) {
            Backend other = backends.get((first + i) % backends.size());
            if (other.inFlight() < idlest.inFlight()) {
                idlest = other;
            }
        }
        return idlest;
    }

    /** This very backend, counted in; empty if it is not (any more) among those that may get requests. */
    Optional<Backend> acquire(String id) {
        for (Backend backend : backends) {
            if (backend.id().equals(id) && backend.enter()) {
                return Optional.of(backend);
            }
        }
        return Optional.empty();
    }
}
