package io.jenkins.plugins.ecscanary.localaws.ecs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.CannotStart;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.Container;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.ContainerSpec;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** Real processes. */
class ProcessTaskRuntimeTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private Path jar;
    private ProcessTaskRuntime runtime;

    @BeforeEach
    void open() throws IOException {
        jar = TestApp.jar(directory.resolve("image.jar"));
        runtime = new ProcessTaskRuntime(directory.resolve("tasks"));
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void environmentAndOutputAreTheContainersOwn() throws Exception {
        Container container = start("print");
        assertThat(exitCode(container)).isZero();
        List<String> lines = new ArrayList<>();
        output.drainTo(lines);
        Path home = directory.resolve("tasks").resolve("task").resolve("web");
        assertThat(lines)
                .contains("HOST=127.0.0.1", "VERSION=7", "LANG=C.UTF-8", "cwd=" + home, "tmp=" + home.resolve("tmp"))
                .contains("to standard error", "no line end, ünïcödé")
                .contains("x".repeat(OutputLines.LONGEST), "yz");
        assertThat(lines.stream().filter(line -> line.matches("[A-Z_]+=.*")).map(line -> line.split("=")[0]))
                .containsExactlyInAnyOrder("HOST", "PORT", "VERSION", "LANG", "PATH");
        assertThat(home).as("removed after the exit").doesNotExist();
    }

    @Test
    void theExitCodeIsTheProcesss() throws Exception {
        assertThat(exitCode(start("exit", "7"))).isEqualTo(7);
    }

    @Test
    void stopIsGraceful() throws Exception {
        Container container = start("serve");
        assertThat(output.poll(60, SECONDS)).startsWith("pid ");
        container.stop(LONG);
        assertThat(exitCode(container)).as("128 + SIGTERM").isEqualTo(143);
        assertThat(output).as("its last words are heard").contains("bye");
    }

    @Test
    void whoIgnoresSigtermIsKilledWhenTheTimeIsOver() throws Exception {
        Container container = start("stubborn");
        assertThat(output.poll(60, SECONDS)).isEqualTo("ready");
        container.stop(Duration.ofMillis(300));
        assertThat(exitCode(container)).as("128 + SIGKILL").isEqualTo(137);
    }

    @Test
    void healthChecksRunBesideTheContainer() throws Exception {
        Container container = start("serve");
        assertThat(output.poll(60, SECONDS)).startsWith("pid ");
        assertThat(result(check(container, "check", LONG))).isZero();
        assertThat(result(check(container, "nonsense", LONG))).isEqualTo(1);
        assertThat(failure(check(container, "stubborn", Duration.ofMillis(300))))
                .isInstanceOf(TimeoutException.class);
        assertThat(failure(container.exec(List.of("curl", "http://127.0.0.1"), LONG)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("curl");
    }

    @Test
    void onlyJavaProgramsCanBeStarted() {
        assertThatThrownBy(() -> start(List.of("/bin/sh", "-c", "true")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("/bin/sh")
                .hasMessageContaining("the command must be java");
        assertThatThrownBy(() -> start(List.of())).isInstanceOf(CannotStart.class);
        assertThat(directory.resolve("tasks").resolve("task")).doesNotExist();
    }

    @Test
    void anImagesOwnFlagsWinOverTheSmallOnes() throws Exception {
        assertThat(exitCode(start(List.of("java", "-XX:+UseParallelGC", "-Xmx32m", "-jar", "app.jar", "exit", "0"))))
                .isZero();
    }

    @Test
    void closeKillsWhatStillRuns() throws Exception {
        Container container = start("stubborn");
        assertThat(output.poll(60, SECONDS)).isEqualTo("ready");
        runtime.close();
        assertThat(exitCode(container)).isEqualTo(137);
        assertThatThrownBy(() -> start("print")).isInstanceOf(CannotStart.class).hasMessageContaining("shutting down");
    }

    /** SIGTERM leaves the shutdown hook a chance, SIGKILL nothing: then only the tether is left. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noTaskOutlivesItsHost(boolean kill) throws Exception {
        String classPath = Stream.of(RuntimeHost.class, ProcessTaskRuntime.class, Logger.class)
                .map(ProcessTaskRuntimeTest::location)
                .collect(Collectors.joining(File.pathSeparator));
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        RuntimeHost.class.getName(),
                        directory.resolve("hosted").toString(),
                        jar.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("pid ")) {
                line = lines.readLine();
            }
            assertThat(line).as("the container has started").isNotNull();
            ProcessHandle task =
                    ProcessHandle.of(Long.parseLong(line.substring(4))).orElseThrow();
            assertThat(task.isAlive()).isTrue();
            if (kill) {
                host.toHandle().destroyForcibly();
            } else {
                host.toHandle().destroy();
            }
            task.onExit().get(60, SECONDS);
            assertThat(task.isAlive()).isFalse();
        } finally {
            host.destroyForcibly().waitFor();
        }
    }

    private Container start(String... arguments) throws CannotStart {
        List<String> command = new ArrayList<>(List.of("java", "-jar", "app.jar"));
        command.addAll(Arrays.asList(arguments));
        return start(command);
    }

    private Container start(List<String> command) throws CannotStart {
        RunnableImage image = new RunnableImage("sha256:0", jar, Map.of(), List.of(), List.of());
        Map<String, String> environment = Map.of("HOST", "127.0.0.1", "PORT", "0", "VERSION", "7");
        return runtime.start(
                new ContainerSpec("task", "web", image, "127.0.0.1", 0, environment, command), output::add);
    }

    private static CompletionStage<Integer> check(Container container, String what, Duration timeout) {
        return container.exec(List.of("java", "-cp", "app.jar", TestApp.class.getName(), what), timeout);
    }

    private static int exitCode(Container container) throws Exception {
        return result(container.exited());
    }

    private static int result(CompletionStage<Integer> stage) throws Exception {
        return stage.toCompletableFuture().get(60, SECONDS);
    }

    private static Throwable failure(CompletionStage<Integer> stage) throws Exception {
        try {
            throw new AssertionError("should have failed, but gave " + result(stage));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
