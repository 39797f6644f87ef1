package io.jenkins.plugins.ecscanary.engine.scan;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A scan that was judged, or could not be. Everything that is shown of a scan is computed from it.
 *
 * @param cause of the verdict, in one sentence
 * @param scanner and its version, such as {@code trivy 0.68.2}
 * @param lookedFor what the scanner was told to look for; or null where that is not known: the report was made elsewhere, or the
 *     result was kept before this was recorded
 * @param at when it was judged
 * @param scannedAt when the scanner made its report; never after {@code at}. Null where there is none, or none that says so
 *     believably: such a scan may be of any age
 * @param origin what it was made for, in the host's words, such as a build's id; or null
 * @param policy null where nothing was judged
 * @param baseline what known findings are known from where only what is new counts, in words; or null
 * @param since what new findings are new against, in words; {@code baseline} where nothing else is said; or null
 * @param counted how many findings count, by severity; only severities with a limit are in it
 * @param findings those that count first, then by severity, the worst first
 * @param omitted how many more there were than are in {@code findings}: a stored result keeps the first
 *     {@value ScanResultJson#MOST_FINDINGS}
 * @param notices what else a reader should know, a sentence each
 */
public record ScanResult(
        ScanVerdict verdict,
        String cause,
        ScanSubject subject,
        String scanner,
        List<Scanner> lookedFor,
        Instant at,
        Instant scannedAt,
        String origin,
        ScanPolicy policy,
        String baseline,
        String since,
        Map<Severity, Integer> counted,
        List<Judged> findings,
        int omitted,
        List<WaiverNote> waiverNotes,
        List<String> notices) {

    public ScanResult {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(scanner, "scanner");
        lookedFor = lookedFor == null ? null : List.copyOf(lookedFor);
        Objects.requireNonNull(at, "at");
        if (verdict != ScanVerdict.CLOSED) {
            Objects.requireNonNull(policy, "policy");
        }
        since = since == null ? baseline : since; // results of older versions say it once
        Map<Severity, Integer> sorted = new EnumMap<>(Severity.class);
        sorted.putAll(counted);
        counted = Collections.unmodifiableMap(sorted);
        findings = List.copyOf(findings);
        waiverNotes = List.copyOf(waiverNotes);
        notices = List.copyOf(notices);
    }

    /** The only verdict that lets an image pass where a scan is required. */
    public boolean passed() {
        return verdict == ScanVerdict.PASSED;
    }

    public ScanResult withOrigin(String value) {
        return with(lookedFor, scannedAt, value, findings, omitted);
    }

    public ScanResult withLookedFor(List<Scanner> value) {
        return with(value, scannedAt, origin, findings, omitted);
    }

    /** Of which nobody knows when the scanner made its report. */
    ScanResult undated() {
        return with(lookedFor, null, origin, findings, omitted);
    }

    /** With the first findings only; what is left out is counted. */
    public ScanResult withAtMost(int most) {
        return findings.size() <= most
                ? this
                : with(lookedFor, scannedAt, origin, findings.subList(0, most), omitted + findings.size() - most);
    }

    private ScanResult with(
            List<Scanner> newLookedFor,
            Instant newScannedAt,
            String newOrigin,
            List<Judged> newFindings,
            int newOmitted) {
        return new ScanResult(
                verdict,
                cause,
                subject,
                scanner,
                newLookedFor,
                at,
                newScannedAt,
                newOrigin,
                policy,
                baseline,
                since,
                counted,
                newFindings,
                newOmitted,
                waiverNotes,
                notices);
    }

    /** How many findings have this standing, by severity; without those omitted. */
    public Map<Severity, Integer> count(Standing standing) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        for (Judged judged : findings) {
            if (judged.standing() == standing) {
                counts.merge(judged.finding().severity(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** How many findings are new; 0 where nothing was compared. */
    public int fresh() {
        return (int) findings.stream().filter(Judged::isNew).count();
    }
}
