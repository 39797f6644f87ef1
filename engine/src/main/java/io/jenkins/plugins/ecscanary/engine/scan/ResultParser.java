package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the results of a report, one after the other, into findings. */
final class ResultParser {

    /** More don't fit the heap that reading a report is promised to fit; no image has nearly as many. */
    static final int MOST_FINDINGS = 200_000;

    private static final int LONGEST_TARGET = 1000;
    private static final int MOST_UNKNOWN = 10;

    private static final Members RESULT = new Members(
            "Target",
            "Class",
            "Vulnerabilities",
            "Misconfigurations",
            "Secrets",
            "Licenses",
            "ExperimentalModifiedFindings",
            "ModifiedFindings",
            "Type",
            "Packages",
            "MisconfSummary",
            "CustomResources");

    private final JsonCursor cursor;
    private final TextPool pool = new TextPool();
    private final FindingParser parser;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();
    private int results;
    private int suppressed;
    private String firstTarget;

    ResultParser(JsonCursor cursor) {
        this.cursor = cursor;
        this.parser = new FindingParser(cursor, pool);
    }

    List<Finding> findings() {
        return findings;
    }

    int results() {
        return results;
    }

    int suppressed() {
        return suppressed;
    }

    String firstTarget() {
        return firstTarget;
    }

    TextPool pool() {
        return pool;
    }

    /** Of members that hold something and that nobody here knows. */
    List<String> notices() {
        return unknown.isEmpty()
                ? List.of()
                : List.of("results of the report have members that are not known here and were not judged: "
                        + String.join(", ", unknown));
    }

    /** @param artifact what was scanned, or null where the report does not say */
    void read(String artifact) throws IOException, UnreadableReportException {
        cursor.array(() -> result(artifact));
    }

    private void result(String artifact) throws IOException, UnreadableReportException {
        results++;
        int first = findings.size();
        String[] names = new String[2];
        cursor.object(RESULT, (number, name) -> {
            switch (number) {
                case 0, 1 -> names[number] = cursor.text();
                case 2 -> cursor.array(() -> add(parser.vulnerability()));
                case 3 -> cursor.array(() -> add(parser.misconfiguration()));
                case 4 -> cursor.array(() -> add(parser.secret()));
                case 5 -> cursor.array(() -> add(parser.license()));
                case 6, 7 -> suppressed += cursor.length();
                case Members.UNKNOWN -> stranger(name);
                default -> cursor.skip();
            }
        });
        if (names[0] == null) {
            throw cursor.wrong("has no Target, so that it is no result of Trivy's");
        }
        String target = pool.keep(WebAddress.withoutUser(names[0]), LONGEST_TARGET);
        if (firstTarget == null) {
            firstTarget = target;
        }
        Where where = Where.of(target, names[1], artifact);
        for (int i = first; i < findings.size(); i++) {
            findings.set(i, where.apply(findings.get(i)));
        }
    }

    /** @param finding or null where there is none */
    private void add(Finding finding) throws UnreadableReportException {
        if (finding == null) {
            return;
        }
        if (findings.size() == MOST_FINDINGS) {
            throw cursor.problem("there are more than " + MOST_FINDINGS + " findings, which no image has");
        }
        if (pool.full()) {
            throw cursor.problem("the findings' names and titles have more than " + TextPool.MOST_CHARACTERS
                    + " characters, which those of no image have");
        }
        findings.add(finding);
    }

    private void stranger(String name) throws IOException {
        boolean holds = cursor.length() > 0;
        if (holds && unknown.size() < MOST_UNKNOWN) {
            unknown.add(Printable.line(name, 60));
        }
    }
}
