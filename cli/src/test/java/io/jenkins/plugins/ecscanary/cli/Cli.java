package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.cli.follow.FakeRunning;
import io.jenkins.plugins.ecscanary.engine.Comparison;
import io.jenkins.plugins.ecscanary.engine.Present;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** The command line in this process, with an engine that tells a given story whatever it is asked. */
public final class Cli {

    public final List<DeploymentRequest> deployed = new ArrayList<>();
    /** The ones that were to count for what was deployed or verified. */
    public final List<KnownScans> scans = new ArrayList<>();

    public final List<String> watched = new ArrayList<>();
    public final List<AwsAccess> opened = new ArrayList<>();
    public final List<Double> speeds = new ArrayList<>();
    public final Map<String, String> environment = new HashMap<>();
    /** What was asked of running deployments, and of those that are closed. */
    public final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    /** What verify answers. */
    public final List<Check> checks = new ArrayList<>();

    public final List<String> compared = new ArrayList<>();
    public final List<String> statusOf = new ArrayList<>();
    /** What diff answers. */
    public Comparison comparison;
    /** What status answers. */
    public ServiceStatus status;

    /** This machine's clock. */
    public Instant now = Instant.parse("2026-11-23T18:30:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path directory;
    private Present present;
    private boolean interrupted;
    private CompletableFuture<?> interrupt = new CompletableFuture<>();
    private List<TimelineEntry> story = Timelines.planned("r1", "ann")
            .shifting()
            .ended(Outcome.PROMOTED, "all traffic is on web:12", 0, 100)
            .entries();

    /** @param directory where relative paths start; records are kept in its {@code state/ecs-canary} */
    public Cli(Path directory) {
        this.directory = directory;
        environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    }

    public Cli tells(Timelines timeline) {
        story = timeline.entries();
        return this;
    }

    /** What AWS says of any recorded deployment; null if it knows none. */
    public Cli presently(Present now) {
        present = now;
        return this;
    }

    public RecordStore records() {
        return new RecordStore(directory.resolve("state").resolve("ecs-canary"));
    }

    /** Puts a story into the records. */
    public Cli recorded(Timelines timeline) {
        RecordStore records = records();
        try (TimelineFile file =
                records.create(Timelines.SERVICE, timeline.view().id())) {
            timeline.entries().forEach(entry -> file.append(entry.event()));
            records.index(RecordStore.summary(ViewFold.fold(timeline.entries())));
        }
        return this;
    }

    /** Ctrl-C is pressed as soon as a command listens for it. */
    public Cli interrupted() {
        interrupted = true;
        return this;
    }

    /** Ctrl-C is pressed when that happens, if a command listens then. */
    public Cli interruptedWhen(CompletableFuture<?> happens) {
        interrupt = happens;
        return this;
    }

    /** Runs a command and answers its exit code. */
    public int run(String... args) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                Console.of(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8),
                environment,
                directory,
                ZoneOffset.UTC,
                () -> now,
                Optional::empty,
                (onInterrupt, onTerminate) -> {
                    if (interrupted) {
                        onInterrupt.run();
                    }
                    interrupt.thenRunAsync(onInterrupt);
                    return () -> {};
                },
                this::open);
        return EcsCanary.commandLine(surroundings).execute(args);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Deployments open(AwsAccess access, RecordStore records, EngineTime time) {
        opened.add(access);
        speeds.add(time.speed());
        return new Deployments() {
            @Override
            public Running deploy(DeploymentRequest request, KnownScans known) {
                deployed.add(request);
                scans.add(known);
                return running();
            }

            @Override
            public Running watch(String recordId) {
                watched.add(recordId);
                return running();
            }

            @Override
            public Optional<Present> present(String recordId) {
                return Optional.ofNullable(present);
            }

            @Override
            public void promoteAfterwards(String recordId, Wait wait, String who, String why) {
                asked.add("promote " + recordId + " " + wait + " for " + who + ": " + why);
            }

            @Override
            public void rollBackAfterwards(String recordId, String who, String why) {
                asked.add("roll back " + recordId + " for " + who + ": " + why);
            }

            @Override
            public List<Check> verify(DeploymentRequest request, KnownScans known) {
                deployed.add(request);
                scans.add(known);
                return checks;
            }

            @Override
            public Comparison compare(DeploymentRequest request, String with) {
                deployed.add(request);
                compared.add(with);
                return comparison;
            }

            @Override
            public ServiceStatus status(String cluster, String service, CodeDeployGroup group) {
                statusOf.add(cluster + "/" + service + " " + group.application() + "/" + group.group());
                return status;
            }

            @Override
            public void close() {}
        };
    }

    private Running running() {
        FakeRunning running = new FakeRunning(asked);
        running.tell(story);
        return running;
    }
}
