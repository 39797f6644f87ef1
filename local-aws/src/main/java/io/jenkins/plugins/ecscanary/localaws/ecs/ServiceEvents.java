package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A service's last 100 events, newest first, as DescribeServices answers them. */
final class ServiceEvents {

    private static final int KEPT = 100;

    private final World world;
    private final Deque<ServiceEvent> events = new ArrayDeque<>();

    ServiceEvents(World world) {
        this.world = world;
    }

    void add(String message) {
        events.addFirst(new ServiceEvent(world.ids().uuid(), world.now(), message));
        if (events.size() > KEPT) {
            events.removeLast();
        }
    }

    /** @param newestFirst as it was kept */
    void restore(List<ServiceEvent> newestFirst) {
        newestFirst.stream().limit(KEPT).forEach(events::addLast);
    }

    List<ServiceEvent> newestFirst() {
        return List.copyOf(events);
    }

    record ServiceEvent(String id, Instant createdAt, String message) {}
}
