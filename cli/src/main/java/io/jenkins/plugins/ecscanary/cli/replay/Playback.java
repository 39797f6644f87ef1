package io.jenkins.plugins.ecscanary.cli.replay;

import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a replay is: a moment of a recorded timeline, and whether and how fast it moves on. Pure; time passes when
 * {@link #pass} says so.
 */
public final class Playback {

    private static final double MOST = 3600;

    /** How long a replay takes unless someone chooses another pace. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private final List<TimelineEntry> entries;

    /** When each event was there: AWS's times can be out of order, and a replay must not jump back. */
    private final List<Instant> times = new ArrayList<>();

    private ViewFold fold = new ViewFold();
    private int folded;
    private Instant at;
    private boolean playing = true;
    private double pace;

    /** At its beginning and playing. */
    public Playback(List<TimelineEntry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a timeline without events can't be replayed");
        }
        this.entries = List.copyOf(entries);
        Instant latest = Instant.MIN;
        for (TimelineEntry entry : entries) {
            latest = entry.event().at().isAfter(latest) ? entry.event().at() : latest;
            times.add(latest);
        }
        at = times.get(0);
        pace = Math.min(MOST, Math.max(1, Math.rint((double) length().toSeconds() / WHOLE.toSeconds())));
    }

    /** Moves on by this much of the watcher's time, if it plays. */
    public void pass(Duration watched) {
        if (playing) {
            seek(at.plusNanos((long) (watched.toNanos() * pace)));
            playing = at.isBefore(end());
        }
    }

    /** Pauses or goes on; from the end it begins anew. */
    public void toggle() {
        playing = !playing;
        if (playing && !at.isBefore(end())) {
            at = times.get(0);
        }
    }

    public void toStart() {
        seek(times.get(0));
    }

    public void toEnd() {
        seek(end());
        playing = false;
    }

    /** To the next moment something happened; pauses. */
    public void forth() {
        playing = false;
        times.stream().filter(time -> time.isAfter(at)).findFirst().ifPresent(this::seek);
    }

    /** To the moment before at which something happened; pauses. */
    public void back() {
        playing = false;
        Instant before = times.get(0);
        for (Instant time : times) {
            if (!time.isBefore(at)) {
                break;
            }
            before = time;
        }
        seek(before);
    }

    public void faster() {
        pace = Math.min(MOST, pace * 2);
    }

    public void slower() {
        pace = Math.max(1, pace / 2);
    }

    private void seek(Instant to) {
        at = to.isAfter(end()) ? end() : to;
    }

    /** The deployment as it was then. */
    public DeploymentView view() {
        int there = 0;
        while (there < times.size() && !times.get(there).isAfter(at)) {
            there++;
        }
        if (there < folded) {
            fold = new ViewFold();
            folded = 0;
        }
        while (folded < there) {
            fold.apply(entries.get(folded++));
        }
        return fold.view();
    }

    public Instant at() {
        return at;
    }

    public boolean playing() {
        return playing;
    }

    /** Recorded seconds per second. */
    public double pace() {
        return pace;
    }

    /** From the beginning to where it is. */
    public Duration elapsed() {
        return Duration.between(times.get(0), at);
    }

    public Duration length() {
        return Duration.between(times.get(0), end());
    }

    private Instant end() {
        return times.get(times.size() - 1);
    }
}
