package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import picocli.CommandLine.Option;

/** How a followed deployment is shown. */
public final class ShowOptions {

    @Option(names = "--json", description = "The timeline's events on standard output, one JSON object a line.")
    private boolean json;

    @Option(names = "--plain", description = "One line for each event, also at a terminal.")
    private boolean plain;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the live page on 127.0.0.1. Default: a free one.")
    private Integer port;

    @Option(names = "--no-page", description = "No live page.")
    private boolean noPage;

    public boolean json() {
        return json;
    }

    public boolean plain() {
        return plain;
    }

    public boolean page() {
        return !noPage;
    }

    /** 0 where the system is to pick one. */
    public int port() {
        return port == null ? 0 : port;
    }

    /** Refuses what contradicts itself. */
    public void check() {
        if (json && plain) {
            throw new CliFailure(ExitCode.USAGE, "--json and --plain contradict each other: give one of them");
        }
        if (noPage && port != null) {
            throw new CliFailure(ExitCode.USAGE, "--port and --no-page contradict each other: give one of them");
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw new CliFailure(ExitCode.USAGE, "--port is " + port + ", not between 1 and 65535 (0: a free one)");
        }
    }
}
