package io.jenkins.plugins.ecscanary.engine.model;

import java.time.Duration;

/**
 * That nothing is deployed but an image that was scanned, and that its newest scan let through.
 *
 * @param maxAge how old that scan may be, or null for any age
 */
public record ScanRequirement(Duration maxAge) {

    /** However long ago. */
    public static final ScanRequirement OF_ANY_AGE = new ScanRequirement(null);

    public ScanRequirement {
        if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
            throw new IllegalArgumentException("a scan can't be " + maxAge + " old at most: give a time above zero");
        }
    }
}
