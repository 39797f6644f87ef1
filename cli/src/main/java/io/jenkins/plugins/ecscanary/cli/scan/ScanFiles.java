package io.jenkins.plugins.ecscanary.cli.scan;

import io.jenkins.plugins.ecscanary.engine.scan.HtmlReport;
import io.jenkins.plugins.ecscanary.engine.scan.ReportCopy;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFormat;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;

/** What else is made of a scan: each file is there as a whole or not at all. */
public final class ScanFiles {

    private ScanFiles() {}

    /** Gives the scanner where one is needed. */
    @FunctionalInterface
    public interface Scanner {
        Trivy get() throws ScannerFailure, InterruptedException;
    }

    /**
     * @param place for what is not finished
     * @param report null where the scanner has made none: then there is only HTML
     * @throws ScannerFailure if the scanner can't make a format of the report
     * @throws IOException if a file can't be written
     */
    public static void write(
            Workplace place, Map<ScanFormat, Path> files, ScanResult result, Path report, Scanner scanner)
            throws ScannerFailure, IOException, InterruptedException {
        if (files.containsKey(ScanFormat.HTML)) {
            Path made = place.file("report.html");
            try (Writer out = Files.newBufferedWriter(made)) {
                HtmlReport.write(result, out);
            }
            move(made, files.get(ScanFormat.HTML));
        }
        for (Map.Entry<ScanFormat, Path> file : files.entrySet()) {
            if (file.getKey() != ScanFormat.HTML && report != null) {
                move(scanner.get().convert(withoutSecrets(place, report), file.getKey()), file.getValue());
            }
        }
    }

    private static Path withoutSecrets(Workplace place, Path report) throws ScannerFailure, IOException {
        Path copy = place.file("shown.json");
        try {
            ReportCopy.withoutSecrets(report, copy);
        } catch (UnreadableReportException e) {
            throw new ScannerFailure(e.getMessage());
        }
        return copy;
    }

    /** Beside it first: the directory may be on another disk. */
    private static void move(Path made, Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent(), "a file is in a directory");
        Path beside = Files.createTempFile(directory, "." + file.getFileName(), ".part");
        try {
            Files.copy(made, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
