package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import io.jenkins.plugins.ecscanary.engine.scan.Consequence;
import io.jenkins.plugins.ecscanary.engine.scan.Limit;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFormat;
import io.jenkins.plugins.ecscanary.engine.scan.ScanPolicy;
import io.jenkins.plugins.ecscanary.engine.scan.ScanSubject;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyOptions;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanName;
import io.jenkins.plugins.ecscanary.jenkins.step.Choice;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step's parameters as the engine has them. Pure: what can be wrong with them is found here, before anything is run.
 *
 * @param target what is scanned; null where there is a report already
 * @param options of the scanner
 * @param policy of the gate
 * @param baseline null where everything counts
 * @param formats to archive besides
 */
record Wanted(
        ScanTarget target, TrivyOptions options, ScanPolicy policy, BaselineOf baseline, List<ScanFormat> formats) {

    /** @throws IllegalArgumentException saying which parameter is wrong, and how it should be */
    static Wanted of(TrivyScanStep step) {
        BaselineOf baseline =
                step.getBaseline() == null ? null : Choice.of(BaselineOf.class, "baseline", step.getBaseline());
        checkToken(step.getCredentialsId(), step.getServer());
        Wanted wanted =
                new Wanted(target(step), options(step), policy(step, baseline), baseline, formats(step.getFormats()));
        if (step.getPlatform() != null && !(wanted.target() instanceof ScanTarget.Image)) {
            throw new IllegalArgumentException(Messages.Wanted_PlatformWithoutImage());
        }
        return wanted;
    }

    /** What was asked for, as long as no report says more of it. */
    ScanSubject subject(TrivyScanStep step) {
        if (target instanceof ScanTarget.Image image) {
            return ScanName.image(image.reference());
        }
        return ScanSubject.named(target == null ? step.getReportFile() : target.name());
    }

    /** What is looked for; null where there is a report already, which does not say it. */
    List<Scanner> lookedFor() {
        return target == null ? null : TrivyCommand.lookedFor(target, options);
    }

    private static ScanTarget target(TrivyScanStep step) {
        Map<String, String> given = new TreeMap<>();
        put(given, "image", step.getImage());
        put(given, "input", step.getInput());
        put(given, "reportFile", step.getReportFile());
        put(given, "fs", step.getFs());
        if (given.size() != 1) {
            throw new IllegalArgumentException(
                    given.isEmpty()
                            ? Messages.Wanted_NoSubject()
                            : Messages.Wanted_SeveralSubjects(given.keySet().stream()
                                    .reduce(Messages::Wanted_And)
                                    .orElseThrow()));
        }
        if (step.getImage() != null) {
            return new ScanTarget.Image(step.getImage());
        }
        if (step.getInput() != null) {
            return new ScanTarget.Archive(step.getInput());
        }
        return step.getFs() == null ? null : new ScanTarget.FileSystem(step.getFs());
    }

    private static void put(Map<String, String> given, String parameter, String value) {
        if (value != null) {
            given.put(parameter, value);
        }
    }

    private static TrivyOptions options(TrivyScanStep step) {
        return TrivyOptions.DEFAULT
                .withScanners(scanners(step.getScanners()))
                .withTimeout(TimeSpan.parse(step.getTimeout()))
                .withSkipDbUpdate(step.isSkipDbUpdate())
                .withDbRepository(step.getDbRepository())
                .withServer(step.getServer())
                .withPlatform(step.getPlatform())
                .withIgnoreFile(step.getIgnoreFile());
    }

    private static ScanPolicy policy(TrivyScanStep step, BaselineOf baseline) {
        Map<Severity, Limit> limits = new EnumMap<>(Severity.class);
        severities(step.getSeverity()).forEach(severity -> limits.put(severity, new Limit(0, Consequence.FAIL)));
        Map<Severity, Limit> own = new EnumMap<>(Severity.class);
        for (MaxFindings most : step.getMaxFindings()) {
            if (most.getSeverity() == null) {
                throw new IllegalArgumentException(Messages.Wanted_NoSeverity());
            }
            Consequence consequence = Choice.of(Consequence.class, "maxFindings.consequence", most.getConsequence());
            Severity severity = Severity.of(most.getSeverity());
            if (own.put(severity, new Limit(most.getAtMost(), consequence)) != null) {
                throw new IllegalArgumentException(Messages.Wanted_SeverityTwice(severity));
            }
        }
        limits.putAll(own);
        return new ScanPolicy(limits, step.isIgnoreUnfixed(), baseline != null, null);
    }

    /** @throws IllegalArgumentException if there is a token, and nobody to show it to */
    static void checkToken(String credentialsId, String server) {
        if (credentialsId != null && server == null) {
            throw new IllegalArgumentException(Messages.Wanted_TokenWithoutServer());
        }
    }

    /** @throws IllegalArgumentException naming what is no scanner */
    static List<Scanner> scanners(String text) {
        return words(text).stream().map(Scanner::of).toList();
    }

    /** @throws IllegalArgumentException naming what is no severity */
    static List<Severity> severities(String text) {
        return words(text).stream().map(Severity::of).distinct().toList();
    }

    /** @throws IllegalArgumentException naming what is no format */
    static List<ScanFormat> formats(List<String> words) {
        return words.stream().map(ScanFormat::of).distinct().toList();
    }

    /** With commas, blanks or lines between them. */
    static List<String> words(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[\\s,]+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
