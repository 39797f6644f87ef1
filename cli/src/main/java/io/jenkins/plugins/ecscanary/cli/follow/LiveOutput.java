package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.cli.terminal.Screen;
import io.jenkins.plugins.ecscanary.cli.terminal.TerminalView;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The terminal view, redrawn in place at each tick; what this process has to say stands above it. */
public final class LiveOutput implements Output {

    private final Screen screen;
    private final Supplier<DeploymentView> view;
    private final Supplier<Instant> now;
    private final ZoneId zone;

    public LiveOutput(Screen screen, Supplier<DeploymentView> view, Supplier<Instant> now, ZoneId zone) {
        this.screen = screen;
        this.view = view;
        this.now = now;
        this.zone = zone;
    }

    @Override
    public void event(TimelineEntry entry) {
        // The next tick draws the view, which has it.
    }

    @Override
    public void tick() {
        screen.draw(new TerminalView(screen.look(), zone).lines(view.get(), now.get()));
    }

    @Override
    public void say(String message) {
        screen.above(new AttributedString(CleanText.of(message), AttributedStyle.DEFAULT.faint()));
    }

    @Override
    public void close() {
        tick();
        screen.close();
    }
}
