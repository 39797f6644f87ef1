package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.IOException;

/**
 * Reads single findings. What they are in ({@link Where}) is known when their result has been read. What a secret's rule
 * matched, and the lines around it, is left out here and nowhere kept.
 */
final class FindingParser {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 1000;
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_RESOLUTION = 500;

    private static final Members VULNERABILITY = new Members(
            "VulnerabilityID",
            "PkgName",
            "Severity",
            "InstalledVersion",
            "FixedVersion",
            "Status",
            "Title",
            "PrimaryURL");

    private static final Members MISCONFIGURATION =
            new Members("ID", "AVDID", "Severity", "Status", "Title", "Resolution", "PrimaryURL", "CauseMetadata");

    private static final Members CAUSE = new Members("Resource", "StartLine");

    private static final Members SECRET =
            new Members("RuleID", "Category", "Severity", "Title", "StartLine", "EndLine");

    private static final Members LICENSE = new Members("Name", "Severity", "Category", "PkgName", "FilePath", "Link");

    private final JsonCursor cursor;
    private final TextPool pool;

    FindingParser(JsonCursor cursor, TextPool pool) {
        this.cursor = cursor;
        this.pool = pool;
    }

    Finding vulnerability() throws IOException, UnreadableReportException {
        String[] texts = texts(VULNERABILITY);
        return new Vulnerability(
                name(texts[0], "VulnerabilityID", LONGEST_ID),
                severity(texts[2]),
                Where.UNKNOWN.target(),
                Where.UNKNOWN.place(),
                name(texts[1], "PkgName", LONGEST_NAME),
                orEmpty(pool.keep(texts[3], LONGEST_ID)),
                orNull(pool.keep(texts[4], LONGEST_TITLE)),
                orNull(pool.keep(texts[5], LONGEST_ID)),
                orEmpty(pool.keep(texts[6], LONGEST_TITLE)),
                pool.keep(WebAddress.link(texts[7]), LONGEST_NAME));
    }

    /** Null where the check was passed. */
    Finding misconfiguration() throws IOException, UnreadableReportException {
        String[] texts = new String[MISCONFIGURATION.size()];
        String[] resource = new String[1];
        int[] line = new int[1];
        cursor.object(MISCONFIGURATION, (number, name) -> {
            switch (number) {
                case Members.UNKNOWN -> cursor.skip();
                case 7 ->
                    cursor.object(CAUSE, (cause, member) -> {
                        switch (cause) {
                            case 0 -> resource[0] = cursor.text();
                            case 1 -> line[0] = cursor.whole();
                            default -> cursor.skip();
                        }
                    });
                default -> texts[number] = cursor.text();
            }
        });
        if (passed(texts[3])) {
            return null;
        }
        return new Misconfiguration(
                name(texts[0] == null ? texts[1] : texts[0], "ID", LONGEST_ID),
                severity(texts[2]),
                Where.UNKNOWN.target(),
                Where.UNKNOWN.place(),
                orNull(pool.keep(resource[0], LONGEST_NAME)),
                line[0],
                orEmpty(pool.keep(texts[4], LONGEST_TITLE)),
                orEmpty(pool.keep(texts[5], LONGEST_RESOLUTION)),
                pool.keep(WebAddress.link(texts[6]), LONGEST_NAME));
    }

    /** With {@code --include-non-failures} the scanner reports those as well. */
    private boolean passed(String status) throws UnreadableReportException {
        return switch (status == null ? "FAIL" : status) {
            case "PASS", "EXCEPTION" -> true;
            case "FAIL" -> false;
            default ->
                throw cursor.wrong("has the Status '" + Printable.line(status, 40)
                        + "', which is not known here (there are PASS, FAIL and EXCEPTION)");
        };
    }

    Finding secret() throws IOException, UnreadableReportException {
        String[] texts = new String[SECRET.size()];
        int[] lines = new int[SECRET.size()];
        cursor.object(SECRET, (number, name) -> {
            switch (number) {
                case Members.UNKNOWN -> cursor.skip();
                case 4, 5 -> lines[number] = cursor.whole();
                default -> texts[number] = cursor.text();
            }
        });
        return new ExposedSecret(
                name(texts[0], "RuleID", LONGEST_ID),
                severity(texts[2]),
                Where.UNKNOWN.target(),
                Where.UNKNOWN.place(),
                orEmpty(pool.keep(texts[1], LONGEST_ID)),
                orEmpty(pool.keep(texts[3], LONGEST_TITLE)),
                lines[4],
                lines[5]);
    }

    /** A license's name may be its whole text, so that it is cut rather than refused. */
    Finding license() throws IOException, UnreadableReportException {
        String[] texts = texts(LICENSE);
        if (texts[0] == null || texts[0].isBlank()) {
            throw cursor.wrong("has no Name");
        }
        return new LicenseFinding(
                pool.keep(texts[0].strip(), LONGEST_ID),
                severity(texts[1]),
                Where.UNKNOWN.target(),
                Where.UNKNOWN.place(),
                orEmpty(pool.keep(texts[2], LONGEST_ID)),
                orNull(pool.keep(texts[3], LONGEST_NAME)),
                orNull(pool.keep(texts[4], LONGEST_NAME)),
                pool.keep(WebAddress.link(texts[5]), LONGEST_NAME));
    }

    private String[] texts(Members members) throws IOException, UnreadableReportException {
        String[] texts = new String[members.size()];
        cursor.object(members, (number, name) -> {
            if (number != Members.UNKNOWN) {
                texts[number] = cursor.text();
            }
        });
        return texts;
    }

    /** What a finding is told from others by: there has to be one, and it is not cut. */
    private String name(String text, String member, int longest) throws UnreadableReportException {
        if (text == null || text.isBlank()) {
            throw cursor.wrong("has no " + member);
        }
        if (text.length() > longest) {
            throw cursor.wrong("has a " + member + " of " + text.length() + " characters, where at most " + longest
                    + " make sense");
        }
        return pool.keep(text, longest * 6); // an escape is longer than what it stands for
    }

    private Severity severity(String word) throws UnreadableReportException {
        if (word == null || word.isBlank()) {
            throw cursor.wrong("has no Severity");
        }
        try {
            return Severity.of(word);
        } catch (IllegalArgumentException e) {
            throw cursor.wrong("has a Severity that is not known here: " + e.getMessage());
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String orNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
