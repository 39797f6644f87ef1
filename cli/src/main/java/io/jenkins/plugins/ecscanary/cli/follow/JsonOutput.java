package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.Console;
import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineCodec;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;

/** The timeline's own JSON lines on standard output and nothing else there; what this process has to say goes to standard error. */
public final class JsonOutput implements Output {

    private final Console console;

    public JsonOutput(Console console) {
        this.console = console;
    }

    @Override
    public void event(TimelineEntry entry) {
        console.out(TimelineCodec.write(entry));
    }

    @Override
    public void tick() {}

    @Override
    public void say(String message) {
        console.err(CleanText.of(message));
    }

    @Override
    public void close() {}
}
