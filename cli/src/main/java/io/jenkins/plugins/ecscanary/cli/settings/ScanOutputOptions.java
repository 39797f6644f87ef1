package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How what came of a scan is told. */
public final class ScanOutputOptions {

    @Option(names = "--json", description = "One JSON object with the verdict and each finding.")
    private boolean json;

    @Option(
            names = "--findings",
            paramLabel = "N",
            description = "How many findings are listed. Default: 50.",
            defaultValue = "50")
    private int most;

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write the report as SARIF, without secrets, too.")
    private Path sarif;

    @Option(names = "--cyclonedx", paramLabel = "FILE", description = "Write it as CycloneDX, too.")
    private Path cycloneDx;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write it as one HTML file that needs nothing else, too.")
    private Path html;

    public boolean json() {
        return json;
    }

    public int most() {
        if (most < 0) {
            throw new CliFailure(ExitCode.USAGE, "--findings is " + most + "; 0 is the least");
        }
        return most;
    }

    /** The files to be written; each can be, as far as that can be told now. */
    public Map<ScanFormat, Path> files(Surroundings surroundings) {
        Map<ScanFormat, Path> files = new EnumMap<>(ScanFormat.class);
        add(files, ScanFormat.SARIF, sarif, surroundings);
        add(files, ScanFormat.CYCLONEDX, cycloneDx, surroundings);
        add(files, ScanFormat.HTML, html, surroundings);
        return files;
    }

    private static void add(Map<ScanFormat, Path> files, ScanFormat format, Path given, Surroundings surroundings) {
        if (given == null) {
            return;
        }
        Path file = surroundings.directory().resolve(given).toAbsolutePath().normalize();
        Path directory = file.getParent();
        if (Files.isDirectory(file) || directory == null || !Files.isDirectory(directory)) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "--" + format.word() + ": " + file + " can't be written: "
                            + (Files.isDirectory(file) ? "it is a directory" : "there is no such directory"));
        }
        files.put(format, file);
    }
}
