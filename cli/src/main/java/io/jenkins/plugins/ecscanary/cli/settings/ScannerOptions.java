package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the scanner works. */
public final class ScannerOptions {

    private static final List<String> OF_A_SCAN = List.of(
            "--scanners",
            "--timeout",
            "--skip-db-update",
            "--db-repository",
            "--java-db-repository",
            "--server",
            "--platform",
            "--ignore-file",
            "--cache-dir");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--trivy", paramLabel = "PROGRAM", description = "The scanner. Default: the trivy on the PATH.")
    private Path trivy;

    @Option(
            names = "--scanners",
            paramLabel = "SCANNER",
            split = ",",
            description = "What is looked for: vuln, secret, misconfig, license. Default: vuln,secret.")
    private List<String> scanners;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "For the scan (90s, 15m); when it passes, the scanner is stopped. Default: 10m.")
    private Duration timeout;

    @Option(names = "--skip-db-update", description = "Use the databases that are in the scanner's cache as they are.")
    private boolean skipDbUpdate;

    @Option(
            names = "--db-repository",
            paramLabel = "REPOSITORY",
            description =
                    "Where the vulnerability database comes from; several with commas between them are tried in turn.")
    private String dbRepository;

    @Option(
            names = "--java-db-repository",
            paramLabel = "REPOSITORY",
            description = "The same for the index of Java archives.")
    private String javaDbRepository;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "A Trivy server, which has the databases; its token is taken from the environment: $"
                    + TrivyCommand.TOKEN + ".")
    private String server;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "Which image of one for several platforms (linux/arm64). Default: the scanner's choice.")
    private String platform;

    @Option(
            names = "--ignore-file",
            paramLabel = "FILE",
            description = "A .trivyignore of the scanner's own: what it leaves out is counted and told, but not listed."
                    + " Default: none; prefer --waivers.")
    private Path ignoreFile;

    @Option(names = "--cache-dir", paramLabel = "DIR", description = "Default: the scanner's own.")
    private Path cacheDirectory;

    public Path program() {
        return trivy;
    }

    /** @throws CliFailure for what the scanner would not understand */
    public TrivyOptions options(Surroundings surroundings) {
        try {
            return TrivyOptions.DEFAULT
                    .withScanners(
                            scanners == null
                                    ? TrivyOptions.DEFAULT.scanners()
                                    : scanners.stream().map(Scanner::of).toList())
                    .withTimeout(timeout == null ? TrivyOptions.DEFAULT.timeout() : timeout)
                    .withSkipDbUpdate(skipDbUpdate)
                    .withDbRepository(dbRepository)
                    .withJavaDbRepository(javaDbRepository)
                    .withServer(server)
                    .withPlatform(platform)
                    .withIgnoreFile(ignoreFile == null ? null : ignoreFile(surroundings))
                    .withCacheDirectory(
                            cacheDirectory == null
                                    ? null
                                    : full(cacheDirectory, surroundings).toString());
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** The scanner would take one that is not there for none. */
    private String ignoreFile(Surroundings surroundings) {
        Path file = full(ignoreFile, surroundings);
        if (!Files.isRegularFile(file)) {
            throw new CliFailure(ExitCode.USAGE, "--ignore-file: there is no file " + file);
        }
        return file.toString();
    }

    private static Path full(Path path, Surroundings surroundings) {
        return surroundings.directory().resolve(path).toAbsolutePath().normalize();
    }

    /** Nothing is scanned where a report is given. */
    public void refuseWithReport() {
        List<String> given = command.commandLine().getParseResult().matchedOptions().stream()
                .map(option -> option.longestName())
                .filter(name -> OF_A_SCAN.contains(name))
                .toList();
        if (!given.isEmpty()) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    String.join(", ", given) + ": nothing is scanned with --report, so that this would have no effect");
        }
    }
}
