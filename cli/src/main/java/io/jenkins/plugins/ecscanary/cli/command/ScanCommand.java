package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.scan.ScanFiles;
import io.jenkins.plugins.ecscanary.cli.scan.ScannerFailure;
import io.jenkins.plugins.ecscanary.cli.scan.Trivy;
import io.jenkins.plugins.ecscanary.cli.scan.Workplace;
import io.jenkins.plugins.ecscanary.cli.settings.ScanOutputOptions;
import io.jenkins.plugins.ecscanary.cli.settings.ScanPolicyOptions;
import io.jenkins.plugins.ecscanary.cli.settings.ScanWhat;
import io.jenkins.plugins.ecscanary.cli.settings.ScannerOptions;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.scan.Baseline;
import io.jenkins.plugins.ecscanary.engine.scan.Gate;
import io.jenkins.plugins.ecscanary.engine.scan.ReportReader;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFormat;
import io.jenkins.plugins.ecscanary.engine.scan.ScanPolicy;
import io.jenkins.plugins.ecscanary.engine.scan.ScanReport;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResultJson;
import io.jenkins.plugins.ecscanary.engine.scan.ScanStore;
import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTable;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyEnvironment;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyOptions;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import io.jenkins.plugins.ecscanary.engine.scan.Waiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary scan}. */
@Command(
        name = "scan",
        description = {
            "Scans an image with Trivy, judges what it found, and keeps the result for 'deploy --require-scan'.",
            "That something was found and that nothing could be known are different exit codes, always: where the scanner"
                    + " fails, its database can't be fetched, or its report can't be read, the gate is closed.",
            "Ctrl-C stops the scanner."
        })
public final class ScanCommand implements Callable<Integer> {

    private static final int USUAL_WIDTH = 120;
    private static final int LEAST_WIDTH = 40;

    private final Surroundings surroundings;

    @Mixin
    private final ScanWhat what = new ScanWhat();

    @Mixin
    private final ScanPolicyOptions gate = new ScanPolicyOptions();

    @Mixin
    private final ScannerOptions scanner = new ScannerOptions();

    @Mixin
    private final ScanOutputOptions output = new ScanOutputOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where results are kept, in its folder scans. Default: as for deploy.")
    private Path state;

    public ScanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Everything that was asked for, before anything is done.
     *
     * @param target null where there is a report already
     * @param report null where something is to be scanned
     */
    private record Asked(
            ScanTarget target,
            Path report,
            TrivyOptions options,
            ScanPolicy policy,
            List<Waiver> waivers,
            Optional<Baseline> baseline,
            Map<ScanFormat, Path> files,
            int most) {

        /** Null where nobody here has looked. */
        List<Scanner> lookedFor() {
            return target == null ? null : TrivyCommand.lookedFor(target, options);
        }

        ScanSubject subject() {
            return ScanSubject.named(target == null ? report.toString() : target.name());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        ScanStore store = new ScanStore(StateDirectory.scans(StateDirectory.of(state, surroundings)));
        Asked asked = asked(store);
        if (asked.report() == null) {
            tellWithheld();
        }
        try (Workplace place = Workplace.make(surroundings)) {
            return scan(asked, store, place).code();
        }
    }

    /** Whoever has set them believes that they do something. */
    private void tellWithheld() {
        List<String> withheld = TrivyEnvironment.withheld(surroundings.environment());
        if (!withheld.isEmpty()) {
            surroundings
                    .console()
                    .err(
                            String.join(", ", withheld)
                                    + ": not handed on to the scanner, which is told by options what to look for and what to tell");
        }
    }

    private Asked asked(ScanStore store) {
        Optional<Path> report = what.report(surroundings);
        if (report.isPresent()) {
            scanner.refuseWithReport();
        }
        return new Asked(
                report.isPresent() ? null : what.target(surroundings),
                report.orElse(null),
                scanner.options(surroundings),
                gate.policy(),
                gate.waivers(surroundings),
                gate.baseline(store, surroundings),
                output.files(surroundings),
                output.most());
    }

    private ExitCode scan(Asked asked, ScanStore store, Workplace place) throws InterruptedException {
        ScanResult result;
        Path report = null;
        Instant began = surroundings.clock().instant();
        try {
            report = asked.report() != null
                    ? asked.report()
                    : Trivy.find(scanner.program(), place, surroundings).scan(asked.target(), asked.options());
            ScanReport read = ReportReader.read(report);
            if (asked.report() == null) {
                read = read.madeBetween(began, surroundings.clock().instant());
            }
            result = Gate.judge(
                            read,
                            asked.policy(),
                            asked.waivers(),
                            asked.baseline(),
                            surroundings.clock().instant())
                    .withLookedFor(asked.lookedFor());
        } catch (ScannerFailure e) {
            e.said().forEach(line -> surroundings.console().err("trivy: " + CleanText.of(line)));
            result = Gate.closed(
                    e.getMessage(), asked.subject(), surroundings.clock().instant());
        } catch (UnreadableReportException e) {
            result = Gate.closed(
                    e.getMessage(), asked.subject(), surroundings.clock().instant());
            report = null;
        }
        tell(result, asked.most());
        keep(result, store);
        write(asked, result, report, place);
        return exitCode(result);
    }

    private void tell(ScanResult result, int most) {
        if (output.json()) {
            surroundings.console().out(new String(ScanResultJson.write(result), StandardCharsets.UTF_8));
        } else {
            ScanTable.lines(result, width(), most).forEach(surroundings.console()::out);
        }
    }

    private int width() {
        try {
            return Math.max(
                    LEAST_WIDTH,
                    surroundings.variable("COLUMNS").map(Integer::parseInt).orElse(USUAL_WIDTH));
        } catch (NumberFormatException e) {
            return USUAL_WIDTH; // whatever it is that somebody has put there
        }
    }

    /** Also what did not pass: the newest scan of an image counts, not the best. */
    private void keep(ScanResult result, ScanStore store) {
        try {
            store.keep(result);
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCode.FAILED, "the result (" + result.verdict() + ") can't be kept for --require-scan: " + e, e);
        }
    }

    private void write(Asked asked, ScanResult result, Path report, Workplace place) throws InterruptedException {
        try {
            ScanFiles.write(
                    place, asked.files(), result, report, () -> Trivy.find(scanner.program(), place, surroundings));
        } catch (ScannerFailure e) {
            e.said().forEach(line -> surroundings.console().err("trivy: " + CleanText.of(line)));
            throw new CliFailure(ExitCode.FAILED, "the scan is " + result.verdict() + ", but " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCode.FAILED, "the scan is " + result.verdict() + ", but a file can't be written: " + e, e);
        }
    }

    private static ExitCode exitCode(ScanResult result) {
        return switch (result.verdict()) {
            case PASSED -> ExitCode.OK;
            case UNSTABLE -> ExitCode.SCAN_UNSTABLE;
            case FAILED -> ExitCode.SCAN_FAILED;
            case CLOSED -> ExitCode.SCAN_CLOSED;
        };
    }
}
