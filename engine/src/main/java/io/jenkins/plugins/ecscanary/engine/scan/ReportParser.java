package io.jenkins.plugins.ecscanary.engine.scan;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the document around the results, which may come before or after what is said about them. */
final class ReportParser {

    private static final int SCHEMA_VERSION = 2;
    private static final int LONGEST_NAME = 1000;
    private static final int MOST_NAMES = 100;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** The year before the scanner's first release: it writes the year 1 where it knows no time. */
    private static final Instant FIRST = Instant.parse("2018-01-01T00:00:00Z");

    private static final Members REPORT = new Members(
            "SchemaVersion", "Trivy", "ArtifactName", "ArtifactType", "Metadata", "Results", "CreatedAt", "ReportID");
    private static final Members TRIVY = new Members("Version");
    private static final Members METADATA = new Members("ImageID", "OS", "RepoDigests", "ImageConfig", "RepoTags");
    private static final Members OS = new Members("Family", "Name", "EOSL");
    private static final Members CONFIG = new Members("os", "architecture", "variant");

    /** By a member at the top that only they have. */
    private static final Map<String, String> OTHERS = new LinkedHashMap<>();

    static {
        OTHERS.put("bomFormat", "a CycloneDX document");
        OTHERS.put("spdxVersion", "an SPDX document");
        OTHERS.put("runs", "a SARIF log");
        OTHERS.put("ClusterName", "a report about a Kubernetes cluster");
        OTHERS.put("Resources", "a report about a Kubernetes cluster");
        OTHERS.put("ControlResults", "a compliance report");
        OTHERS.put("detector", "a snapshot for GitHub's dependency graph");
        OTHERS.put("invocation", "a vulnerability attestation");
        OTHERS.put("predicate", "a vulnerability attestation");
        OTHERS.put("matches", "a report of Grype's");
    }

    private final JsonCursor cursor;
    private final ResultParser results;
    private final List<String> digests = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private Integer schemaVersion;
    private String scannerVersion;
    private String artifactName;
    private String artifactType;
    private String imageId;
    private ScanReport.Os os;
    private String platform;
    private Instant createdAt;

    ReportParser(JsonCursor cursor) {
        this.cursor = cursor;
        this.results = new ResultParser(cursor);
    }

    /** The cursor is at the document's first token. */
    ScanReport read() throws IOException, UnreadableReportException {
        if (cursor.at(JsonToken.START_ARRAY)) {
            results.read(null);
            end();
            if (results.results() == 0) {
                throw cursor.problem("it is an empty list, which does not say that anything was scanned");
            }
            schemaVersion = 1;
            artifactName = results.firstTarget();
        } else if (cursor.at(JsonToken.START_OBJECT)) {
            cursor.object(REPORT, this::member);
            end();
            checkSchema();
        } else {
            throw cursor.problem("it is a single value and no report");
        }
        return new ScanReport(
                schemaVersion,
                scannerVersion,
                artifactName,
                artifactType,
                imageId,
                digests,
                tags,
                platform,
                os,
                createdAt,
                results.findings(),
                results.suppressed(),
                results.notices());
    }

    private void end() throws IOException, UnreadableReportException {
        if (cursor.next() != null) {
            throw cursor.problem("there is something after the report's end");
        }
    }

    private void checkSchema() throws UnreadableReportException {
        if (schemaVersion == null) {
            throw cursor.problem("it has no SchemaVersion, so that it is no report of Trivy's");
        }
        if (artifactName == null || artifactName.isBlank()) {
            throw cursor.problem("it has no ArtifactName, so that it does not say what was scanned");
        }
    }

    private void member(int number, String name) throws IOException, UnreadableReportException {
        switch (number) {
            case 0 -> schemaVersion = schemaVersion();
            case 1 ->
                cursor.object(TRIVY, (each, member) -> {
                    if (each == 0) {
                        scannerVersion = text(60);
                    }
                });
            case 2 -> {
                if (results.results() > 0) {
                    throw cursor.wrong("comes after the results, where Trivy does not write it");
                }
                String text = cursor.text();
                artifactName = text == null ? null : keep(WebAddress.withoutUser(text), LONGEST_NAME);
            }
            case 3 -> artifactType = text(60);
            case 4 -> cursor.object(METADATA, this::metadata);
            case 5 -> results.read(artifactName);
            case 6 -> createdAt = time();
            case Members.UNKNOWN -> stranger(name);
            default -> cursor.skip();
        }
    }

    /** Said at once, before something in it looks like a mistake in a report. */
    private void stranger(String name) throws UnreadableReportException {
        String other = OTHERS.get(name);
        if (other != null && schemaVersion == null) {
            throw cursor.problem("it is " + other + " and no report in Trivy's own JSON");
        }
    }

    private int schemaVersion() throws IOException, UnreadableReportException {
        int version = cursor.whole();
        if (version != SCHEMA_VERSION) {
            throw cursor.wrong(
                    "is " + version + "; only 1 (a bare list of results) and " + SCHEMA_VERSION + " are known here");
        }
        return version;
    }

    private void metadata(int number, String name) throws IOException, UnreadableReportException {
        switch (number) {
            case 0 -> imageId = imageId();
            case 1 -> os();
            case 2 -> cursor.array(() -> name(digests));
            case 3 -> platform();
            case 4 -> cursor.array(() -> name(tags));
            default -> cursor.skip();
        }
    }

    private String imageId() throws IOException, UnreadableReportException {
        String text = cursor.text();
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!DIGEST.matcher(text).matches()) {
            throw cursor.wrong("is no digest such as sha256:… with 64 hexadecimal digits");
        }
        return text;
    }

    private void os() throws IOException, UnreadableReportException {
        String[] texts = new String[2];
        boolean[] endOfLife = new boolean[1];
        cursor.object(OS, (number, name) -> {
            switch (number) {
                case 0, 1 -> texts[number] = text(100);
                case 2 -> endOfLife[0] = cursor.flag();
                default -> cursor.skip();
            }
        });
        if (texts[0] != null && !texts[0].isBlank()) {
            os = new ScanReport.Os(texts[0], texts[1] == null ? "" : texts[1], endOfLife[0]);
        }
    }

    private void name(List<String> names) throws IOException, UnreadableReportException {
        String text = text(LONGEST_NAME);
        if (names.size() == MOST_NAMES) {
            throw cursor.wrong("has more than " + MOST_NAMES + " names");
        }
        if (text != null) {
            names.add(text);
        }
    }

    /** Of the image's configuration nothing else is kept: its environment and history may hold passwords. */
    private void platform() throws IOException, UnreadableReportException {
        String[] texts = new String[CONFIG.size()];
        cursor.object(CONFIG, (number, name) -> {
            if (number != Members.UNKNOWN) {
                texts[number] = text(40);
            }
        });
        if (texts[0] != null && texts[1] != null && !texts[0].isBlank() && !texts[1].isBlank()) {
            platform = texts[0] + "/" + texts[1] + (texts[2] == null || texts[2].isBlank() ? "" : "/" + texts[2]);
        }
    }

    private Instant time() throws IOException, UnreadableReportException {
        String text = cursor.text();
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(FIRST) ? null : time;
        } catch (DateTimeParseException e) {
            throw cursor.wrong("is no time such as 2026-01-31T12:00:00Z");
        }
    }

    private String text(int most) throws IOException, UnreadableReportException {
        return keep(cursor.text(), most);
    }

    private String keep(String text, int most) {
        return results.pool().keep(text, most);
    }
}
