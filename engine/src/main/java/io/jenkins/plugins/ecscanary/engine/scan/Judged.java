package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Objects;

/**
 * A finding and what was made of it.
 *
 * @param waiver which one, where it is {@link Standing#WAIVED}, else null
 * @param isNew whether what it is compared with ({@link ScanResult#since}) does not have it
 */
public record Judged(Finding finding, Standing standing, Waiver waiver, boolean isNew) {

    public Judged {
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(standing, "standing");
    }
}
