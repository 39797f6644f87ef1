package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Objects;

/**
 * What became of a waiver.
 *
 * @param findings how many it covers; of an expired one, how many count because it has expired
 */
public record WaiverNote(Waiver waiver, WaiverUse use, int findings) {

    public WaiverNote {
        Objects.requireNonNull(waiver, "waiver");
        Objects.requireNonNull(use, "use");
    }

    /** Whether it did anything. */
    public enum WaiverUse {
        APPLIED,
        EXPIRED,
        UNUSED
    }
}
