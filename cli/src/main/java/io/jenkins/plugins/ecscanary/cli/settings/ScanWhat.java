package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is scanned, or the report of a scan that was made elsewhere. */
public final class ScanWhat {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "IMAGE",
            description = "An image's name, in a registry or in a container runtime of this machine.")
    private String image;

    @Option(
            names = "--input",
            paramLabel = "TAR",
            description = "An image in a file, as 'docker save' or 'buildah push … docker-archive:' writes it.")
    private Path archive;

    @Option(names = "--fs", paramLabel = "DIR", description = "A directory with sources, lock files, configuration.")
    private Path fileSystem;

    @Option(
            names = "--config-files",
            paramLabel = "DIR",
            description = "A directory with configuration files; only misconfigurations are looked for.")
    private Path configFiles;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "A report that Trivy has made elsewhere with '--format json': nothing is scanned.")
    private Path report;

    /** A report made elsewhere; empty if something is to be scanned. */
    public Optional<Path> report(Surroundings surroundings) {
        check();
        return Optional.ofNullable(report)
                .map(file -> there(file, "--report", Files::isRegularFile, "file", surroundings));
    }

    /** @throws CliFailure if it is not one thing, or not there */
    public ScanTarget target(Surroundings surroundings) {
        check();
        try {
            if (image != null) {
                return new ScanTarget.Image(image);
            } else if (archive != null) {
                return new ScanTarget.Archive(there(archive, "--input", Files::isRegularFile, "file", surroundings)
                        .toString());
            } else if (fileSystem != null) {
                return new ScanTarget.FileSystem(
                        there(fileSystem, "--fs", Files::isDirectory, "directory", surroundings)
                                .toString());
            }
            return new ScanTarget.Config(
                    there(configFiles, "--config-files", Files::isDirectory, "directory", surroundings)
                            .toString());
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private void check() {
        long named = Stream.of(image, archive, fileSystem, configFiles, report)
                .filter(one -> one != null)
                .count();
        if (named != 1) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    (named == 0 ? "what is to be scanned?" : "only one thing can be scanned at a time.")
                            + " Give an image's name, or --input, --fs, --config-files or --report");
        }
    }

    /** In full: the scanner runs elsewhere. */
    private static Path there(Path given, String option, Predicate<Path> is, String what, Surroundings surroundings) {
        Path path = surroundings.directory().resolve(given).toAbsolutePath().normalize();
        if (!is.test(path)) {
            throw new CliFailure(ExitCode.USAGE, option + ": there is no " + what + " " + path);
        }
        return path;
    }
}
