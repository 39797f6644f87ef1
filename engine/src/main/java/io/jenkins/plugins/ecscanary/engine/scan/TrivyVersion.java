package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code trivy --version} says.
 *
 * @param version such as {@code 0.68.2}, without a {@code v}; {@code dev} of one that somebody built
 * @param databaseUpdatedAt of the vulnerability database in its cache, in the scanner's words; or null while there is none
 */
public record TrivyVersion(String version, String databaseUpdatedAt) {

    private static final int MOST_LINES = 100;
    private static final Pattern VERSION = Pattern.compile("Version:\\s*v?([0-9A-Za-z][0-9A-Za-z.+-]{0,60})\\s*");
    private static final String DATABASE = "Vulnerability DB:";
    private static final String UPDATED = "UpdatedAt:";

    /** Empty if it is not what Trivy says, so that the program is another one. */
    public static Optional<TrivyVersion> parse(String output) {
        List<String> lines = output.lines().limit(MOST_LINES).toList();
        return lines.stream()
                .map(VERSION::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(version -> new TrivyVersion(version.group(1), updatedAt(lines)));
    }

    /** Of what is indented below the database's own line. */
    private static String updatedAt(List<String> lines) {
        boolean below = false;
        for (String line : lines) {
            if (!line.startsWith(" ")) {
                below = line.strip().equals(DATABASE);
            } else if (below && line.strip().startsWith(UPDATED)) {
                return Printable.line(line.strip().substring(UPDATED.length()).strip(), 60);
            }
        }
        return null;
    }
}
