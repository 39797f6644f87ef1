package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** Whose turn it is within a target group. Shared by the group's snapshots; thread-safe. */
public final class RoundRobin {

    private final AtomicInteger turns = new AtomicInteger();

    /** @return 0 to {@code size} − 1, each in turn */
    int next(int size) {
        return Math.floorMod(turns.getAndIncrement(), size);
    }
}
