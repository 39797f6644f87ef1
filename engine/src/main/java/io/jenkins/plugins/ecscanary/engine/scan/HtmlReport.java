package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.IOException;

/** A result as one HTML file that needs nothing else. */
public final class HtmlReport {

    private HtmlReport() {}

    public static void write(ScanResult result, Appendable out) throws IOException {
        out.append(result.verdict().name());
    }
}
