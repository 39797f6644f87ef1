package io.jenkins.plugins.ecscanary.engine.scan;

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

    private static final Pattern VERSION = Pattern.compile("(?m)^Version:\\s*v?([0-9A-Za-z][0-9A-Za-z.+-]{0,60})\\s*$");
    private static final Pattern UPDATED =
            Pattern.compile("(?m)^Vulnerability DB:\\s*$(?:\\s+.*$)*?\\s+UpdatedAt:\\s*(\\S[^\\r\\n]{0,60})$");

    /** Empty if it is not what Trivy says, so that the program is another one. */
    public static Optional<TrivyVersion> parse(String output) {
        Matcher version = VERSION.matcher(output);
        if (!version.find()) {
            return Optional.empty();
        }
        Matcher updated = UPDATED.matcher(output);
        return Optional.of(new TrivyVersion(
                version.group(1), updated.find() ? Printable.line(updated.group(1), 60) : null));
    }
}
