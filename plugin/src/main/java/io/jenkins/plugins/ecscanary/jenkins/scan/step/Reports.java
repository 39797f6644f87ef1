package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.engine.scan.HtmlReport;
import io.jenkins.plugins.ecscanary.engine.scan.ReportCopy;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFormat;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jenkins.util.BuildListenerAdapter;

/** Archives a scan as the files that were asked for, without what secrets look like. */
final class Reports {

    private static final Duration FOR_CONVERSION = Duration.ofMinutes(10);

    private final Run<?, ?> run;
    private final Launcher launcher;
    private final TaskListener log;
    private final int number;
    private final FilePath own;

    /**
     * @param number of the scan in its build
     * @param own a directory for files
     */
    Reports(Run<?, ?> run, Launcher launcher, TaskListener log, int number, FilePath own) {
        this.run = run;
        this.launcher = launcher;
        this.log = log;
        this.number = number;
        this.own = own;
    }

    /** Whether one of them is made by the scanner. */
    static boolean needScanner(List<ScanFormat> formats) {
        return formats.stream().anyMatch(format -> format != ScanFormat.HTML);
    }

    /** @throws GateClosed if one can't be made: who asked for it relies on it */
    void archive(
            List<ScanFormat> formats, ScanResult result, FilePath report, TrivyProgram trivy, Consumer<String> told)
            throws GateClosed, UnreadableReportException, IOException, InterruptedException {
        Map<String, String> files = new LinkedHashMap<>();
        FilePath copy = null;
        for (ScanFormat format : formats) {
            String name = "trivy-scan-" + number + "." + format.extension();
            FilePath file = own.child(name);
            if (format == ScanFormat.HTML) {
                try (Writer out = new OutputStreamWriter(file.write(), StandardCharsets.UTF_8)) {
                    HtmlReport.write(result, out);
                }
            } else {
                if (copy == null) {
                    copy = withoutSecrets(report);
                }
                trivy.run(
                        TrivyCommand.convert(
                                trivy.path(), trivy.configuration(), format, copy.getRemote(), file.getRemote()),
                        Map.of(),
                        FOR_CONVERSION,
                        told);
                if (!file.exists()) {
                    throw new GateClosed(Messages.Reports_NotMade(format.word()));
                }
            }
            files.put(name, name);
        }
        if (!files.isEmpty()) {
            run.pickArtifactManager().archive(own, launcher, BuildListenerAdapter.wrap(log), files);
        }
    }

    /** Made on the controller, where the engine is. */
    private FilePath withoutSecrets(FilePath report)
            throws UnreadableReportException, IOException, InterruptedException {
        Path here = Files.createTempFile("trivy", ".json");
        Path clean = Files.createTempFile("trivy", ".json");
        try {
            report.copyTo(new FilePath(here.toFile()));
            ReportCopy.withoutSecrets(here, clean);
            FilePath copy = own.child("copy.json");
            new FilePath(clean.toFile()).copyTo(copy);
            return copy;
        } finally {
            Files.delete(here);
            Files.delete(clean);
        }
    }
}
