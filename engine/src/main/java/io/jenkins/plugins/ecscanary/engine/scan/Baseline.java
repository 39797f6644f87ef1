package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was found in an earlier version, to tell what is new.
 *
 * @param what in words, such as {@code build 41} or {@code the image that is serving}
 * @param keys of its findings, whatever their standing was
 */
public record Baseline(String what, Set<String> keys) {

    public Baseline {
        Objects.requireNonNull(what, "what");
        keys = Set.copyOf(keys);
    }

    /**
     * For telling what is new. What a stored result has left out ({@link ScanResult#omitted}) is not known, and so new.
     *
     * @throws IllegalArgumentException if {@code earlier} could not be judged
     */
    public static Baseline of(String what, ScanResult earlier) {
        return of(what, earlier, judged -> true);
    }

    /**
     * For a policy that counts only what is new. {@code earlier} has to be of a version that was let through or is serving: with
     * that of a refused one, its findings would be known and the next attempt be let through. What was waived in it is not
     * known, since it would then be accepted beyond its waiver's end.
     *
     * @throws IllegalArgumentException if {@code earlier} could not be judged
     */
    public static Baseline accepted(String what, ScanResult earlier) {
        return of(what, earlier, judged -> judged.standing() != Standing.WAIVED);
    }

    private static Baseline of(String what, ScanResult earlier, Predicate<Judged> known) {
        if (earlier.verdict() == ScanVerdict.CLOSED) {
            throw new IllegalArgumentException(
                    "the scan of " + what + " could not be judged, so that what was in it is not known");
        }
        return new Baseline(
                what,
                earlier.findings().stream()
                        .filter(known)
                        .map(judged -> judged.finding().key())
                        .collect(Collectors.toSet()));
    }

    public boolean knows(Finding finding) {
        return keys.contains(finding.key());
    }
}
