package io.jenkins.plugins.ecscanary.engine.text;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it: {@code 90s}, {@code 45m}, {@code 2h}, {@code 7d}. */
public final class TimeSpan {

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private TimeSpan() {}

    /** @throws IllegalArgumentException saying what is expected */
    public static Duration parse(String value) {
        Matcher matcher = SPAN.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a time such as 90s, 45m or 2h");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** About how long, in the largest unit of which it has at least two: {@code 9 days}. */
    public static String about(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        } else if (time.toHours() > 1) {
            return time.toHours() + " hours";
        } else if (time.toMinutes() > 1) {
            return time.toMinutes() + " minutes";
        }
        return time.toSeconds() + (time.toSeconds() == 1 ? " second" : " seconds");
    }
}
