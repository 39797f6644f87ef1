package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.wire.AccessKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a page that is open costs: a deployment is recorded with local-aws, then happens again while a hundred viewers poll
 * the CLI's page server, a JVM of its own. Replay and polls are faster by the same factor, so that a viewer polls as often
 * between two events as one who polls every second in life.
 */
final class PageDocument {

    private static final int VIEWERS = 100;
    private static final double RECORDING_SPEED = 30;
    private static final double SPEED = 10;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Path directory;

    PageDocument(Path directory) {
        this.directory = directory;
    }

    List<Row> run() throws IOException, InterruptedException {
        Path records = Files.createDirectories(directory.resolve("records"));
        DeploymentView ended = recorded(records);
        Duration took = Duration.between(ended.startedAt(), ended.lastEventAt());
        Duration real = Duration.ofNanos((long) (took.toNanos() / SPEED));
        try (ChildJava server = ChildJava.of(
                ServingPage.class,
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), // as bin/ecs-canary has it
                List.of(records.toString(), ended.id(), Double.toString(SPEED)),
                directory.resolve("page.err"))) {
            URI page = URI.create(server.await("page ").substring(5));
            Duration before = server.cpu();
            Viewers viewers = new Viewers(page.resolve("view.json"));
            viewers.look(VIEWERS, Duration.ofNanos((long) (POLL.toNanos() / SPEED)), real);
            double cpu = server.cpu().minus(before).toNanos() / 1e9;
            return rows(viewers, cpu, took.toSeconds() / 60.0 * VIEWERS, ended.version());
        }
    }

    private static List<Row> rows(Viewers viewers, double cpu, double viewerMinutes, long events) {
        long unchanged = viewers.unchanged.sum();
        long polls = unchanged + viewers.whole.sum();
        return List.of(
                Row.figure(
                        "5 · the page's document at its longest, " + events + " events",
                        String.format(Locale.ROOT, "%.1f", viewers.longest.get() / 1024.0),
                        "KiB, " + (viewers.compressed ? "compressed" : "plain; the server does not compress")),
                Row.figure(
                        "5 · answered 304, of " + polls + " polls of " + VIEWERS + " viewers",
                        String.format(Locale.ROOT, "%.1f", 100.0 * unchanged / polls),
                        "%"),
                Row.exactly("5 · polls that failed", viewers.failed.sum(), "polls", 0),
                Row.figure(
                        "5 · processor time of the server for a viewer's minute",
                        String.format(Locale.ROOT, "%.1f", cpu * 1000 / viewerMinutes),
                        "ms of one core"),
                Row.figure(
                        "5 · share of one core for " + VIEWERS + " viewers",
                        String.format(Locale.ROOT, "%.1f", cpu / (viewerMinutes / VIEWERS * 60) * 100),
                        "%"));
    }

    private DeploymentView recorded(Path records) throws IOException {
        LocalAwsOptions options = LocalAwsOptions.in(directory.resolve("aws"))
                .withTaskRuntime(new SelectorTasks())
                .withSpeed(RECORDING_SPEED)
                .withAccessKeys(AccessKeys.of(Map.of("bench", "bench")));
        AwsKeys keys = new AwsKeys("bench", "bench", null);
        try (LocalAws aws = LocalAws.start(options);
                CanaryEngine engine = CanaryEngine.open(
                        new AwsAccess(aws.region(), aws.endpoint(), () -> keys),
                        new RecordStore(records),
                        new WallTime(RECORDING_SPEED))) {
            Furnished service = Furnished.in(aws, 0);
            aws.steady(service.cluster(), service.name()).toCompletableFuture().join();
            Running running = engine.deploy(new DeploymentRequest(
                    service.cluster(),
                    service.name(),
                    new DeploymentRequest.Registered(service.taskDefinition(), null),
                    new CodeDeployGroup(service.name(), service.name(), null),
                    null,
                    new Criterion(99.5, 2, 0, Duration.ofSeconds(60)),
                    List.of(),
                    DeploymentRequest.REFERENCE_MILESTONES,
                    Duration.ofMinutes(60),
                    "bench",
                    "deploy",
                    null,
                    DeploymentOptions.DEFAULT));
            System.err.println(
                    "recorded: " + running.verdict().toCompletableFuture().join());
            return running.view();
        }
    }
}
