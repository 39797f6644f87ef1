package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import hudson.model.Api;
import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.util.HttpResponses;
import io.jenkins.plugins.ecscanary.engine.scan.Judged;
import io.jenkins.plugins.ecscanary.engine.scan.Limit;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.engine.scan.Standing;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import io.jenkins.plugins.ecscanary.engine.scan.WaiverNote;
import io.jenkins.plugins.ecscanary.jenkins.run.OneLine;
import io.jenkins.plugins.ecscanary.jenkins.scan.BuildScans;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One scan of a build. All texts in it are others', and are shown as text. */
public final class ScanPage implements ModelObject {

    /** More rows than that no browser sorts at ease; the worst come first. */
    private static final int MOST_ROWS = 2000;

    private final Run<?, ?> run;
    private final String id;
    private final ScanResult result;
    private final String unreadable;

    ScanPage(Run<?, ?> run, String id) {
        this.run = run;
        this.id = id;
        ScanResult read = null;
        String why = null;
        try {
            read = BuildScans.read(run, id).orElse(null);
        } catch (IOException | UnreadableReportException e) {
            why = e.getMessage();
        }
        result = read;
        unreadable = why;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public String getId() {
        return id;
    }

    @Override
    public String getDisplayName() {
        return result == null
                ? Messages.ScanPage_DisplayName()
                : Messages.ScanPage_DisplayNameOf(OneLine.of(result.subject().artifactName()));
    }

    /** Whether there is a result. */
    public boolean isJudged() {
        return result != null;
    }

    /** What there is to say where there is none. */
    public String getInstead() {
        if (unreadable != null) {
            return Messages.ScanPage_Unreadable(OneLine.of(unreadable));
        }
        return run.isBuilding() ? Messages.ScanPage_UnderWay() : Messages.ScanPage_NoResult();
    }

    /** In a few words. */
    public String getVerdict() {
        return result == null ? getInstead() : Verdicts.words(result.verdict());
    }

    /** {@code success}, {@code warning}, {@code failure} or {@code running}, for how the verdict is shown. */
    public String getTone() {
        return result == null ? "running" : Verdicts.tone(result.verdict());
    }

    public String getCause() {
        return result == null ? null : OneLine.of(result.cause());
    }

    /** Whether nothing could be judged. */
    public boolean isClosed() {
        return result.verdict() == ScanVerdict.CLOSED;
    }

    /** One for each severity, the worst first. */
    public List<SeverityTile> getTiles() {
        return Arrays.stream(Severity.values())
                .sorted(Comparator.reverseOrder())
                .map(severity -> new SeverityTile(severity, result))
                .toList();
    }

    /** The findings that were not waived, those that count and the worst first; at most {@value #MOST_ROWS}. */
    public List<FindingRow> getRows() {
        return open().limit(MOST_ROWS).map(FindingRow::new).toList();
    }

    /** How many are not among {@link #getRows}. */
    public long getUnlisted() {
        return Math.max(0, open().count() - MOST_ROWS) + result.omitted();
    }

    private Stream<Judged> open() {
        return result.findings().stream().filter(judged -> judged.standing() != Standing.WAIVED);
    }

    public List<FindingRow> getWaived() {
        return result.findings().stream()
                .filter(judged -> judged.standing() == Standing.WAIVED)
                .map(FindingRow::new)
                .toList();
    }

    /** Waivers that do nothing any more, or never did. */
    public List<WaiverRow> getIdleWaivers() {
        return result.waiverNotes().stream()
                .filter(note -> note.use() != WaiverNote.WaiverUse.APPLIED)
                .map(WaiverRow::new)
                .toList();
    }

    public List<String> getNotices() {
        return result.notices().stream().map(OneLine::of).toList();
    }

    /** How many findings are new. */
    public int getFresh() {
        return result.fresh();
    }

    /** What new findings are new against; null where nothing was compared. */
    public String getSince() {
        return result.since() == null ? null : OneLine.of(result.since());
    }

    /** How many findings do not count, being known. */
    public long getKnown() {
        return result.findings().stream()
                .filter(judged -> judged.standing() == Standing.KNOWN)
                .count();
    }

    /** What they are known from; null where everything counts, or there was nothing to compare with. */
    public String getBaseline() {
        boolean compares = result.policy() != null && result.policy().onlyNew();
        return compares && result.baseline() != null ? OneLine.of(result.baseline()) : null;
    }

    public String getScanner() {
        return OneLine.of(result.scanner());
    }

    /** Null where that is not known. */
    public String getLookedFor() {
        return result.lookedFor() == null ? null : Scanner.words(result.lookedFor());
    }

    /** Whether it is known when the scanner looked. */
    public boolean isDated() {
        return result.scannedAt() != null;
    }

    /** When the scanner looked; where that is not known, when it was judged. */
    public Date getWhen() {
        return Date.from(when());
    }

    public String getWhenIso() {
        return when().toString();
    }

    private Instant when() {
        return isDated() ? result.scannedAt() : result.at();
    }

    /** Null for what is no image. */
    public String getImageId() {
        return result.subject().imageId();
    }

    public String getPlatform() {
        return result.subject().platform() == null
                ? null
                : OneLine.of(result.subject().platform());
    }

    /** What was accepted; null where nothing was judged. */
    public String getPolicy() {
        if (result.policy() == null) {
            return null;
        }
        return Arrays.stream(Severity.values())
                .sorted(Comparator.reverseOrder())
                .filter(severity -> result.policy().limits().containsKey(severity))
                .map(severity -> limit(severity, result.policy().limits().get(severity)))
                .collect(Collectors.joining(", "));
    }

    private static String limit(Severity severity, Limit limit) {
        return Messages.ScanPage_Limit(
                limit.atMost(), severity, limit.consequence().name().toLowerCase(Locale.ROOT));
    }

    /** What a row on the build's page says: counts and verdict. */
    public String getSummary() {
        if (result == null) {
            return getInstead();
        }
        return result.verdict() == ScanVerdict.CLOSED
                ? getCause()
                : getTiles().stream()
                        .filter(tile -> tile.getAll() > 0)
                        .map(tile -> tile.getAll() + " " + tile.getName())
                        .collect(Collectors.joining(", "));
    }

    /** The same as JSON or XML. */
    public Api getApi() {
        if (result == null) {
            throw HttpResponses.error(HttpServletResponse.SC_NOT_FOUND, getInstead());
        }
        return new Api(new ScanBean(id, result));
    }
}
