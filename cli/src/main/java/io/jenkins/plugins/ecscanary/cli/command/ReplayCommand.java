package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.follow.PlainOutput;
import io.jenkins.plugins.ecscanary.cli.history.NamedRecord;
import io.jenkins.plugins.ecscanary.cli.page.PageServer;
import io.jenkins.plugins.ecscanary.cli.replay.Playback;
import io.jenkins.plugins.ecscanary.cli.replay.Player;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.cli.terminal.Screen;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ReplayDocument;
import io.jenkins.plugins.ecscanary.engine.view.ViewDocument;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import io.jenkins.plugins.ecscanary.progressview.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ecs-canary replay}. */
@Command(
        name = "replay",
        description = {
            "Watches a recorded deployment again, as it was seen then. AWS is not asked.",
            "At a terminal: space plays and pauses, left and right go from event to event, home and end, + and - change"
                    + " the pace, q quits. Elsewhere, and with --plain, one line for each event."
        })
public final class ReplayCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "A record's or a deployment's id. Default: the newest that has ended.")
    private String id;

    @Option(names = "--plain", description = "One line for each event, also at a terminal.")
    private boolean plain;

    @Option(names = "--page", description = "Serve it as a page with a scrubber on 127.0.0.1 instead, until Ctrl-C.")
    private boolean page;

    @Option(names = "--port", paramLabel = "PORT", description = "Port for --page. Default: a free one.")
    private Integer port;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write it as one HTML file with a scrubber instead, to be opened from disk.")
    private Path report;

    @Option(names = "--state", paramLabel = "DIR", description = "Where records are kept. Default: as for deploy.")
    private Path state;

    public ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Path directory = StateDirectory.of(state, surroundings);
        RecordStore records = new RecordStore(directory);
        RecordSummary record = id == null ? newestEnded(records, directory) : NamedRecord.of(id, records, directory);
        List<TimelineEntry> timeline = records.timeline(record.id());
        if (timeline.isEmpty()) {
            throw new CliFailure(ExitCode.FAILED, "the record " + record.id() + " holds no event that can be read");
        }
        if (report != null) {
            write(record, timeline);
        } else if (page) {
            serve(record, timeline);
        } else {
            Optional<Screen> screen =
                    plain ? Optional.empty() : surroundings.screen().get();
            if (screen.isPresent()) {
                new Player(new Playback(timeline), screen.get(), surroundings.zone()).play(surroundings.signals());
            } else {
                PlainOutput output = new PlainOutput(surroundings.console(), surroundings.zone());
                timeline.forEach(output::event);
                output.close();
            }
        }
        return ExitCode.OK.code();
    }

    private void check() {
        if (page && report != null || plain && (page || report != null)) {
            throw new CliFailure(
                    ExitCode.USAGE, "--plain, --page and --report contradict each other: give one of them");
        }
        if (port != null && !page) {
            throw new CliFailure(ExitCode.USAGE, "--port is for --page: give both, or leave it out");
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw new CliFailure(ExitCode.USAGE, "--port is " + port + ", not between 1 and 65535 (0: a free one)");
        }
    }

    private void write(RecordSummary record, List<TimelineEntry> timeline) throws IOException {
        DeploymentView view = ViewFold.fold(timeline);
        String heading = record.deploymentId() == null ? record.id() : record.deploymentId();
        String title = record.service().cluster() + "/" + record.service().service();
        String html = new ReportPage(
                        title,
                        "",
                        List.of(new ReportPage.Section(
                                heading, ViewDocument.json(view), view.ended() ? ReplayDocument.json(timeline) : null)))
                .html();
        Path file = surroundings.directory().resolve(report);
        Files.writeString(file, html);
        surroundings.console().out("written to " + file);
    }

    private void serve(RecordSummary record, List<TimelineEntry> timeline) throws InterruptedException {
        DeploymentView view = ViewFold.fold(timeline);
        if (!view.ended()) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    record.id() + " has not ended yet; 'ecs-canary watch " + record.id() + "' follows it with a page");
        }
        CountDownLatch enough = new CountDownLatch(1);
        var registration = surroundings.signals().listen(enough::countDown, enough::countDown);
        try (PageServer server =
                PageServer.start(port == null ? 0 : port, () -> view, () -> timeline, () -> view.lastEventAt())) {
            surroundings.console().out("page: " + server.uri() + " (Ctrl-C ends it)");
            enough.await();
        } catch (IOException e) {
            throw new CliFailure(ExitCode.FAILED, e.getMessage(), e);
        } finally {
            registration.close();
        }
    }

    private static RecordSummary newestEnded(RecordStore records, Path directory) {
        return records.history().stream()
                .filter(record -> record.verdict() != null)
                .findFirst()
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        "no deployment in " + directory + " has ended yet: there is nothing to replay"));
    }
}
