package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs containers as plain java processes of this JVM's own java. Each has a working directory of its own in which the
 * image's jar is {@code app.jar}, and nothing in its environment but what image and task definition give, PATH and LANG.
 *
 * <p>No process outlives local-aws: {@link #close()} kills them, a shutdown hook does the same when the JVM is asked to
 * end, and {@link Tether} ends them when it was not asked.
 */
public final class ProcessTaskRuntime implements TaskRuntime {

    /** Small enough for a dozen tasks on a laptop; an image's own flags come later on the command line and win. */
    public static final List<String> SMALL_JVM =
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto");

    private static final long CLOSE_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessTaskRuntime.class);

    private final Path directory;
    private final List<String> flags;
    private final JavaCommand java;
    private final Set<ProcessContainer> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private final Thread hook = new Thread(this::killAll, "local-aws-kill-tasks");

    /** @param directory for the tasks' working directories, made if it is not there */
    public ProcessTaskRuntime(Path directory) {
        this(directory, SMALL_JVM);
    }

    public ProcessTaskRuntime(Path directory, List<String> flags) {
        this.directory = directory.toAbsolutePath();
        this.flags = List.copyOf(flags);
        try {
            Files.createDirectories(this.directory);
            this.java = new JavaCommand(this.directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the tasks' directory " + directory, e);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public Container start(ContainerSpec spec, Consumer<String> output) throws CannotStart {
        if (closed) {
            throw new CannotStart("CannotStartContainerError: local-aws is shutting down");
        }
        WorkDirectory work = new WorkDirectory(directory.resolve(spec.taskId()).resolve(spec.name()));
        ProcessBuilder builder = new ProcessBuilder(java.line(spec.command(), flags, work.temporary()));
        try {
            work.make(spec.image().jar());
            prepare(builder, work, spec.environment());
            builder.redirectErrorStream(true);
            ProcessContainer container =
                    new ProcessContainer(builder.start(), work, output, command -> exec(command, work, spec));
            running.add(container);
            container.exited().whenComplete((code, error) -> running.remove(container));
            if (closed) {
                container.kill(); // close() may have looked before this one was there
            }
            return container;
        } catch (IOException e) {
            LOG.warn("container {} of task {} cannot be started", spec.name(), spec.taskId(), e);
            throw new CannotStart("CannotStartContainerError: " + e.getMessage());
        }
    }

    private Process exec(List<String> command, WorkDirectory work, ContainerSpec spec) throws CannotStart, IOException {
        ProcessBuilder builder = new ProcessBuilder(java.line(command, flags, work.temporary()));
        prepare(builder, work, spec.environment());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private static void prepare(ProcessBuilder builder, WorkDirectory work, Map<String, String> given) {
        builder.directory(work.home().toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.get("PATH");
        environment.clear();
        if (path != null) {
            environment.put("PATH", path);
        }
        environment.put("LANG", "C.UTF-8");
        environment.putAll(given);
    }

    /** Returns when they have ended, or after some seconds at most. */
    @Override
    public void close() {
        CompletableFuture<?>[] ends = running.stream()
                .map(container -> container.exited().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        killAll();
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is shutting down, the hook runs anyway", e);
        }
    }

    private void killAll() {
        closed = true;
        running.forEach(ProcessContainer::kill);
    }
}
