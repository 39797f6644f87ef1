package io.jenkins.plugins.ecscanary.localaws.logs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where reading goes on, as clients carry it about: {@code f/…} forward from a position, {@code b/…} backward before it.
 */
record LogToken(boolean forward, LogPosition position) {

    private static final Pattern TEXT = Pattern.compile("([fb])/(-?[0-9]{1,19})/([0-9]{1,18})");

    /** @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError InvalidParameterException if it is none of ours */
    static LogToken parse(String text) {
        Matcher match = TEXT.matcher(text);
        try {
            if (match.matches()) {
                return new LogToken(
                        "f".equals(match.group(1)),
                        new LogPosition(Long.parseLong(match.group(2)), Long.parseLong(match.group(3))));
            }
        } catch (NumberFormatException e) {
            // more than a long holds: told as all that is not a token
        }
        throw LogErrors.invalid("The specified nextToken is invalid.");
    }

    String text() {
        return (forward ? "f/" : "b/") + position.timestamp() + "/" + position.number();
    }
}
