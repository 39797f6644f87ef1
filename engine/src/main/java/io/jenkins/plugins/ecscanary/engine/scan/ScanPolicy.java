package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a scan has to keep to. Immutable; each {@code with…} answers a changed copy.
 *
 * @param limits by severity, at least one; a severity without one does not count
 * @param ignoreUnfixed whether vulnerabilities that no version fixes don't count
 * @param onlyNew whether only what the {@link Baseline} does not have counts; without a baseline everything counts
 * @param endOfLife what comes of an operating system that gets no fixes any more, or null where it is only told
 */
public record ScanPolicy(Map<Severity, Limit> limits, boolean ignoreUnfixed, boolean onlyNew, Consequence endOfLife) {

    /** @throws IllegalArgumentException if there is no limit: such a gate could not close */
    public ScanPolicy {
        if (limits.isEmpty()) {
            throw new IllegalArgumentException(
                    "no severity has a limit, so that nothing could fail the scan; name one, such as HIGH,CRITICAL");
        }
        limits = Collections.unmodifiableMap(new EnumMap<>(limits));
    }

    /** The same limit for each of the severities, everything else off. */
    public static ScanPolicy of(Collection<Severity> severities, int atMost, Consequence consequence) {
        Map<Severity, Limit> limits = new EnumMap<>(Severity.class);
        severities.forEach(severity -> limits.put(severity, new Limit(atMost, consequence)));
        return new ScanPolicy(limits, false, false, null);
    }

    /**
     * @param words such as {@code HIGH,CRITICAL}
     * @throws IllegalArgumentException for a word that is no severity, or no word
     */
    public static ScanPolicy of(String words, int atMost, Consequence consequence) {
        return of(Arrays.stream(words.split(",", -1)).map(Severity::of).toList(), atMost, consequence);
    }

    public ScanPolicy withLimit(Severity severity, Limit limit) {
        Map<Severity, Limit> changed = new EnumMap<>(limits);
        changed.put(severity, limit);
        return new ScanPolicy(changed, ignoreUnfixed, onlyNew, endOfLife);
    }

    public ScanPolicy withIgnoreUnfixed(boolean value) {
        return new ScanPolicy(limits, value, onlyNew, endOfLife);
    }

    public ScanPolicy withOnlyNew(boolean value) {
        return new ScanPolicy(limits, ignoreUnfixed, value, endOfLife);
    }

    public ScanPolicy withEndOfLife(Consequence value) {
        return new ScanPolicy(limits, ignoreUnfixed, onlyNew, value);
    }
}
