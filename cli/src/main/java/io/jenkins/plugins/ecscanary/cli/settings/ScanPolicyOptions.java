package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import io.jenkins.plugins.ecscanary.engine.scan.Baseline;
import io.jenkins.plugins.ecscanary.engine.scan.Consequence;
import io.jenkins.plugins.ecscanary.engine.scan.Limit;
import io.jenkins.plugins.ecscanary.engine.scan.ReportReader;
import io.jenkins.plugins.ecscanary.engine.scan.ScanPolicy;
import io.jenkins.plugins.ecscanary.engine.scan.ScanStore;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import io.jenkins.plugins.ecscanary.engine.scan.Waiver;
import io.jenkins.plugins.ecscanary.engine.scan.WaiverFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a scan has to keep to. */
public final class ScanPolicyOptions {

    private static final String USUAL = "HIGH,CRITICAL";

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY[=MOST]",
            split = ",",
            description =
                    "Findings that fail the scan: none of these severities is accepted, or as many as said (HIGH=5)."
                            + " UNKNOWN, LOW, MEDIUM, HIGH, CRITICAL. Default: " + USUAL
                            + ", unless --unstable is given.")
    private List<String> failing;

    @Option(
            names = "--unstable",
            paramLabel = "SEVERITY[=MOST]",
            split = ",",
            description = "The same for findings that make it unstable, which is an exit code of its own and passes no"
                    + " --require-scan.")
    private List<String> unstable;

    @Option(
            names = "--ignore-unfixed",
            description = "Vulnerabilities that no version of the package fixes don't count.")
    private boolean ignoreUnfixed;

    @Option(
            names = "--end-of-life",
            paramLabel = "fail|unstable",
            description = "What comes of an operating system that gets no fixes any more. Default: it is told.")
    private EndOfLife endOfLife;

    @Option(
            names = "--waivers",
            paramLabel = "FILE",
            description = "Findings that are accepted for a time: id, package, reason, owner and expiry of each.")
    private Path waivers;

    @Option(
            names = "--baseline",
            paramLabel = "IMAGE-ID|FILE",
            description =
                    "Only what is new counts: against the scan kept of the image with this id (sha256:…), or Trivy's"
                            + " report in this file. Give what is serving; with what was refused, its findings would pass.")
    private String baseline;

    enum EndOfLife {
        FAIL,
        UNSTABLE
    }

    /** @throws CliFailure if it is none */
    public ScanPolicy policy() {
        Map<Severity, Limit> limits = new EnumMap<>(Severity.class);
        List<String> fails = failing == null && unstable == null ? List.of(USUAL.split(",")) : failing;
        add(limits, "--severity", fails, Consequence.FAIL);
        add(limits, "--unstable", unstable, Consequence.UNSTABLE);
        return new ScanPolicy(
                limits,
                ignoreUnfixed,
                baseline != null,
                endOfLife == null ? null : Consequence.valueOf(endOfLife.name()));
    }

    private static void add(Map<Severity, Limit> limits, String option, List<String> words, Consequence consequence) {
        if (words == null) {
            return;
        }
        for (String word : words) {
            String[] parts = word.split("=", 2);
            try {
                Limit limit = new Limit(parts.length == 1 ? 0 : most(parts[1]), consequence);
                if (limits.put(Severity.of(parts[0]), limit) != null) {
                    throw new IllegalArgumentException(parts[0] + " has a limit already; give it one");
                }
            } catch (IllegalArgumentException e) {
                throw new CliFailure(ExitCode.USAGE, option + ": " + e.getMessage(), e);
            }
        }
    }

    private static int most(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number of findings that are accepted", e);
        }
    }

    /** @throws CliFailure if the file can't be read, or has anything in it that is none */
    public List<Waiver> waivers(Surroundings surroundings) {
        if (waivers == null) {
            return List.of();
        }
        try {
            return WaiverFile.parse(Files.readString(surroundings.directory().resolve(waivers)), waivers.toString());
        } catch (NoSuchFileException e) {
            throw new CliFailure(ExitCode.USAGE, "--waivers: there is no file " + waivers, e);
        } catch (MalformedInputException e) {
            throw new CliFailure(ExitCode.USAGE, waivers + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new CliFailure(ExitCode.USAGE, "--waivers: " + waivers + " can't be read: " + e, e);
        } catch (ConfigException e) {
            throw new CliFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** @throws CliFailure if there is no such scan, or nothing can be known from it */
    public Optional<Baseline> baseline(ScanStore store, Surroundings surroundings) {
        if (baseline == null) {
            return Optional.empty();
        }
        if (baseline.matches("sha256:[0-9a-f]{64}")) {
            return Optional.of(store.all(baseline).stream()
                    .filter(earlier -> earlier.verdict() != ScanVerdict.CLOSED)
                    .findFirst()
                    .map(earlier -> Baseline.served("the image " + baseline, earlier))
                    .orElseThrow(() -> new CliFailure(
                            ExitCode.USAGE,
                            "--baseline: no scan of the image " + baseline
                                    + " is kept here; scan it, or give a report's file")));
        }
        Path file = surroundings.directory().resolve(baseline);
        if (!Files.isRegularFile(file)) {
            throw new CliFailure(ExitCode.USAGE, "--baseline: there is no file " + file + ", nor is it an image's id");
        }
        try {
            return Optional.of(Baseline.served("the report " + baseline, ReportReader.read(file)));
        } catch (UnreadableReportException e) {
            throw new CliFailure(ExitCode.USAGE, "--baseline: " + e.getMessage(), e);
        }
    }
}
