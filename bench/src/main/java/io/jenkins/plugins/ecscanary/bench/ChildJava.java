package io.jenkins.plugins.ecscanary.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for what is measured: its memory, threads and processor time are nobody else's. */
final class ChildJava implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private volatile boolean closing;

    private ChildJava(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A main class of ours, with this JVM's class path. */
    static ChildJava of(Class<?> main, List<String> options, List<String> arguments, Path errors) throws IOException {
        List<String> what = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        what.addAll(arguments);
        return start(options, what, Map.of(), Path.of(""), errors);
    }

    /** Somebody else's main class, with a class path of its own, relative to the directory it is started in. */
    static ChildJava of(Path directory, Path classPath, String main, List<String> arguments, Path errors)
            throws IOException {
        List<String> what = new ArrayList<>(List.of("-cp", classPath.toString(), main));
        what.addAll(arguments);
        return start(List.of("-Xmx128m"), what, Map.of(), directory, errors);
    }

    /** A runnable jar. */
    static ChildJava jar(Path jar, List<String> options, Map<String, String> environment, Path errors)
            throws IOException {
        return start(options, List.of("-jar", jar.toString()), environment, Path.of(""), errors);
    }

    private static ChildJava start(
            List<String> options, List<String> what, Map<String, String> environment, Path directory, Path errors)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java"));
        command.addAll(options);
        command.addAll(what);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new ChildJava(builder.start());
    }

    /** The next line that begins so. */
    String await(String beginning) throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException(
                "a process ended before it said \"" + beginning + "\"; see what it left beside its output");
    }

    /** Null at its end. */
    String line() throws IOException {
        return output.readLine();
    }

    /** From now on what it says is read and forgotten: a process whose output nobody reads comes to a halt. */
    void discardOutput() {
        Thread reader = new Thread(
                () -> {
                    try {
                        output.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        if (!closing) {
                            System.err.println("a process's output can't be read any more: " + e.getMessage());
                        }
                    }
                },
                "output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Processor time so far, its start included. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        closing = true;
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
