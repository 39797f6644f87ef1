package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container that is a process. Signals go through the process's handle: {@link Process#destroy()} would close the
 * pipes as well, and with them the {@link Tether}, so that a graceful end were none.
 */
final class ProcessContainer implements TaskRuntime.Container {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessContainer.class);

    /** How long after the exit output is waited for, should a grandchild hold the pipe open. */
    private static final long LAST_OUTPUT_SECONDS = 2;

    private final Process process;
    private final WorkDirectory work;
    private final Exec exec;
    private final Set<Process> execs = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Integer> exited;

    /** Starts a process in the container's environment. */
    @FunctionalInterface
    interface Exec {
        Process start(List<String> command) throws CannotStart, IOException;
    }

    ProcessContainer(Process process, WorkDirectory work, Consumer<String> output, Exec exec) {
        this.process = process;
        this.work = work;
        this.exec = exec;
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(output, drained), "task-output-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        exited = process.onExit()
                .thenCompose(ended -> drained.completeOnTimeout(null, LAST_OUTPUT_SECONDS, TimeUnit.SECONDS)
                        .thenApply(nothing -> ended.exitValue()))
                .whenComplete((code, error) -> cleanUp());
    }

    @Override
    public CompletionStage<Integer> exited() {
        return exited;
    }

    @Override
    public void stop(Duration grace) {
        if (grace.isZero()) {
            kill();
            return;
        }
        process.toHandle().destroy();
        CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS).execute(this::kill);
    }

    void kill() {
        process.toHandle().destroyForcibly();
        execs.forEach(Process::destroyForcibly);
    }

    @Override
    public CompletionStage<Integer> exec(List<String> command, Duration timeout) {
        Process check;
        try {
            check = exec.start(command);
        } catch (CannotStart | IOException e) {
            LOG.warn("health check {} cannot be run: {}", command, e.getMessage());
            return CompletableFuture.failedFuture(e);
        }
        execs.add(check);
        return check.onExit()
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(Process::exitValue)
                .whenComplete((code, error) -> {
                    execs.remove(check);
                    check.destroyForcibly();
                });
    }

    private void read(Consumer<String> output, CompletableFuture<Void> drained) {
        try {
            OutputLines.read(process.getInputStream(), output);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the output of process {} is lost from here on", process.pid(), e);
        } finally {
            drained.complete(null);
        }
    }

    private void cleanUp() {
        execs.forEach(Process::destroyForcibly);
        try {
            work.remove();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot remove {}", work.home(), e); // a grandchild may still be writing there
        }
    }
}
