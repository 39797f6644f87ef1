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
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The engine alone in a JVM, with many deployments at once. Prints {@code known ID CHANGE}, {@code started COUNT}, {@code verdict
 * OUTCOME CAUSE}, {@code live BYTES} (heap that is in use after a collection, while all run) and {@code threads MOST
 * OF-THE-ENGINE}.
 */
final class EngineProcess {

    private static final AtomicInteger STARTED = new AtomicInteger();

    private EngineProcess() {}

    /** @param args endpoint, region, account, speed, directory of records, how many, hours until the time-out */
    public static void main(String[] args) throws Exception {
        AwsKeys keys = new AwsKeys("bench", "bench", null);
        int many = Integer.parseInt(args[5]);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (CanaryEngine engine = CanaryEngine.open(
                new AwsAccess(args[1], URI.create(args[0]), () -> keys),
                new RecordStore(Path.of(args[4])),
                new WallTime(Double.parseDouble(args[3])))) {
            List<CompletableFuture<?>> verdicts = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Running running = engine.deploy(request(args, "bench-" + i));
                running.listen(entry -> told(running, entry, many));
                verdicts.add(running.verdict()
                        .thenAccept(verdict -> say("verdict " + verdict.outcome() + " " + verdict.cause()))
                        .toCompletableFuture());
            }
            int ours = 0;
            CompletableFuture<?> all = CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                Thread.sleep(500);
                ours = Math.max(ours, ofTheEngine());
            }
            all.join();
            say("threads " + threads.getPeakThreadCount() + " " + ours);
        }
    }

    private static int ofTheEngine() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ecs-canary-"))
                .count();
    }

    private static DeploymentRequest request(String[] args, String name) {
        String image = args[2] + ".dkr.ecr." + args[1] + ".amazonaws.com/" + name + ":1";
        String role = "arn:aws:iam::" + args[2] + ":role/" + name + "-task-execution";
        return new DeploymentRequest(
                name,
                name,
                new DeploymentRequest.Rendered(Furnished.taskDefinition(name, role, image), image, "app"),
                new CodeDeployGroup(name, name, null),
                null,
                new Criterion(99.5, 2, 0, Duration.ofSeconds(60)),
                List.of(),
                List.of(),
                Duration.ofHours(Long.parseLong(args[6])),
                "bench",
                "deploy",
                null,
                DeploymentOptions.DEFAULT);
    }

    private static void told(Running running, TimelineEntry entry, int many) {
        if (entry.event() instanceof DeploymentEvent.TrafficShifted shifted) {
            say("known " + running.view().deploymentId() + " shift " + shifted.replacement());
        } else if (entry.event() instanceof DeploymentEvent.StatusChanged status) {
            say("known " + running.view().deploymentId() + " " + status.status());
        } else if (entry.event() instanceof DeploymentEvent.Started) {
            int count = STARTED.incrementAndGet();
            say("started " + count);
            if (count == many) {
                MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
                memory.gc();
                say("live " + memory.getHeapMemoryUsage().getUsed());
            }
        }
    }

    /** Lines from many threads must stay whole. */
    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }
}
