package io.jenkins.plugins.ecscanary.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run has measured of one part.
 *
 * @param when and on what
 * @param rows of the table, as Markdown
 */
record Measured(String when, List<String> rows) {

    private static final Pattern WHEN = Pattern.compile("- (\\d+): (.*)");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) · .*");

    /** What a report has, by the part's number: nothing where there is no report yet. Rows that don't say when they are of go. */
    static Map<Integer, Measured> in(Path report) throws IOException {
        Map<Integer, Measured> found = new TreeMap<>();
        if (!Files.exists(report)) {
            return found;
        }
        for (String line : Files.readAllLines(report, StandardCharsets.UTF_8)) {
            Matcher when = WHEN.matcher(line);
            Matcher row = ROW.matcher(line);
            if (when.matches()) {
                found.put(Integer.valueOf(when.group(1)), new Measured(when.group(2), new ArrayList<>()));
            } else if (row.matches()) {
                Measured of = found.get(Integer.valueOf(row.group(1)));
                if (of != null) {
                    of.rows.add(line);
                }
            }
        }
        return found;
    }
}
