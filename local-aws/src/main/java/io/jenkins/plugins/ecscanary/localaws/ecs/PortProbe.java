package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether something accepts connections at an address. May block for a moment; never called holding the lock. */
@FunctionalInterface
interface PortProbe {

    boolean listening(String ip, int port);

    /** Really connects, and hangs up at once. Loopback answers at once or not at all, hence the short time-out. */
    static PortProbe tcp() {
        return (ip, port) -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(ip, port), 500);
                return true;
            } catch (IOException e) {
                return false;
            }
        };
    }
}
