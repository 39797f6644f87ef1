package io.jenkins.plugins.ecscanary.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.chaos.Oracle.Finding;
import io.jenkins.plugins.ecscanary.cli.chaos.Oracle.Wrong;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Deployments by the engine and the command line while a tenth of all calls to AWS fails, controllers are killed and people
 * change their minds; what is recorded is compared with what is. A slice by default; {@code bin/chaos} runs all of it.
 *
 * <p>System properties: {@code chaos.deployments} how many, {@code chaos.services} how many at once, {@code chaos.seed} of
 * all draws, {@code chaos.buckets} whether AWS's token buckets throttle as well.
 */
@Tag("e2e")
@Timeout(3600)
class ChaosTest {

    private static final int ENOUGH_KILL_POINTS = 12;
    private static final int WHOLE_SUITE = 200;

    private final int deployments = Integer.getInteger("chaos.deployments", 24);
    private final long seed = Long.getLong("chaos.seed", 1);
    private final boolean buckets = Boolean.getBoolean("chaos.buckets");
    private final Tally tally = new Tally();

    @Test
    void noWrongVerdictNoSecondStartNoMixedWeightsUnreported() throws Exception {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "chaos")), "run");
        int services = Integer.getInteger("chaos.services", 12);
        List<Scenario> scenarios = Scenario.draw(deployments, services, seed);
        try (ChaosWorld world = new ChaosWorld(directory, services, seed)) {
            GeneralFaults faults = world.faults(buckets);
            runAll(world, faults, scenarios);
            tally.faults("calls", faults);
        }
        report(directory);
        assertThat(tally.findings()).as("with chaos.seed=" + seed).isEmpty();
        if (deployments >= WHOLE_SUITE) {
            assertThat(tally.killed()).hasSizeGreaterThanOrEqualTo(ENOUGH_KILL_POINTS);
        }
    }

    /** Each service takes the next scenario when it is done with one; after being stranded it takes none. */
    private void runAll(ChaosWorld world, GeneralFaults faults, List<Scenario> scenarios) throws Exception {
        Queue<Scenario> waiting = new ConcurrentLinkedQueue<>();
        Queue<Scenario> stranded = new ConcurrentLinkedQueue<>();
        scenarios.forEach(each -> (each.kind() == Scenario.Kind.STRANDED ? stranded : waiting).add(each));
        ExecutorService workers = Executors.newFixedThreadPool(world.services().size());
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (ChaosService service : world.services()) {
                all.add(() -> {
                    for (Scenario next = waiting.poll(); next != null; next = waiting.poll()) {
                        run(world, faults, service, next);
                    }
                    Scenario last = stranded.poll();
                    if (last != null) {
                        run(world, faults, service, last);
                    }
                    return null;
                });
            }
            for (Future<Void> done : workers.invokeAll(all)) {
                done.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void run(ChaosWorld world, GeneralFaults faults, ChaosService service, Scenario scenario) throws Exception {
        assertThat(world.waits().until(service.truth()::ready))
                .as(service.name() + " can't be deployed to before " + scenario)
                .isTrue();
        Oracle oracle = new Oracle(service, world.records());
        world.log(service.name() + " " + scenario);
        Course course = new Course(world, service, scenario);
        FaultStatus own = scenario.directed() == null ? null : faults.add(scenario.directed());
        try {
            course.run();
        } finally {
            if (own != null) {
                faults.remove(own);
            }
        }
        List<Finding> findings = new ArrayList<>();
        course.problems().forEach(text -> findings.add(new Finding(Wrong.HANGING, text)));
        if (!world.waits().until(service.truth()::quiet)) {
            findings.add(new Finding(Wrong.HANGING, "AWS does not come to an end"));
        }
        findings.addAll(oracle.judge());
        tally.add(scenario, course.killed(), oracle.views(), oracle.deployed().size(), findings);
        if (!findings.isEmpty()) {
            dump(world, oracle, scenario, findings);
        }
    }

    /** What it takes to understand it. */
    private static synchronized void dump(ChaosWorld world, Oracle oracle, Scenario scenario, List<Finding> findings)
            throws IOException {
        System.err.println("==== " + scenario);
        findings.forEach(System.err::println);
        List<String> names = new ArrayList<>(List.of("chaos #" + scenario.number() + " "));
        oracle.deployed().forEach(each -> names.add(each.id()));
        for (var view : oracle.views()) {
            System.err.println("---- " + view.id());
            Files.readAllLines(world.records().timelineFile(view.id())).forEach(System.err::println);
            names.add(view.id());
        }
        world.log(names).forEach(System.err::println);
    }

    private void report(Path directory) throws IOException {
        List<String> lines = new ArrayList<>(tally.table());
        lines.add("");
        lines.add("seed " + seed + (buckets ? ", with AWS's token buckets" : ""));
        Files.write(directory.resolve("results.md"), lines);
        lines.forEach(System.out::println);
    }
}
