package io.jenkins.plugins.ecscanary.cli.scan;

import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.scan.ScannerProcess.End;
import io.jenkins.plugins.ecscanary.cli.scan.ScannerProcess.Ended;
import io.jenkins.plugins.ecscanary.engine.scan.KnownBadReleases;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFailure;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFormat;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyEnvironment;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyOptions;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Trivy on this machine. */
public final class Trivy {

    private static final String INSTALL = "install it (https://trivy.dev/docs/latest/getting-started/installation/) and"
            + " check the SHA-256 of what you install, or give --report with a report made elsewhere";

    private static final Duration FOR_THE_VERSION = Duration.ofSeconds(30);
    private static final Duration FOR_CONVERTING = Duration.ofMinutes(5);

    /** It is to give up by itself at its time-out, and says why then. */
    private static final Duration MOST_GRACE = Duration.ofSeconds(30);

    private final String program;
    private final String configuration;
    private final ScannerProcess process;
    private final Workplace place;

    private Trivy(String program, String configuration, ScannerProcess process, Workplace place) {
        this.program = program;
        this.configuration = configuration;
        this.process = process;
        this.place = place;
    }

    /**
     * @param named as given, or null for the one on the PATH
     * @throws ScannerFailure if there is none, or it is one that must not be used
     */
    public static Trivy find(Path named, Workplace place, Surroundings surroundings)
            throws ScannerFailure, InterruptedException {
        String program = named == null
                ? onPath(surroundings)
                : surroundings.directory().resolve(named).toAbsolutePath().toString();
        Map<String, String> environment = new HashMap<>(TrivyEnvironment.of(surroundings.environment()));
        environment.put("TMPDIR", place.directory().toString());
        ScannerProcess process = new ScannerProcess(environment, place.directory(), surroundings.signals());
        Trivy trivy = new Trivy(program, configuration(place), process, place);
        trivy.checkRelease();
        return trivy;
    }

    private static String configuration(Workplace place) throws ScannerFailure {
        Path file = place.file("trivy.yaml");
        try {
            return Files.writeString(file, TrivyCommand.CONFIGURATION).toString();
        } catch (IOException e) {
            throw new ScannerFailure(file + " can't be written: " + e, List.of(), e);
        }
    }

    private static String onPath(Surroundings surroundings) throws ScannerFailure {
        return Stream.of(surroundings.variable("PATH").orElse("").split(File.pathSeparator))
                .map(Trivy::absolute)
                .flatMap(Optional::stream)
                .flatMap(directory -> Stream.of(directory.resolve("trivy"), directory.resolve("trivy.exe")))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() ->
                        new ScannerFailure("there is no trivy on the PATH: " + INSTALL + ", or name one with --trivy"));
    }

    /** A relative one would be whatever lies in the directory somebody happens to be in. */
    private static Optional<Path> absolute(String directory) {
        try {
            return Optional.of(Path.of(directory)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void checkRelease() throws ScannerFailure, InterruptedException {
        Ended ended = run(TrivyCommand.version(program, configuration), FOR_THE_VERSION);
        if (ended.end() == End.TOO_LATE) {
            throw new ScannerFailure(program + " does not even tell its version within " + FOR_THE_VERSION.toSeconds()
                    + " s: run '" + program + " --version' by hand to see why");
        }
        TrivyVersion version = TrivyVersion.parse(String.join("\n", ended.lines()))
                .filter(told -> ended.exitCode() == 0)
                .orElseThrow(() -> failure(
                        program + " does not say which release of Trivy it is (exit code " + ended.exitCode()
                                + "), so that it is not used: " + INSTALL,
                        ended));
        Optional<String> refusal = KnownBadReleases.refusal(version.version());
        if (refusal.isPresent()) {
            throw new ScannerFailure(refusal.get());
        }
    }

    /** Scans; answers the report. */
    public Path scan(ScanTarget target, TrivyOptions options) throws ScannerFailure, InterruptedException {
        Path report = place.file("report.json");
        Duration grace = options.timeout().dividedBy(10).plusSeconds(1);
        Duration most = options.timeout().plus(grace.compareTo(MOST_GRACE) < 0 ? grace : MOST_GRACE);
        Ended ended = run(TrivyCommand.scan(program, configuration, target, report.toString(), options), most);
        if (ended.end() == End.TOO_LATE) {
            throw failure(
                    "the scanner did not end within its time-out of "
                            + options.timeout().toSeconds() + " s and was stopped: give it a longer --timeout",
                    ended);
        }
        if (ended.exitCode() != 0) {
            throw failure(ScanFailure.explain(ended.exitCode(), ended.lines()), ended);
        }
        if (!Files.exists(report)) {
            throw failure(
                    "the scanner says that all is well, but has written no report: see that " + program + " is Trivy",
                    ended);
        }
        return report;
    }

    /**
     * @param report without secrets
     * @return the file made of it
     */
    public Path convert(Path report, ScanFormat format) throws ScannerFailure, InterruptedException {
        Path output = place.file("report." + format.extension());
        Ended ended = run(
                TrivyCommand.convert(program, configuration, format, report.toString(), output.toString()),
                FOR_CONVERTING);
        if (ended.end() == End.TOO_LATE || ended.exitCode() != 0 || !Files.exists(output)) {
            throw failure(
                    "the report can't be written as " + format.word() + ": "
                            + (ended.end() == End.TOO_LATE
                                    ? "it took more than " + FOR_CONVERTING.toMinutes() + " minutes"
                                    : ScanFailure.explain(ended.exitCode(), ended.lines())),
                    ended);
        }
        return output;
    }

    private Ended run(List<String> command, Duration most) throws ScannerFailure, InterruptedException {
        Ended ended;
        try {
            ended = process.run(command, most);
        } catch (IOException e) {
            throw new ScannerFailure(program + " can't be run (" + e.getMessage() + "): " + INSTALL, List.of(), e);
        }
        if (ended.end() == End.INTERRUPTED) {
            throw new ScannerFailure("the scan was interrupted, and its process stopped: scan again");
        }
        return ended;
    }

    private static ScannerFailure failure(String message, Ended ended) {
        return new ScannerFailure(message, ScanFailure.shown(ended.lines()), null);
    }
}
