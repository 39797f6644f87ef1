package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.List;

/** A result as lines of text, for a terminal or a log. */
public final class ScanTable {

    private ScanTable() {}

    /**
     * @param width of a line in characters, at least 40
     * @param most findings that are listed
     */
    public static List<String> lines(ScanResult result, int width, int most) {
        return List.of(result.verdict() + ": " + result.cause());
    }
}
