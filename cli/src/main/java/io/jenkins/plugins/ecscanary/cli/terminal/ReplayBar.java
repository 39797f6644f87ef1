package io.jenkins.plugins.ecscanary.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jline.utils.AttributedString;

/** Where a replay is, and the keys that move it. */
public final class ReplayBar {

    private static final int MOST_WIDE = 40;

    private ReplayBar() {}

    /**
     * @param at the moment shown
     * @param elapsed since the beginning of the recording
     * @param length of the whole recording
     * @param pace recorded seconds per second
     */
    public static List<AttributedString> lines(
            Look look, ZoneId zone, Instant at, Duration elapsed, Duration length, boolean playing, double pace) {
        int width = Math.max(8, Math.min(MOST_WIDE, look.width() - 44));
        double share = length.isZero() ? 1 : (double) elapsed.toMillis() / length.toMillis();
        int done = (int) Math.round(width * Math.max(0, Math.min(1, share)));
        AttributedString where = Line.row("replay")
                .add(Line.REPLACEMENT, look.full().repeat(done))
                .add(Line.FAINT, look.empty().repeat(width - done))
                .add(Line.BOLD, " " + Figures.clock(at, zone))
                .add("  " + Figures.span(elapsed) + " of " + Figures.span(length))
                .add(Line.FAINT, look.dot() + (playing ? look.times() + Figures.factor(pace) : "paused"))
                .fit(look);
        AttributedString keys = Line.row("")
                .add(
                        Line.FAINT,
                        look.unicode()
                                ? "space play/pause · ←/→ events · home/end · +/- pace · q quit"
                                : "space play/pause - left/right events - home/end - +/- pace - q quit")
                .fit(look);
        return List.of(where, keys);
    }
}
