package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Why the scanner failed, from what it said last: it has one exit code for everything. */
public final class ScanFailure {

    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 400;

    /** {@code //user:password@} in an address. */
    private static final Pattern USER_INFO = Pattern.compile("//[^/\\s@]+@");

    private ScanFailure() {}

    /** The first that is found in what was said decides; the more special ones come first. */
    private enum Cause {
        RATE(
                "the registry of the database or of the image lets no more requests in (TOOMANYREQUESTS)",
                "log in to it, set dbRepository to a mirror of your own, keep the cache between builds, or try again later",
                "toomanyrequests",
                "rate limit",
                "429 too many requests"),
        FIRST_RUN(
                "there is no vulnerability database in the scanner's cache, and it was told not to fetch one",
                "let it fetch one once, without skipDbUpdate, or fill the cache",
                "cannot be specified on the first run"),
        TIMEOUT(
                "the scan took longer than its time-out",
                "give it a longer timeout, or scan less",
                "deadline exceeded",
                "increase --timeout",
                "provide a higher timeout value"),
        SERVER(
                "the Trivy server can't be reached or did not let us in",
                "check server, its token, and that it is running",
                "twirp error",
                "failed to do request: post"),
        DATABASE(
                "the vulnerability database can't be fetched",
                "check the way to dbRepository (proxy, firewall), set it to a mirror, or use skipDbUpdate with a filled cache",
                "failed to download vulnerability db",
                "failed to download artifact from any source",
                "db error",
                "oci artifact error",
                "failed to download java db",
                "java db update error"),
        NOT_FOUND(
                "there is no such image",
                "check its name and tag",
                "manifest_unknown",
                "name_unknown",
                "manifest unknown",
                "404 not found"),
        DENIED(
                "the registry did not let the scanner in",
                "log in to the registry before the scan",
                "unauthorized: ",
                "401 unauthorized",
                "403 forbidden",
                "denied: requested access",
                "no basic auth credentials"),
        NO_RUNTIME(
                "the image is neither in a registry that can be reached nor in a container runtime",
                "push it first, save it to a file and scan that as an archive, or let the scanner reach the runtime",
                "unable to find the specified image",
                "unable to inspect the image",
                "cannot connect to the docker daemon"),
        NO_FILE(
                "there is no such file or directory",
                "check the path; it is looked for from where the scanner runs",
                "no such file or directory",
                "the system cannot find the"),
        NO_SPACE(
                "there is no room on the disk", "make room where the scanner has its cache", "no space left on device"),
        NOT_AN_IMAGE(
                "the file is not an image",
                "save it with docker save or as an OCI archive",
                "unsupported image type",
                "invalid tar header",
                "unable to open",
                "is not a docker archive"),
        OPTION(
                "this release of the scanner does not know an option that is needed",
                "install a newer one",
                "unknown flag",
                "unknown shorthand flag",
                "unknown command"),
        LOCKED(
                "another scan uses the same cache",
                "give each scan a cache of its own, or run one after the other",
                "cache may be in use by another process",
                "unable to initialize fs cache"),
        NETWORK(
                "the network can't be reached",
                "check the way out (proxy, firewall, name service)",
                "no such host",
                "connection refused",
                "i/o timeout",
                "network is unreachable",
                "tls: ",
                "x509: ");

        private final String what;
        private final String remedy;
        private final List<String> words;

        Cause(String what, String remedy, String... words) {
            this.what = what;
            this.remedy = remedy;
            this.words = List.of(words);
        }

        String sentence() {
            return what + ": " + remedy;
        }
    }

    /**
     * One sentence: why, and what to do.
     *
     * @param exitCode of the scanner
     * @param lastLines of its standard error, as many as are at hand
     */
    public static String explain(int exitCode, List<String> lastLines) {
        String said = String.join("\n", lastLines).toLowerCase(Locale.ROOT);
        for (Cause cause : Cause.values()) {
            if (cause.words.stream().anyMatch(said::contains)) {
                return cause.sentence();
            }
        }
        if (exitCode == 137 || exitCode == 143 || exitCode < 0) {
            return "the scanner was killed (exit code " + exitCode
                    + "): give it more memory if nobody did it on purpose";
        }
        if (exitCode == 126 || exitCode == 127) {
            return "the scanner can't be run (exit code " + exitCode
                    + "): install Trivy where the scan runs, or name its path";
        }
        List<String> shown = shown(lastLines);
        return shown.isEmpty()
                ? "the scanner ended with exit code " + exitCode + " and said nothing: run it by hand to see why"
                : "the scanner ended with exit code " + exitCode + ", saying last: " + shown.get(shown.size() - 1);
    }

    /** What can be shown of what it said: the last lines, each cut, without control characters and passwords in addresses. */
    public static List<String> shown(List<String> lines) {
        List<String> shown = new ArrayList<>();
        for (String line : lines) {
            String clean = USER_INFO.matcher(Ansi.without(line)).replaceAll("//");
            if (!clean.isBlank()) {
                shown.add(Printable.line(clean.strip(), LONGEST_LINE));
            }
        }
        return List.copyOf(shown.subList(Math.max(0, shown.size() - MOST_LINES), shown.size()));
    }
}
