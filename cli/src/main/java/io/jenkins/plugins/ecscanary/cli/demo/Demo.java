package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.local.LocalWorld;
import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.SidesKnown;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Three deployments, one after the other, under steady traffic, each by the command line's own process. */
final class Demo implements AutoCloseable {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

    private final LocalWorld world;
    private final Aws aws;
    private final Path directory;
    private final Artifacts artifacts;
    private final RecordStore records;
    private final Consumer<String> say;
    private final Traffic traffic;
    private final AtomicReference<CliProcess> child = new AtomicReference<>();

    /**
     * @param world furnished, version 1.0.0 serving
     * @param directory for what is left behind
     * @param perSecond requests of the traffic
     */
    Demo(LocalWorld world, Aws aws, Path directory, int perSecond, Consumer<String> say) {
        this.world = world;
        this.aws = aws;
        this.directory = directory;
        this.artifacts = new Artifacts(directory);
        this.records = new RecordStore(state());
        this.say = say;
        this.traffic = Traffic.start(world.productionUrl(), perSecond);
    }

    /** Runs the three acts; answers whether everything came as it must. */
    boolean run() throws IOException, InterruptedException {
        List<ActResult> results = new ArrayList<>();
        results.add(play(Act.GOOD, List.of("deploy", "--image", ":2.0.0")));
        results.add(play(Act.BAD, List.of("deploy", "--image", ":3.0.0")));
        new AwsLook(aws, world.speed()).awaitCalm(world.alarms(), say);
        results.add(play(Act.REDEPLOY, List.of("redeploy", firstRevision())));
        Path report = artifacts.report(results, world.speed());
        say.accept("");
        Summary.table(results).forEach(say);
        results.forEach(result -> say.accept(Summary.traffic(result)));
        say.accept("report: " + report.toUri());
        return results.stream().allMatch(result -> result.problems().isEmpty());
    }

    /** What served before anything was deployed, as the history names it. */
    private String firstRevision() {
        List<RecordSummary> history = records.history();
        return history.get(history.size() - 1).original().shortTaskDefinition();
    }

    private ActResult play(Act act, List<String> command) throws IOException, InterruptedException {
        say.accept("");
        say.accept(act.heading());
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--state", state().toString(), "--started-by", "demo"));
        arguments.addAll(List.of("--speed", Figures.factor(world.speed())));
        say.accept("$ ecs-canary " + String.join(" ", arguments));
        Tally tally = traffic.next();
        long from = System.nanoTime();
        int exitCode = runChild(arguments);
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        traffic.next();
        tally.awaitAnswers(LAST_ANSWERS);
        return result(act, exitCode, tally, took);
    }

    private int runChild(List<String> arguments) throws IOException, InterruptedException {
        try (CliProcess process = CliProcess.start(arguments, world.directory(), world.environment())) {
            child.set(process);
            return process.exitCode();
        } finally {
            child.set(null);
        }
    }

    private ActResult result(Act act, int exitCode, Tally tally, Duration took) throws IOException {
        RecordSummary record = records.history().stream()
                .findFirst()
                .orElseThrow(() -> new CliFailure(
                        ExitCode.FAILED,
                        "the deployment left no record (exit code " + exitCode + "); see its message"));
        List<TimelineEntry> entries = records.timeline(record.id());
        artifacts.timeline(act, records.timelineFile(record.id()));
        SidesKnown sides = entries.stream()
                .map(TimelineEntry::event)
                .filter(SidesKnown.class::isInstance)
                .map(SidesKnown.class::cast)
                .findFirst()
                .orElseThrow(() -> new CliFailure(
                        ExitCode.FAILED,
                        "the deployment " + record.id() + " ended before it began: "
                                + (record.verdict() == null
                                        ? "unfinished"
                                        : record.verdict().cause())));
        AwsLook.Weights weights = new AwsLook(aws, world.speed()).weights(sides);
        return new ActResult(
                act, exitCode, entries, ViewFold.fold(entries), tally, weights.original(), weights.replacement(), took);
    }

    private Path state() {
        return directory.resolve("state").toAbsolutePath();
    }

    @Override
    public void close() {
        CliProcess running = child.get();
        if (running != null) {
            running.close();
        }
        traffic.close();
    }
}
