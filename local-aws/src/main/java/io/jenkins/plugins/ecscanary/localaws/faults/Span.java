package io.jenkins.plugins.ecscanary.localaws.faults;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 250ms}, {@code 2s}, {@code 5m}. */
final class Span {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m)");

    private Span() {}

    static Duration parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new InvalidFaultException("'" + text + "' is not a time such as 250ms, 2s or 5m");
        }
        long count = Long.parseLong(shape.group(1));
        return switch (shape.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    static String of(Duration span) {
        long millis = span.toMillis();
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
