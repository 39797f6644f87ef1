package io.jenkins.plugins.ecscanary.cli.e2e;

import io.jenkins.plugins.ecscanary.cli.EcsCanary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The command line as a process of its own, as users run it. */
public final class CliRun implements AutoCloseable {

    private static final long MOST_SECONDS = 120;
    private static final String END = "\0end";

    private final Process process;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> err;
    private final List<DeploymentEvent> events = new ArrayList<>();
    private final List<String> text = new ArrayList<>();

    private CliRun(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "cli-out");
        reader.setDaemon(true);
        reader.start();
        err = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** @param environment over this process's, without its AWS variables */
    public static CliRun start(Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                EcsCanary.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        // No keys from anywhere else: not from a file of this machine's user, not from a metadata service.
        builder.environment().put("AWS_CONFIG_FILE", "/nonexistent");
        builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().putAll(environment);
        return new CliRun(builder.start());
    }

    /** {@code deploy} and the like in a world, its events as JSON; silence is accepted, for there are no users. */
    static CliRun inWorld(World world, Path state, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--state", state.toString(), "--json", "--speed", "60", "--no-page"));
        if (!List.of("watch", "promote", "rollback").contains(arguments[0])) {
            all.addAll(List.of("--min-requests", "0"));
        }
        return start(world.local().directory(), world.local().environment(), all.toArray(String[]::new));
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.add(line);
            }
        } catch (IOException e) {
            out.add("unreadable: " + e);
        }
        out.add(END);
    }

    /** Waits for an event; fails if the process ends before. */
    <E extends DeploymentEvent> E await(Class<E> type) throws Exception {
        while (true) {
            String line = out.poll(MOST_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("no " + type.getSimpleName() + " came; " + events + "; " + errIfEnded());
            }
            DeploymentEvent event = TimelineCodec.read(line).event();
            events.add(event);
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    /** Waits for an event; false if the process ends before. */
    public boolean awaitOrEnd(Predicate<DeploymentEvent> wanted) throws Exception {
        while (true) {
            String line = out.poll(MOST_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing came; " + events + "; " + errIfEnded());
            }
            if (line.equals(END)) {
                out.add(END);
                return false;
            }
            DeploymentEvent event = TimelineCodec.read(line).event();
            events.add(event);
            if (wanted.test(event)) {
                return true;
            }
        }
    }

    /** Completes when the process ends. */
    public CompletableFuture<?> ended() {
        return process.onExit();
    }

    /** Waits until a tenth or more of the traffic has shifted. */
    void awaitShift() throws Exception {
        await(DeploymentEvent.TrafficShifted.class);
    }

    /** Waits for the end and answers the exit code. */
    public int exitCode() throws Exception {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end");
        }
        String line = out.poll(MOST_SECONDS, TimeUnit.SECONDS);
        while (line != null && !line.equals(END)) {
            if (line.startsWith("{")) {
                events.add(TimelineCodec.read(line).event());
            } else {
                text.add(line);
            }
            line = out.poll(MOST_SECONDS, TimeUnit.SECONDS);
        }
        return process.exitValue();
    }

    /** The lines that are no events, once it has ended. */
    List<String> text() {
        return List.copyOf(text);
    }

    public String err() throws Exception {
        return err.get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** All events so far of one type. */
    public <E extends DeploymentEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** SIGKILL: it gets no chance to do anything. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private String errIfEnded() throws Exception {
        return process.isAlive() ? "it still runs" : err();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
