package io.jenkins.plugins.ecscanary.jenkins.scan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of scans, in the order of their making where people sort them, and unlike any other on any machine. */
public final class ScanId {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{16}");

    private static final int DIGITS = 16;

    private ScanId() {}

    public static String fresh() {
        return STAMP.format(Instant.now()) + "-"
                + UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
    }

    /** When a scan of that id began; empty if it is no id. */
    public static Optional<Instant> madeAt(String id) {
        if (!FORM.matcher(id).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(STAMP.parse(id.substring(0, id.indexOf('-')), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException if it is none, so that no path can be made of it */
    static String checked(String id) {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is no id of a scan");
        }
        return id;
    }
}
