package io.jenkins.plugins.ecscanary.cli.chaos;

import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.e2e.CliRun;
import io.jenkins.plugins.ecscanary.cli.e2e.CuttingProxy;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Carries one scenario out: asks for the deployment, does to it what is to be done, and sees that someone follows it. */
final class Course {

    private static final int TAKEN_UP_AT_MOST = 8;

    private final ChaosWorld world;
    private final ChaosService service;
    private final Scenario scenario;
    private final List<String> problems = new ArrayList<>();
    private boolean killed;

    Course(ChaosWorld world, ChaosService service, Scenario scenario) {
        this.world = world;
        this.service = service;
        this.scenario = scenario;
    }

    /** Whether the controller was really killed at its point, and did not end before. */
    boolean killed() {
        return killed;
    }

    /** What went wrong with the controllers themselves. */
    List<String> problems() {
        return problems;
    }

    void run() throws Exception {
        if (scenario.kind() == Scenario.Kind.KILLED) {
            killAndTakeOver();
        } else {
            inProcess();
        }
        finish();
    }

    private void inProcess() throws Exception {
        Running running = world.engine().deploy(service.request(scenario));
        AtomicBoolean done = new AtomicBoolean();
        running.listen(entry -> {
            if (scenario.at() != null && scenario.at().is(entry.event()) && done.compareAndSet(false, true)) {
                CompletableFuture.runAsync(() -> interfere(running));
            }
        });
        follow(running);
    }

    private void interfere(Running running) {
        if (scenario.kind() == Scenario.Kind.STRANDED) {
            service.truth().stopWithoutRollBack(running.view().deploymentId());
        } else {
            running.rollBack("chaos", "a change of mind");
        }
    }

    private void follow(Running running) throws Exception {
        try {
            running.verdict().toCompletableFuture().get(Waits.MOST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            problems.add("hangs: no verdict for " + running.view().id());
            running.leave();
        } catch (ExecutionException | CompletionException e) {
            world.log(scenario + ": not followed: " + e.getCause());
        }
    }

    private void killAndTakeOver() throws Exception {
        KillPoint at = scenario.at();
        List<String> deploy = service.deploy(scenario);
        try (CuttingProxy proxy = proxy(at);
                CliRun run = world.cli(service, proxy == null ? null : proxy.endpoint(), deploy)) {
            if (at.stopping() && run.awaitOrEnd(KillPoint.FIRST_SHIFT::is)) {
                run.signal("INT");
            }
            if (proxy == null) {
                killed = run.awaitOrEnd(at::is);
            } else {
                CompletableFuture.anyOf(proxy.cut(), run.ended()).get(Waits.MOST_SECONDS, TimeUnit.SECONDS);
                killed = proxy.cut().isDone();
            }
            if (killed) {
                run.kill();
            } else {
                checkExit(run, "deploy");
                return;
            }
        }
        Optional<RecordSummary> left = newest();
        if (scenario.deployAgain()) {
            try (CliRun again = world.cli(service, null, deploy)) {
                checkExit(again, "deploy again");
            }
        } else if (left.isPresent() && scenario.number() % 2 == 0) {
            follow(world.engine().watch(left.get().id()));
        } else if (left.isPresent()) {
            try (CliRun watch =
                    world.cli(service, null, List.of("watch", left.get().id()))) {
                checkExit(watch, "watch");
            }
        }
    }

    private CuttingProxy proxy(KillPoint at) throws Exception {
        if (at.cut() == null) {
            return null;
        }
        return at.cut() == KillPoint.Cut.BEFORE
                ? CuttingProxy.startBefore(world.endpoint(), at.operation())
                : CuttingProxy.start(world.endpoint(), at.operation());
    }

    /** The exit code must say what the last event says. */
    private void checkExit(CliRun run, String what) throws Exception {
        int code = run.exitCode();
        List<DeploymentEvent.Ended> ended = run.events(DeploymentEvent.Ended.class);
        if (ended.isEmpty()) {
            // 1: it could not begin; 7: it could not say. What it did not say, someone else has to.
            world.log(scenario + ": " + what + " left with " + code + ": "
                    + run.err().strip());
            if (code != ExitCode.UNKNOWN.code() && code != ExitCode.FAILED.code()) {
                problems.add(what + " told no end and exited with " + code + ": " + run.err());
            }
        } else if (ExitCode.of(ended.get(0).verdict().outcome()).code() != code) {
            problems.add(what + " ended " + ended.get(0).verdict() + " and exited with " + code);
        }
    }

    /** A record that nobody follows is taken up, again where AWS could not be asked. */
    private void finish() throws Exception {
        for (int i = 0; i < TAKEN_UP_AT_MOST; i++) {
            Optional<RecordSummary> open = world.records().history(service.key()).stream()
                    .filter(record -> record.verdict() == null)
                    .findFirst();
            if (open.isEmpty()) {
                return;
            }
            world.log(scenario + ": " + open.get().id() + " is taken up");
            follow(world.engine().watch(open.get().id()));
        }
    }

    private Optional<RecordSummary> newest() {
        return world.records().history(service.key()).stream().findFirst().filter(record -> record.startedBy()
                .equals("chaos " + scenario.number()));
    }
}
