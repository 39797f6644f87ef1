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
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.wire.AccessKeys;
import io.jenkins.plugins.ecscanary.localaws.wire.WireCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How soon a change of state in AWS is known and what knowing it costs: the engine with one deployment, the engine with
 * several, and {@code aws deploy wait} for all of them, against the same local-aws at the same time, in real time. The
 * waiter can only know the end, so it is compared by that.
 */
final class ChangeDetection {

    private static final int MANY = 8;
    private static final String SECRET = "bench";
    private static final List<String> CALLERS = List.of("many", "one", "waiter");

    private final Path directory;
    private final Changes changes = new Changes();
    private final Changes waiters = new Changes();
    private final Map<String, LongAdder> operations = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    ChangeDetection(Path directory) {
        this.directory = directory;
        CALLERS.forEach(caller -> calls.put(caller, new LongAdder()));
    }

    List<Row> run() throws IOException, InterruptedException {
        AccessKeys keys = AccessKeys.of(Map.of("many", SECRET, "one", SECRET, "waiter", SECRET));
        LocalAwsOptions options = LocalAwsOptions.in(directory.resolve("aws"))
                .withTaskRuntime(new InProcessTasks())
                .withAccessKeys(keys)
                .withLog(changes::logged)
                .withCallListener(this::called);
        try (LocalAws aws = LocalAws.start(options);
                CanaryEngine many = engine(aws, "many");
                CanaryEngine one = engine(aws, "one")) {
            List<Furnished> services = new ArrayList<>();
            for (int i = 0; i <= MANY; i++) {
                services.add(Furnished.in(aws, i));
            }
            for (Furnished service : services) {
                aws.steady(service.cluster(), service.name())
                        .toCompletableFuture()
                        .join();
            }
            long begin = System.nanoTime();
            List<Running> ofMany = new ArrayList<>();
            for (Furnished service : services.subList(0, MANY)) {
                ofMany.add(deploy(many, service));
            }
            List<Running> ofOne = List.of(deploy(one, services.get(MANY)));
            List<CompletableFuture<?>> waiting = new ArrayList<>();
            for (Running running : concat(ofMany, ofOne)) {
                waiting.add(waiter(aws, id(running)));
            }
            for (Running running : concat(ofMany, ofOne)) {
                System.err.println(id(running) + " "
                        + running.verdict().toCompletableFuture().join());
            }
            double minutes = (System.nanoTime() - begin) / 60e9;
            waiting.forEach(CompletableFuture::join);
            new TreeMap<>(operations).forEach((call, count) -> System.err.println(call + " " + count));
            return rows(ids(ofMany), ids(ofOne), minutes);
        }
    }

    private void called(WireCall call) {
        calls.get(call.accessKeyId()).increment();
        operations
                .computeIfAbsent(call.accessKeyId() + " " + call.operation(), key -> new LongAdder())
                .increment();
    }

    private List<Row> rows(List<String> many, List<String> one, double minutes) {
        Figures everyChangeOfMany = Figures.of(changes.seconds(many, ""));
        Figures everyChangeOfOne = Figures.of(changes.seconds(one, ""));
        Figures ends = Figures.of(changes.seconds(concat(many, one), "Succeeded"));
        Figures waited = Figures.of(waited(concat(many, one)));
        double ours = calls.get("many").sum() / minutes / MANY;
        double theirs = calls.get("waiter").sum() / minutes / (MANY + 1);
        return List.of(
                Row.figure(
                        "1 · every change known, " + MANY + " deployments at once",
                        everyChangeOfMany.text(),
                        "after it: median / p95 / most"),
                Row.figure("1 · every change known, one deployment", everyChangeOfOne.text(), "the same"),
                Row.beside(
                        "1 · the end known, beside `aws deploy wait`; ratio of medians",
                        ends.text(),
                        waited.text(),
                        ends.median() / waited.median()),
                Row.beside(
                        "1 · API calls a minute for each of " + MANY + " deployments, beside `aws deploy wait`",
                        String.format(Locale.ROOT, "%.1f", ours),
                        String.format(Locale.ROOT, "%.1f", theirs),
                        ours / theirs),
                Row.figure(
                        "1 · API calls a minute for one deployment alone",
                        String.format(Locale.ROOT, "%.1f", calls.get("one").sum() / minutes),
                        "calls"));
    }

    private List<Double> waited(List<String> ids) {
        return changes.seconds(ids, "Succeeded", waiters);
    }

    private Running deploy(CanaryEngine engine, Furnished service) {
        DeploymentRequest request = new DeploymentRequest(
                service.cluster(),
                service.name(),
                new DeploymentRequest.Registered(service.taskDefinition(), null),
                new CodeDeployGroup(service.name(), service.name(), null),
                null,
                new Criterion(99.5, 2, 0, Duration.ofSeconds(60)),
                List.of(),
                List.of(),
                Duration.ofMinutes(60),
                "bench",
                "deploy",
                null,
                DeploymentOptions.DEFAULT);
        Running running = engine.deploy(request);
        running.listen(entry -> known(running, entry));
        return running;
    }

    private void known(Running running, TimelineEntry entry) {
        if (entry.event() instanceof DeploymentEvent.TrafficShifted shifted) {
            changes.known(running.view().deploymentId(), "shift " + shifted.replacement());
        } else if (entry.event() instanceof DeploymentEvent.StatusChanged status) {
            changes.known(running.view().deploymentId(), status.status());
        }
    }

    private CompletableFuture<?> waiter(LocalAws aws, String deploymentId) throws IOException {
        ProcessBuilder wait = new ProcessBuilder(
                "/usr/bin/aws", "deploy", "wait", "deployment-successful", "--deployment-id", deploymentId);
        wait.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "waiter",
                        "AWS_SECRET_ACCESS_KEY",
                        SECRET,
                        "AWS_DEFAULT_REGION",
                        aws.region(),
                        "AWS_PAGER",
                        ""));
        wait.command().addAll(List.of("--endpoint-url", aws.endpoint().toString()));
        Process process = wait.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process.onExit().thenAccept(exited -> waiters.known(deploymentId, "Succeeded"));
    }

    private static String id(Running running) throws InterruptedException {
        CompletableFuture<String> id = new CompletableFuture<>();
        running.listen(entry -> {
            if (entry.event() instanceof DeploymentEvent.Started started) {
                id.complete(started.deploymentId());
            }
        });
        running.verdict()
                .whenComplete((verdict, failure) -> id.completeExceptionally(
                        new IllegalStateException("no deployment was started: " + verdict, failure)));
        return id.orTimeout(2, TimeUnit.MINUTES).join();
    }

    private static List<String> ids(List<Running> running) {
        return running.stream().map(each -> each.view().deploymentId()).toList();
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    private CanaryEngine engine(LocalAws aws, String caller) throws IOException {
        AwsKeys keys = new AwsKeys(caller, SECRET, null);
        Path records = Files.createDirectories(directory.resolve("records-" + caller));
        return CanaryEngine.open(
                new AwsAccess(aws.region(), aws.endpoint(), () -> keys), new RecordStore(records), new WallTime(1));
    }
}
