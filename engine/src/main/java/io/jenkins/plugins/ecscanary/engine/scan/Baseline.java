package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was found in an earlier version, to tell what is new.
 *
 * @param what in words, such as {@code build 41} or {@code the image that is serving}
 * @param known by {@link Finding#key}
 */
public record Baseline(String what, Map<String, Known> known) {

    /** What counted and did not stop it, or was known then. */
    private static final Set<Standing> ACCEPTED = Set.of(Standing.COUNTED, Standing.KNOWN);

    /** All but what was waived: else it would be accepted beyond its waiver's end. */
    private static final Set<Standing> SERVED = Set.copyOf(EnumSet.complementOf(EnumSet.of(Standing.WAIVED)));

    public Baseline {
        Objects.requireNonNull(what, "what");
        known = Map.copyOf(known);
    }

    /**
     * A finding as it was then. What has become worse since is not known.
     *
     * @param severity the worst it had
     * @param fixable whether there was a version that fixes it, or it is nothing that a version fixes
     */
    public record Known(Severity severity, boolean fixable) {

        /** Whatever becomes of it. */
        private static final Known FOR_GOOD = new Known(Severity.CRITICAL, true);

        private static Known of(Finding finding) {
            return new Known(finding.severity(), Baseline.fixable(finding));
        }

        private Known and(Known other) {
            return new Known(
                    severity.compareTo(other.severity) > 0 ? severity : other.severity, fixable || other.fixable);
        }
    }

    /**
     * For telling what is new, and for nothing else: whatever was found, and whatever has become of it. What a stored result has
     * left out ({@link ScanResult#omitted}) is not known, and so new.
     *
     * @throws IllegalArgumentException if {@code earlier} could not be judged
     */
    public static Baseline of(String what, ScanResult earlier) {
        checkJudged(what, earlier);
        Map<String, Known> known = new HashMap<>();
        earlier.findings().forEach(judged -> known.put(judged.finding().key(), Known.FOR_GOOD));
        return new Baseline(what, known);
    }

    /**
     * For a policy that counts only what is new, against a version that gates let through. Known is what was accepted: what
     * counted and stayed within its limit, or was known before. What did not count, since its severity had no limit, no version
     * fixed it, or a waiver covered it, was accepted by nobody.
     *
     * @param earlier all scans of that version
     * @throws IllegalArgumentException if one of them was refused or could not be judged: its findings would be known, and the
     *     next attempt be let through
     */
    public static Baseline accepted(String what, Collection<ScanResult> earlier) {
        Map<String, Known> known = new HashMap<>();
        for (ScanResult each : earlier) {
            checkJudged(what, each);
            if (each.verdict() == ScanVerdict.FAILED) {
                throw new IllegalArgumentException(
                        "the scan of " + what + " let nothing through, so that nothing in it" + " was accepted");
            }
            add(known, each, ACCEPTED);
        }
        return new Baseline(what, known);
    }

    /**
     * For a policy that counts only what is new, against what is serving, however that came about. Known is what is in it, but for
     * what was waived.
     *
     * @throws IllegalArgumentException if {@code earlier} could not be judged
     */
    public static Baseline served(String what, ScanResult earlier) {
        checkJudged(what, earlier);
        Map<String, Known> known = new HashMap<>();
        add(known, earlier, SERVED);
        return new Baseline(what, known);
    }

    /** The same, by a report that nobody has judged. */
    public static Baseline served(String what, ScanReport earlier) {
        Map<String, Known> known = new HashMap<>();
        add(known, earlier.findings());
        return new Baseline(what, known);
    }

    private static void checkJudged(String what, ScanResult earlier) {
        if (earlier.verdict() == ScanVerdict.CLOSED) {
            throw new IllegalArgumentException(
                    "the scan of " + what + " could not be judged, so that what was in it is not known");
        }
    }

    private static void add(Map<String, Known> known, ScanResult result, Set<Standing> standings) {
        add(
                known,
                result.findings().stream()
                        .filter(judged -> standings.contains(judged.standing()))
                        .map(Judged::finding)
                        .toList());
    }

    private static void add(Map<String, Known> known, List<Finding> findings) {
        findings.forEach(finding -> known.merge(finding.key(), Known.of(finding), Known::and));
    }

    /**
     * Whether it was there, and was as bad.
     *
     * @param ignoreUnfixed whether what no version fixes does not count: then one that is fixed by now has become worse
     */
    public boolean knows(Finding finding, boolean ignoreUnfixed) {
        Known then = known.get(finding.key());
        return then != null
                && finding.severity().compareTo(then.severity()) <= 0
                && (then.fixable() || !ignoreUnfixed || !fixable(finding));
    }

    private static boolean fixable(Finding finding) {
        return !(finding instanceof Vulnerability vulnerability) || vulnerability.fixedVersion() != null;
    }
}
