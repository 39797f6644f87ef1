package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.cli.terminal.Screen;
import io.jenkins.plugins.ecscanary.cli.terminal.TerminalView;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The terminal view, redrawn in place at each tick. */
public final class LiveOutput implements Output {

    private final Screen screen;
    private final Supplier<DeploymentView> view;
    private final Supplier<Instant> now;
    private final ZoneId zone;
    private final List<String> said = new ArrayList<>();

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
        List<AttributedString> lines = new ArrayList<>();
        for (String message : said) {
            lines.add(new AttributedString(message, AttributedStyle.DEFAULT.faint()));
        }
        lines.addAll(new TerminalView(screen.look(), zone).lines(view.get(), now.get()));
        screen.draw(lines);
    }

    @Override
    public void say(String message) {
        said.add(CleanText.of(message));
        tick();
    }

    @Override
    public void close() {
        tick();
        screen.close();
    }
}
