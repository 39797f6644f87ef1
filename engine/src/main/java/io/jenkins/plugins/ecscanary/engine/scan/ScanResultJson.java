package io.jenkins.plugins.ecscanary.engine.scan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The form in which a result is stored, and from which pages, trends, baselines and required scans are read: one JSON document
 * with the members of {@link ScanResult} and a {@code schemaVersion}. A finding's {@code kind} says which members it has. Later
 * versions may add members; one that is not known is passed over.
 */
public final class ScanResultJson {

    /** How many findings are stored; how many more there were is stored as well. */
    public static final int MOST_FINDINGS = 20_000;

    /** What is longer was not written here. */
    public static final int MOST_BYTES = 128 << 20;

    private static final int SCHEMA_VERSION = 1;

    /** From 1 on a result that nobody can date has no {@code scannedAt}; before, it had that of its judgement. */
    private static final int MINOR_VERSION = 1;

    private static final ObjectMapper MAPPER = Json.mapper()
            .copy()
            .addMixIn(Finding.class, Kinds.class)
            .addMixIn(Judged.class, Names.class)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ScanResultJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Vulnerability.class, name = Vulnerability.KIND),
        @JsonSubTypes.Type(value = Misconfiguration.class, name = Misconfiguration.KIND),
        @JsonSubTypes.Type(value = ExposedSecret.class, name = ExposedSecret.KIND),
        @JsonSubTypes.Type(value = LicenseFinding.class, name = LicenseFinding.KIND)
    })
    private interface Kinds {}

    /** Else {@code isNew()} would be taken for a property called {@code new}. */
    private interface Names {
        @JsonProperty("isNew")
        boolean isNew();
    }

    /** @param minorVersion 0 where an older version wrote it */
    private record Stored(int schemaVersion, ScanResult result, int minorVersion) {}

    /** UTF-8; without the findings that are too many. */
    public static byte[] write(ScanResult result) {
        try {
            return MAPPER.writeValueAsBytes(
                    new Stored(SCHEMA_VERSION, result.withAtMost(MOST_FINDINGS), MINOR_VERSION));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a result can't be written as JSON", e);
        }
    }

    /**
     * @param name for messages
     * @throws UnreadableReportException if it is not what {@link #write} wrote
     */
    public static ScanResult read(byte[] json, String name) throws UnreadableReportException {
        String shown = Printable.line(name, 300);
        if (json.length > MOST_BYTES) {
            throw new UnreadableReportException(
                    shown + ": has " + json.length + " bytes, more than any kept result; remove it");
        }
        try {
            Stored stored = MAPPER.readValue(json, Stored.class);
            if (stored == null || stored.result() == null) {
                throw new UnreadableReportException(shown + ": holds no result of a scan; remove it");
            }
            if (stored.schemaVersion() != SCHEMA_VERSION) {
                throw new UnreadableReportException(shown + ": has the schema version " + stored.schemaVersion()
                        + ", where only " + SCHEMA_VERSION + " is known here; it was written by a later version");
            }
            ScanResult result = stored.result();
            return stored.minorVersion() < 1 && result.at().equals(result.scannedAt()) ? result.undated() : result;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : " (" + JsonCursor.where(e.getLocation()) + ")";
            throw new UnreadableReportException(
                    shown + ": is no kept result of a scan: " + Printable.line(e.getOriginalMessage(), 200) + where
                            + "; remove it",
                    e);
        } catch (IOException e) {
            throw new UnreadableReportException(shown + ": can't be read: " + Printable.line(e.toString(), 200), e);
        }
    }
}
