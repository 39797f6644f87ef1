package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.cli.EcsCanary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** This very command line as a process of its own, on the same terminal: what is shown is what users run. */
final class CliProcess implements AutoCloseable {

    private static final long END_SECONDS = 10;

    private final Process process;

    private CliProcess(Process process) {
        this.process = process;
    }

    static CliProcess start(List<String> arguments, Path directory, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath(),
                EcsCanary.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
        builder.environment().putAll(environment);
        return new CliProcess(builder.start());
    }

    /** Ours, wherever the process runs. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends it if it still runs: it leaves at SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
