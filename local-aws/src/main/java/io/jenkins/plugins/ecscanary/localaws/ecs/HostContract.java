package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.util.Optional;

/**
 * The contract with an image: it binds the address in HOST and the port in PORT, and nothing else. All tasks share one
 * machine, so an image that binds all addresses would answer for every other task. Blocks for a moment; never called
 * holding the lock.
 */
final class HostContract {

    private final PortProbe probe;

    HostContract(PortProbe probe) {
        this.probe = probe;
    }

    /** Why a container could not bind {@code ip:port}, looked at before it is started; empty if it can. */
    Optional<String> obstacle(String ip, int port) {
        if (probe.listening(LoopbackAddresses.UNASSIGNED, port)) {
            return Optional.of("port " + port + " is taken on all addresses of this machine by another process");
        }
        return probe.listening(ip, port)
                ? Optional.of(ip + ":" + port + " is taken by another process on this machine")
                : Optional.empty();
    }

    Binding binding(String ip, int port) {
        if (!probe.listening(ip, port)) {
            return Binding.NONE;
        }
        return probe.listening(LoopbackAddresses.UNASSIGNED, port) ? Binding.ALL_ADDRESSES : Binding.ITS_OWN;
    }

    static String nothingListens(String ip, int port) {
        return "nothing listens on " + ip + ":" + port
                + "; the image must bind the address in HOST and the port in PORT";
    }

    static String bindsAll(int port) {
        return "the image binds port " + port
                + " on all addresses; it must bind the address in HOST and the port in PORT";
    }

    enum Binding {
        /** Nothing there (yet). */
        NONE,
        ITS_OWN,
        ALL_ADDRESSES
    }
}
