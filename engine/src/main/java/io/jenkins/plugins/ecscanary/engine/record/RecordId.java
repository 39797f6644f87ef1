package io.jenkins.plugins.ecscanary.engine.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of records: names of files, and in the order of their making where people sort them. */
public final class RecordId {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int RANDOM = 8;

    private RecordId() {}

    /** One that no other record has, such as {@code 20261101T100000Z-1a2b3c4d}. */
    public static String fresh(Instant now) {
        return STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, RANDOM);
    }

    /**
     * For one that a host has chosen.
     *
     * @return the same
     * @throws IllegalArgumentException if it is anything but letters, digits and dashes, or longer than 100
     */
    public static String require(String id) {
        if (!VALID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "\"" + id + "\" is no id of a record: up to 100 letters, digits and dashes");
        }
        return id;
    }
}
