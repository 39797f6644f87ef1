package io.jenkins.plugins.ecscanary.engine.scan;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What {@link TrivyOptions} may hold. */
final class TrivyOptionChecks {

    private static final Duration LONGEST = Duration.ofHours(24);

    /** {@code registry[:port]/path[:tag][@digest]}; the scanner says more about it when it looks there. */
    private static final Pattern REPOSITORY = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9._-]+)+(:[\\w.-]{1,128})?(@sha256:[0-9a-f]{64})?");

    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+/[a-z0-9]+(/[a-z0-9.]+)?");

    private TrivyOptionChecks() {}

    static void check(List<Scanner> scanners, Duration timeout) {
        if (scanners.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is nothing to look for; name at least one of vuln, secret, misconfig and license");
        }
        if (timeout.toSeconds() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a scan can't have " + timeout.toSeconds() + " s; give it from one second to 24 hours");
        }
    }

    /** @param value several are separated by commas, in order of priority; or null */
    static void checkRepository(String option, String value) {
        if (value == null) {
            return;
        }
        Arguments.checkOperand(option, value);
        for (String repository : value.split(",", -1)) {
            if (!REPOSITORY.matcher(repository).matches()) {
                throw new IllegalArgumentException("the " + option + " '" + Printable.line(repository, 200)
                        + "' is no repository such as ghcr.io/aquasecurity/trivy-db:2");
            }
        }
    }

    static void checkServer(String value) {
        if (value == null) {
            return;
        }
        Arguments.checkText("server", value);
        try {
            URI uri = new URI(value);
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return;
            }
        } catch (URISyntaxException e) {
            // Answered below, without what may be a password in it.
        }
        throw new IllegalArgumentException(
                "the server is no URL such as https://trivy.example:4954; a token is given apart from it");
    }

    static void checkPlatform(String value) {
        if (value != null && !PLATFORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the platform '" + Printable.line(value, 60) + "' is none such as linux/amd64 or linux/arm64/v8");
        }
    }
}
