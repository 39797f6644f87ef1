package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.InputStream;
import java.nio.file.Path;

/** Reads Trivy's JSON. */
public final class ReportReader {

    private ReportReader() {}

    /** @throws UnreadableReportException if anything in it is not as the scanner writes it */
    public static ScanReport read(Path file) throws UnreadableReportException {
        throw new UnreadableReportException(file + ": can't be read yet");
    }

    /**
     * @param name for messages
     * @throws UnreadableReportException if anything in it is not as the scanner writes it
     */
    public static ScanReport read(InputStream json, String name) throws UnreadableReportException {
        throw new UnreadableReportException(name + ": can't be read yet");
    }
}
