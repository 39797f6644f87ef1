package io.jenkins.plugins.ecscanary.engine.scan;

import java.nio.file.Path;

/** A report without what was found in secrets. */
public final class ReportCopy {

    private ReportCopy() {}

    /** @throws UnreadableReportException if {@code report} can't be read */
    public static void withoutSecrets(Path report, Path copy) throws UnreadableReportException {
        throw new UnreadableReportException(report + ": can't be copied yet to " + copy);
    }
}
