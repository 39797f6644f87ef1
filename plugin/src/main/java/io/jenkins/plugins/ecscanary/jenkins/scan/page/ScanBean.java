package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One scan, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class ScanBean {

    @Exported
    public final String id;

    /** {@code PASSED}, {@code UNSTABLE}, {@code FAILED}, or {@code CLOSED} where nothing could be judged. */
    @Exported
    public final String verdict;

    /** One sentence. */
    @Exported
    public final String cause;

    @Exported
    public final String artifact;

    /** The digest of the image's configuration, {@code sha256:…}; null for what is no image. */
    @Exported
    public final String imageId;

    @Exported
    public final String platform;

    @Exported
    public final String scanner;

    /** What the scanner was told to look for, in its words; null where that is not known. */
    @Exported
    public final List<String> lookedFor;

    /** ISO 8601; null where the report does not say when it was made. */
    @Exported
    public final String scannedAt;

    /** ISO 8601. */
    @Exported
    public final String judgedAt;

    /** How many count, by severity; only severities that have a limit. */
    @Exported
    public final Map<String, Integer> counted;

    /** What known findings are known from, where only what is new counts; or null. */
    @Exported
    public final String baseline;

    /** What new findings are new against, or null. */
    @Exported
    public final String since;

    @Exported
    public final int fresh;

    /** Findings that are not listed. */
    @Exported
    public final int omitted;

    @Exported
    public final List<String> notices;

    @Exported(inline = true)
    public final List<FindingBean> findings;

    ScanBean(String id, ScanResult result) {
        this.id = id;
        verdict = result.verdict().name();
        cause = result.cause();
        artifact = result.subject().artifactName();
        imageId = result.subject().imageId();
        platform = result.subject().platform();
        scanner = result.scanner();
        lookedFor = result.lookedFor() == null
                ? null
                : result.lookedFor().stream().map(Scanner::word).toList();
        scannedAt = result.scannedAt() == null ? null : result.scannedAt().toString();
        judgedAt = result.at().toString();
        counted = new TreeMap<>();
        result.counted().forEach((severity, count) -> counted.put(severity.name(), count));
        baseline = result.baseline();
        since = result.since();
        fresh = result.fresh();
        omitted = result.omitted();
        notices = result.notices();
        findings = result.findings().stream().map(FindingBean::new).toList();
    }
}
