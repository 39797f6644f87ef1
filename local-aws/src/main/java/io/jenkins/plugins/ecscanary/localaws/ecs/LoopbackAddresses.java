package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives each task its own address, as awsvpc does: on Linux all of 127.0.0.0/8 is loopback. Addresses go round, so a
 * freed one is used again as late as possible: a connection or a health check meant for a former task must not reach
 * another one. Guarded by the world's lock.
 */
final class LoopbackAddresses {

    /** Never given to a task: whatever answers here listens on all addresses. */
    static final String UNASSIGNED = "127.255.255.254";

    private static final int PER_BLOCK = 250;
    private static final int BLOCKS = 250;

    private final Set<Integer> inUse = new HashSet<>();
    private int next;

    /** @param block where to start (taken modulo the number of blocks), so that two local AWSs seldom meet */
    LoopbackAddresses(long block) {
        next = Math.floorMod(block, BLOCKS) * PER_BLOCK;
        requirePlatform();
    }

    /** Better said at once than by tasks that are replaced for ever. */
    private static void requirePlatform() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("127.0.1.2", 0));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "local-aws gives each task an address of its own in 127.0.0.0/8, and this platform has no address "
                            + "127.0.1.2 (" + e.getMessage() + "); run it on Linux",
                    e);
        }
    }

    String allocate() {
        for (int tried = 0; tried < BLOCKS * PER_BLOCK; tried++) {
            int candidate = next;
            next = (next + 1) % (BLOCKS * PER_BLOCK);
            if (inUse.add(candidate)) {
                return "127.0." + (1 + candidate / PER_BLOCK) + "." + (2 + candidate % PER_BLOCK);
            }
        }
        throw new IllegalStateException("all loopback addresses are in use");
    }

    void free(String ip) {
        String[] parts = ip.split("\\.");
        inUse.remove((Integer.parseInt(parts[2]) - 1) * PER_BLOCK + Integer.parseInt(parts[3]) - 2);
    }
}
