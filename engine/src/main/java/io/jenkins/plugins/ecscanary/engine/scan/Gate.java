package io.jenkins.plugins.ecscanary.engine.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges a report. Pure: the same report, policy, waivers, baseline and time give the same result. */
public final class Gate {

    private static final String SCANNER = "trivy";

    /** A scanner's clock may be so much ahead of ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Comparator<Judged> IMPORTANCE = Comparator.comparing(
                    (Judged judged) -> judged.standing() != Standing.COUNTED)
            .thenComparing(judged -> judged.finding().severity(), Comparator.reverseOrder())
            .thenComparing(judged -> !judged.isNew())
            .thenComparing(judged -> judged.finding().subject())
            .thenComparing(judged -> judged.finding().id())
            .thenComparing(judged -> judged.finding().target());

    private final ScanReport report;
    private final ScanPolicy policy;
    private final Baseline baseline;
    private final Baseline since;
    private final WaiverUses waivers;

    private Gate(
            ScanReport report,
            ScanPolicy policy,
            List<Waiver> waivers,
            Baseline baseline,
            Baseline since,
            Instant now) {
        this.report = report;
        this.policy = policy;
        this.baseline = baseline;
        this.since = since == null ? baseline : since;
        this.waivers = new WaiverUses(waivers, now);
    }

    /** What is new is told against the baseline. */
    public static ScanResult judge(
            ScanReport report, ScanPolicy policy, List<Waiver> waivers, Optional<Baseline> baseline, Instant now) {
        return judge(report, policy, waivers, baseline, Optional.empty(), now);
    }

    /**
     * @param baseline what is known where only what is new counts
     * @param since what new findings are told to be new against, which decides nothing; the baseline where it is empty
     */
    public static ScanResult judge(
            ScanReport report,
            ScanPolicy policy,
            List<Waiver> waivers,
            Optional<Baseline> baseline,
            Optional<Baseline> since,
            Instant now) {
        return new Gate(report, policy, waivers, baseline.orElse(null), since.orElse(null), now).judge(now);
    }

    /**
     * A scan that could not be judged.
     *
     * @param reason one sentence: what failed and what to do
     */
    public static ScanResult closed(String reason, ScanSubject subject, Instant now) {
        return new ScanResult(
                ScanVerdict.CLOSED,
                reason,
                subject,
                SCANNER,
                null,
                now,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                0,
                List.of(),
                List.of());
    }

    private ScanResult judge(Instant now) {
        List<Judged> judged = new ArrayList<>(report.findings().size());
        Map<Severity, Integer> counted = new EnumMap<>(Severity.class);
        policy.limits().keySet().forEach(severity -> counted.put(severity, 0));
        for (Finding finding : report.findings()) {
            Judged one = judge(finding);
            judged.add(one);
            if (one.standing() == Standing.COUNTED) {
                counted.merge(finding.severity(), 1, Integer::sum);
            }
        }
        judged.sort(IMPORTANCE);
        List<Passed> passed = passed(counted);
        ScanVerdict verdict = passed.stream().anyMatch(each -> each.consequence() == Consequence.FAIL)
                ? ScanVerdict.FAILED
                : passed.isEmpty() ? ScanVerdict.PASSED : ScanVerdict.UNSTABLE;
        return new ScanResult(
                verdict,
                passed.isEmpty()
                        ? allKept(counted)
                        : passed.stream().map(Passed::what).collect(Collectors.joining("; ")),
                report.subject(),
                report.scannerVersion() == null ? SCANNER : SCANNER + " " + report.scannerVersion(),
                null,
                now,
                scannedAt(now),
                null,
                policy,
                baseline == null ? null : baseline.what(),
                since == null ? null : since.what(),
                counted,
                judged,
                0,
                waivers.notes(),
                notices(now));
    }

    /** Null where the report does not say it, or says something that can't be: who knows how old it is? */
    private Instant scannedAt(Instant now) {
        Instant created = report.createdAt();
        if (created == null || created.isAfter(now.plus(SKEW))) {
            return null;
        }
        return created.isAfter(now) ? now : created;
    }

    private Judged judge(Finding finding) {
        boolean known = baseline != null && baseline.knows(finding, policy.ignoreUnfixed());
        boolean isNew = since != null && !since.knows(finding, policy.ignoreUnfixed());
        Optional<Waiver> waiver = waivers.use(finding);
        if (waiver.isPresent()) {
            return new Judged(finding, Standing.WAIVED, waiver.get(), isNew);
        }
        Standing standing = Standing.COUNTED;
        if (!policy.limits().containsKey(finding.severity())) {
            standing = Standing.BELOW;
        } else if (policy.ignoreUnfixed()
                && finding instanceof Vulnerability vulnerability
                && vulnerability.fixedVersion() == null) {
            standing = Standing.UNFIXED;
        } else if (policy.onlyNew() && known) {
            standing = Standing.KNOWN;
        }
        return new Judged(finding, standing, null, isNew);
    }

    /** A limit that was passed, in words. */
    private record Passed(String what, Consequence consequence) {}

    /** The worst first. */
    private List<Passed> passed(Map<Severity, Integer> counted) {
        Map<Severity, Passed> passed = new LinkedHashMap<>();
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            Limit limit = policy.limits().get(severity);
            if (limit != null && counted.get(severity) > limit.atMost()) {
                passed.put(
                        severity,
                        new Passed(
                                findings(counted.get(severity), severity)
                                        + (limit.atMost() == 0
                                                ? ", where none is accepted"
                                                : ", where " + limit.atMost()
                                                        + (limit.atMost() == 1 ? " is accepted" : " are accepted")),
                                limit.consequence()));
            }
        }
        List<Passed> all = new ArrayList<>(passed.values());
        if (policy.endOfLife() != null && report.os() != null && report.os().endOfLife()) {
            all.add(new Passed(os() + " gets no fixes any more", policy.endOfLife()));
        }
        return all;
    }

    private String findings(int count, Severity severity) {
        return count
                + (policy.onlyNew() && baseline != null ? " new " : " ")
                + severity
                + (count == 1 ? " finding" : " findings");
    }

    private String allKept(Map<Severity, Integer> counted) {
        int count = counted.values().stream().mapToInt(Integer::intValue).sum();
        String severities = counted.keySet().stream().map(Severity::name).collect(Collectors.joining(" or "));
        return count == 0
                ? "no " + (policy.onlyNew() && baseline != null ? "new " : "") + "finding of severity " + severities
                        + " counts"
                : "each severity stays within its limit: "
                        + counted.entrySet().stream()
                                .map(each -> each.getValue() + " " + each.getKey() + " of "
                                        + policy.limits().get(each.getKey()).atMost())
                                .collect(Collectors.joining(", "));
    }

    private String os() {
        return (report.os().family() + " " + report.os().name()).strip();
    }

    private List<String> notices(Instant now) {
        List<String> notices = new ArrayList<>(report.notices());
        if (report.suppressed() > 0) {
            notices.add(String.format(
                    Locale.ROOT,
                    "%d %s left out by the scanner itself, because of an ignore file or VEX of its own",
                    report.suppressed(),
                    report.suppressed() == 1 ? "finding was" : "findings were"));
        }
        if (policy.endOfLife() == null && report.os() != null && report.os().endOfLife()) {
            notices.add(os() + " gets no fixes any more: vulnerabilities found from now on stay");
        }
        if (policy.onlyNew() && baseline == null) {
            notices.add("there is no earlier scan to compare with, so that everything counts and not only what is new");
        }
        if (report.imageId() == null) {
            notices.add("the report has no image id, so that this scan lets no image pass where a scan is required");
        } else if (scannedAt(now) == null) {
            notices.add((report.createdAt() == null
                            ? "the report does not say when it was made"
                            : "the report is dated in the future (" + report.createdAt() + ")")
                    + ", so that this scan lets no image pass where one of at most some age is required");
        }
        return notices;
    }
}
