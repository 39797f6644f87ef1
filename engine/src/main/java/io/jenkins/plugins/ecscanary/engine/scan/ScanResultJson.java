package io.jenkins.plugins.ecscanary.engine.scan;

/** The form in which a result is stored. */
public final class ScanResultJson {

    /** How many findings are stored. */
    public static final int MOST_FINDINGS = 20_000;

    private ScanResultJson() {}

    /** UTF-8. */
    public static byte[] write(ScanResult result) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * @param name for messages
     * @throws UnreadableReportException if it is not what {@link #write} wrote
     */
    public static ScanResult read(byte[] json, String name) throws UnreadableReportException {
        throw new UnreadableReportException(name + ": can't be read yet");
    }
}
