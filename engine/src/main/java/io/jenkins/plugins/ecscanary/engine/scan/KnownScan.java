package io.jenkins.plugins.ecscanary.engine.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What came of a scan of an image.
 *
 * @param imageId of the image that was scanned, by which it is the same one whatever it is called: the digest
 *     {@code sha256:…} of its configuration
 * @param passed whether it let the image through, without reserve
 * @param cause why, in one sentence
 * @param at when the image was looked at, not when somebody judged what was found; null where nobody knows
 * @param age how long ago that is by the clock that dated it, which need not be AWS's; null where nobody knows
 * @param lookedFor what was looked for, or null where that is not known
 */
public record KnownScan(
        String imageId, boolean passed, String cause, Instant at, Duration age, List<Scanner> lookedFor) {

    public KnownScan {
        Objects.requireNonNull(imageId, "imageId");
        Objects.requireNonNull(cause, "cause");
        lookedFor = lookedFor == null ? null : List.copyOf(lookedFor);
    }

    /** @param now by the clock that dated the scan */
    public static KnownScan of(String imageId, ScanResult result, Instant now) {
        Instant at = result.scannedAt();
        return new KnownScan(
                imageId,
                result.passed(),
                result.cause(),
                at,
                at == null ? null : Duration.between(at, now),
                result.lookedFor());
    }
}
