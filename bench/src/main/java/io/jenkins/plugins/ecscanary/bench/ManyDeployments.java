package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.wire.WireCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hundreds of deployments at once in one engine, a JVM of its own, against one account of local-aws whose buckets throttle as
 * AWS's do. Clock and buckets run at the same speed, so that a second here and there means the same; it is said in simulated
 * seconds. Each service keeps its original for hours, so that the last has started before the first has ended.
 */
final class ManyDeployments {

    /**
     * At sixty the machine of two cores could not answer as fast as was asked: calls that were within the budget when they were
     * planned piled up and went out together, a thousand of them too many at once.
     */
    private static final double SPEED = 30;

    private static final int TERMINATION_WAIT_MINUTES = 150;
    private static final int TIMEOUT_HOURS = 12;

    private final Path directory;
    private final int many;
    private final Changes changes = new Changes();
    private final Map<String, LongAdder> operations = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> throttled = new ConcurrentHashMap<>();

    ManyDeployments(Path directory, int many) {
        this.directory = directory;
        this.many = many;
    }

    /** What the engine's process told. */
    private static final class Told {
        private final Map<String, Integer> verdicts = new TreeMap<>();
        private int running;
        private int mostRunning;
        private long live;
        private int threads;
        private int threadsOfTheEngine;
        private boolean complete;
    }

    List<Row> run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        LocalAwsOptions options = ManyServices.options(directory.resolve("aws"), SPEED)
                .withFaults(List.of(FaultRule.awsThrottling()))
                .withLog(changes::logged)
                .withCallListener(this::called);
        try (LocalAws aws = LocalAws.start(options)) {
            ManyServices.furnish(aws, many, TERMINATION_WAIT_MINUTES);
            long begin = System.nanoTime();
            List<String> arguments = List.of(
                    aws.endpoint().toString(),
                    aws.region(),
                    aws.account(),
                    Double.toString(SPEED),
                    directory.resolve("records").toString(),
                    Integer.toString(many),
                    Integer.toString(TIMEOUT_HOURS));
            try (ChildJava engine = ChildJava.of(
                    EngineProcess.class, List.of("-Xmx512m"), arguments, directory.resolve("engine.err"))) {
                Told told = told(engine);
                double cpu = engine.cpu().toNanos() / 1e9;
                double seconds = (System.nanoTime() - begin) / 1e9 * SPEED;
                new TreeMap<>(operations).forEach((call, count) -> System.err.println(call + " " + count));
                System.err.println("throttled: " + new TreeMap<>(throttled));
                System.err.println(told.verdicts + " after " + seconds / SPEED + " s, " + cpu + " s of processor time");
                return rows(told, seconds);
            }
        }
    }

    private Told told(ChildJava engine) throws IOException {
        Told told = new Told();
        for (String line = engine.line(); line != null && !told.complete; line = told.complete ? null : engine.line()) {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "known" -> changes.known(words[1], words[2]);
                case "started" -> told.mostRunning = Math.max(told.mostRunning, ++told.running);
                case "verdict" -> {
                    told.running--;
                    told.verdicts.merge(words[1], 1, Integer::sum);
                    if (!words[1].equals("PROMOTED")) {
                        System.err.println(line);
                    }
                }
                case "live" -> told.live = Long.parseLong(words[1]);
                case "threads" -> {
                    told.threads = Integer.parseInt(words[1]);
                    told.threadsOfTheEngine = Integer.parseInt(words[2]);
                    told.complete = true;
                }
                default -> System.err.println(line);
            }
        }
        if (!told.complete) {
            throw new IOException("the engine's process ended early: see " + directory.resolve("engine.err"));
        }
        return told;
    }

    private void called(WireCall call) {
        if ("throttle".equals(call.fault())) {
            count(throttled, call);
        }
        count(operations, call);
    }

    private static void count(Map<String, LongAdder> counts, WireCall call) {
        counts.computeIfAbsent(call.service() + ":" + call.operation(), key -> new LongAdder())
                .increment();
    }

    private static long sum(Map<String, LongAdder> counts) {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private List<Row> rows(Told told, double seconds) {
        String prefix = "2 · " + many + " deployments at once: ";
        Figures shifts = Figures.of(changes.seconds("shift")).times(SPEED);
        Figures ends = Figures.of(changes.seconds("Succeeded")).times(SPEED);
        long calls = sum(operations);
        List<Row> rows = new ArrayList<>(List.of(
                Row.exactly(prefix + "promoted", told.verdicts.getOrDefault("PROMOTED", 0), "deployments", many),
                Row.figure(prefix + "most under way in AWS", Integer.toString(told.mostRunning), "deployments"),
                Row.exactly(prefix + "throttled calls", sum(throttled), "of " + calls + " calls", 0),
                Row.figure(
                        prefix + "threads of the engine, of its whole JVM at most",
                        told.threadsOfTheEngine + ", " + told.threads,
                        "threads"),
                Row.figure(
                        prefix + "live heap while all run",
                        String.format(Locale.ROOT, "%.1f", told.live / 1024.0 / 1024),
                        "MiB"),
                Row.figure(
                        prefix + "calls",
                        String.format(Locale.ROOT, "%.2f", calls / seconds),
                        "a second, over " + Math.round(seconds / 60) + " min (simulated)"),
                Row.figure(prefix + "shifts known", shifts.text(), "after it: median / p95 / most (simulated)"),
                Row.figure(prefix + "ends known", ends.text(), "the same")));
        operations.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue().sum(), a.getValue().sum()))
                .limit(5)
                .forEach(entry -> rows.add(Row.figure(
                        prefix + "`" + entry.getKey() + "`",
                        String.format(Locale.ROOT, "%.2f", entry.getValue().sum() / seconds),
                        "calls a second (simulated)")));
        return rows;
    }
}
