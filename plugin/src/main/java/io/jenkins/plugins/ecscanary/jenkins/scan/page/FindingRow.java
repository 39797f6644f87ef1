package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.engine.scan.ExposedSecret;
import io.jenkins.plugins.ecscanary.engine.scan.Finding;
import io.jenkins.plugins.ecscanary.engine.scan.Judged;
import io.jenkins.plugins.ecscanary.engine.scan.Misconfiguration;
import io.jenkins.plugins.ecscanary.engine.scan.Standing;
import io.jenkins.plugins.ecscanary.engine.scan.Vulnerability;
import io.jenkins.plugins.ecscanary.engine.scan.Waiver;
import io.jenkins.plugins.ecscanary.jenkins.run.OneLine;
import java.util.Locale;

/** A finding as a row of a table. */
public final class FindingRow {

    private final Judged judged;
    private final Finding finding;

    FindingRow(Judged judged) {
        this.judged = judged;
        this.finding = judged.finding();
    }

    public String getSeverity() {
        return finding.severity().name();
    }

    /** For how it is shown. */
    public String getTone() {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }

    /** For sorting: Jenkins begins with the highest. */
    public int getRank() {
        return finding.severity().ordinal();
    }

    public String getId() {
        return OneLine.of(finding.id());
    }

    /** http or https; null where there is nothing to read. */
    public String getUrl() {
        return finding.url();
    }

    /** {@code vulnerability}, {@code misconfiguration}, {@code secret} or {@code license}. */
    public String getKind() {
        return finding.kind();
    }

    public String getSubject() {
        return OneLine.of(finding.subject());
    }

    /** Where that is. */
    public String getTarget() {
        return OneLine.of(finding.target());
    }

    public String getTitle() {
        return OneLine.of(finding.title());
    }

    /** Empty for what has no version. */
    public String getInstalled() {
        return finding instanceof Vulnerability vulnerability ? OneLine.of(vulnerability.installedVersion()) : "";
    }

    /** The version that fixes it, or what else does; empty where nothing does. */
    public String getFixed() {
        if (finding instanceof Vulnerability vulnerability) {
            return OneLine.of(vulnerability.fixedVersion());
        }
        return finding instanceof Misconfiguration misconfiguration ? OneLine.of(misconfiguration.resolution()) : "";
    }

    /** Lines in a file; empty where none are said. */
    public String getLines() {
        if (finding instanceof ExposedSecret secret && secret.startLine() > 0) {
            return secret.startLine() == secret.endLine()
                    ? Messages.FindingRow_Line(secret.startLine())
                    : Messages.FindingRow_Lines(secret.startLine(), secret.endLine());
        }
        return finding instanceof Misconfiguration misconfiguration && misconfiguration.line() > 0
                ? Messages.FindingRow_Line(misconfiguration.line())
                : "";
    }

    public boolean isCounted() {
        return judged.standing() == Standing.COUNTED;
    }

    /** Why it does not count, or that it does. */
    public String getStanding() {
        return switch (judged.standing()) {
            case COUNTED -> Messages.FindingRow_Counted();
            case KNOWN -> Messages.FindingRow_Known();
            case UNFIXED -> Messages.FindingRow_Unfixed();
            case BELOW -> Messages.FindingRow_Below();
            case WAIVED -> Messages.FindingRow_Waived();
        };
    }

    public boolean isFresh() {
        return judged.isNew();
    }

    /** Null where it is not waived. */
    public WaiverRow getWaiver() {
        Waiver waiver = judged.waiver();
        return waiver == null ? null : new WaiverRow(waiver);
    }
}
