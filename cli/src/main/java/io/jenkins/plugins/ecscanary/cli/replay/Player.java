package io.jenkins.plugins.ecscanary.cli.replay;

import io.jenkins.plugins.ecscanary.cli.follow.Signals;
import io.jenkins.plugins.ecscanary.cli.terminal.Key;
import io.jenkins.plugins.ecscanary.cli.terminal.ReplayBar;
import io.jenkins.plugins.ecscanary.cli.terminal.Screen;
import io.jenkins.plugins.ecscanary.cli.terminal.TerminalView;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.AttributedString;

/** Shows a playback at a terminal and does what the keys say, until someone has seen enough. */
public final class Player {

    private static final Duration FRAME = Duration.ofMillis(100);

    private final Playback playback;
    private final Screen screen;
    private final ZoneId zone;

    public Player(Playback playback, Screen screen, ZoneId zone) {
        this.playback = playback;
        this.screen = screen;
        this.zone = zone;
    }

    /** Blocks until a key or a signal ends it; the screen is closed then. */
    public void play(Signals signals) {
        AtomicBoolean over = new AtomicBoolean();
        Signals.Registration registration = signals.listen(() -> over.set(true), () -> over.set(true));
        try {
            long before = System.nanoTime();
            while (!over.get()) {
                draw();
                Optional<Key> key = screen.key(FRAME);
                long now = System.nanoTime();
                playback.pass(Duration.ofNanos(now - before));
                before = now;
                if (key.isPresent() && !obey(key.get())) {
                    return;
                }
            }
        } finally {
            registration.close();
            screen.close();
        }
    }

    /** @return whether it goes on */
    private boolean obey(Key key) {
        switch (key) {
            case SPACE -> playback.toggle();
            case LEFT -> playback.back();
            case RIGHT -> playback.forth();
            case HOME -> playback.toStart();
            case END -> playback.toEnd();
            case PLUS -> playback.faster();
            case MINUS -> playback.slower();
            case QUIT -> {
                return false;
            }
            case OTHER -> {}
        }
        return true;
    }

    private void draw() {
        // The bar first: what does not fit is cut at the end, and without it nobody knows where they are.
        List<AttributedString> lines = new ArrayList<>(ReplayBar.lines(
                screen.look(),
                zone,
                playback.at(),
                playback.elapsed(),
                playback.length(),
                playback.playing(),
                playback.pace()));
        lines.add(AttributedString.EMPTY);
        lines.addAll(new TerminalView(screen.look(), zone).lines(playback.view(), playback.at()));
        screen.draw(lines);
    }
}
