package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.Objects;
import java.util.Set;

/**
 * An HTTP proxy between this process and AWS. What is on this machine is reached without it.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param user null where it asks for none
 * @param password null where it asks for none
 * @param directHosts patterns of hosts that are reached without it, as regular expressions
 */
public record HttpProxy(String host, int port, String user, String password, Set<String> directHosts) {

    public HttpProxy {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port of the proxy " + host + " is " + port + ", not 1 to 65535");
        }
        directHosts = Set.copyOf(directHosts);
    }

    /** Never the password: records are printed in logs and stack traces. */
    @Override
    public String toString() {
        return "HttpProxy[" + host + ":" + port + (user == null ? "" : ", with a user") + "]";
    }
}
