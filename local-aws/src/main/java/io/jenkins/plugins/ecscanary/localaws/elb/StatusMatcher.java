package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which HTTP codes count as healthy: values and ranges, such as {@code 200,202} or {@code 200-299}.
 *
 * @param text as given
 */
record StatusMatcher(String text, List<Range> ranges) {

    private static final Pattern PART = Pattern.compile("(\\d{3})(?:-(\\d{3}))?");

    /** Both ends included. */
    record Range(int first, int last) {}

    StatusMatcher {
        ranges = List.copyOf(ranges);
    }

    /** @throws AwsError if it is not a list of codes between 200 and 499 */
    static StatusMatcher parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher match = PART.matcher(part.strip());
            if (!match.matches()) {
                throw invalid(text);
            }
            int first = Integer.parseInt(match.group(1));
            int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
            if (first < 200 || last > 499 || first > last) {
                throw invalid(text);
            }
            ranges.add(new Range(first, last));
        }
        return new StatusMatcher(text, ranges);
    }

    boolean matches(int status) {
        return ranges.stream().anyMatch(range -> range.first() <= status && status <= range.last());
    }

    private static AwsError invalid(String text) {
        return new AwsError(
                "ValidationError",
                "Health check matcher HTTP code '" + text
                        + "' must be within '200-499' inclusive, as values ('200,202') or a range ('200-299')");
    }
}
