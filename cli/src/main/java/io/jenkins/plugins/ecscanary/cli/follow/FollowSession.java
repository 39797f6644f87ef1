package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.page.PageServer;
import io.jenkins.plugins.ecscanary.cli.settings.ShowOptions;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shows a deployment on the terminal and on its page until it ends, and says how it ended. */
public final class FollowSession {

    /** For a page that polls every second or two to fetch the verdict. */
    private static final Duration LAST_READ = Duration.ofSeconds(4);

    private final Surroundings surroundings;
    private final ShowOptions show;
    private final EngineTime time;

    public FollowSession(Surroundings surroundings, ShowOptions show, EngineTime time) {
        this.surroundings = surroundings;
        this.show = show;
        this.time = time;
    }

    /** Blocks until the end; answers the process's exit code. */
    public ExitCode follow(Running running, Follower.Interrupt interrupt) throws InterruptedException {
        try (Page page = page(running)) {
            Output output = output(running);
            if (page.server != null) {
                output.say("page: " + page.server.uri());
            }
            Follower.End end = new Follower(running, output, interrupt).follow(surroundings.signals());
            new VerdictReport(surroundings, show.json()).tell(running.view(), end);
            if (page.server != null && end.verdict() != null) {
                page.server.awaitLastRead(LAST_READ);
            }
            return end.exitCode();
        }
    }

    private Output output(Running running) {
        if (show.json()) {
            return new JsonOutput(surroundings.console());
        }
        if (!show.plain()) {
            var screen = surroundings.screen().get();
            if (screen.isPresent()) {
                return new LiveOutput(screen.get(), running::view, time::now, surroundings.zone());
            }
        }
        return new PlainOutput(surroundings.console(), surroundings.zone());
    }

    private Page page(Running running) {
        if (!show.page()) {
            return new Page(null);
        }
        try {
            List<TimelineEntry> timeline = new CopyOnWriteArrayList<>();
            running.listen(timeline::add);
            return new Page(PageServer.start(show.port(), running::view, () -> timeline, time::now));
        } catch (IOException e) {
            running.leave();
            throw new CliFailure(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    /** The page's server, if there is to be one. */
    private record Page(PageServer server) implements AutoCloseable {
        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }
    }
}
