package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.Console;
import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Level;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.LogLine;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.time.ZoneId;

/** One line for each event, with its time: for logs, pipes and terminals that can't do more. */
public final class PlainOutput implements Output {

    private final Console console;
    private final ZoneId zone;
    private final ViewFold fold = new ViewFold();

    public PlainOutput(Console console, ZoneId zone) {
        this.console = console;
        this.zone = zone;
    }

    @Override
    public void event(TimelineEntry entry) {
        fold.apply(entry);
        fold.view().newestLines().forEach(this::print);
    }

    private void print(LogLine line) {
        String level = line.level() == Level.INFO ? "" : line.level() + " ";
        console.out(Figures.clock(line.at(), zone) + " " + level + CleanText.of(line.text()));
    }

    @Override
    public void tick() {}

    @Override
    public void say(String message) {
        console.out(CleanText.of(message));
    }

    @Override
    public void close() {}
}
