package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineCodec;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import java.io.PrintStream;

/** The timeline's own JSON lines on standard output and nothing else there; what this process has to say goes to {@code err}. */
public final class JsonOutput implements Output {

    private final PrintStream out;
    private final PrintStream err;

    public JsonOutput(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void event(TimelineEntry entry) {
        out.println(TimelineCodec.write(entry));
        out.flush();
    }

    @Override
    public void tick() {}

    @Override
    public void say(String message) {
        err.println(CleanText.of(message));
    }

    @Override
    public void close() {
        out.flush();
    }
}
