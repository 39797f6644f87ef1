package io.jenkins.plugins.ecscanary.engine.aws;

import java.net.URI;

/** Whether an endpoint is on this machine, told by its name alone: nothing is looked up. */
public final class Loopback {

    private Loopback() {}

    /** @param endpoint null for AWS's own */
    public static boolean is(URI endpoint) {
        String host = endpoint == null ? null : endpoint.getHost();
        return host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.equals("[::1]")
                        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}"));
    }
}
