package io.jenkins.plugins.ecscanary.cli.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who asks, for people: {@code user@host}. */
public final class StartedBy {

    private StartedBy() {}

    public static String orDefault(String given) {
        return given == null || given.isBlank() ? System.getProperty("user.name") + "@" + host() : given;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that does not know its own name
        }
    }
}
