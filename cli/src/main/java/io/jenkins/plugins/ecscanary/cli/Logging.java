package io.jenkins.plugins.ecscanary.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Libraries log through java.util.logging, by default to standard error, where only our own messages belong. */
final class Logging {

    private static final Logger ROOT = Logger.getLogger("");

    private Logging() {}

    static void configure(boolean verbose) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.setLevel(verbose ? Level.INFO : Level.OFF);
        if (verbose) {
            ROOT.addHandler(new ConsoleHandler());
        }
    }
}
