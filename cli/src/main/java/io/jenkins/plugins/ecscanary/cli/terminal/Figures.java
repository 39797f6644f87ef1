package io.jenkins.plugins.ecscanary.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and numbers as people read them. */
public final class Figures {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Figures() {}

    /** {@code 6:02} or {@code 1:06:02}; nothing negative. */
    public static String span(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        long hours = shown.toHours();
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, shown.toMinutesPart(), shown.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", shown.toMinutesPart(), shown.toSecondsPart());
    }

    public static String clock(Instant at, ZoneId zone) {
        return CLOCK.format(at.atZone(zone));
    }

    /** {@code 99.95 %}: two digits, rounded down, so that 99.999 never reads as all. */
    public static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(value * 100 + 1e-9) / 100);
    }

    /** As it was given: {@code 99.5 %}, {@code 99 %}. */
    public static String threshold(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value).replaceAll("0+$", "");
        return (text.endsWith(".") ? text.substring(0, text.length() - 1) : text) + " %";
    }

    /** {@code 15}, {@code 1.5}: a speed. */
    public static String factor(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
