package io.jenkins.plugins.ecscanary.localaws.elb;

import java.util.Map;

/**
 * Which port on 127.0.0.1 a listener really binds. Templates ask for 80 and 443, which need privileges here and may be
 * taken; what they ask for stays what the API tells, only the socket is elsewhere.
 */
@FunctionalInterface
public interface PortMapping {

    /** @return a port, or 0 for one the system picks */
    int realPort(String loadBalancerName, int listenerPort);

    static PortMapping systemPicked() {
        return (loadBalancer, port) -> 0;
    }

    /** @param ports listener port to real port; what is not in it is picked by the system */
    static PortMapping of(Map<Integer, Integer> ports) {
        Map<Integer, Integer> fixed = Map.copyOf(ports);
        return (loadBalancer, port) -> fixed.getOrDefault(port, 0);
    }
}
