package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The service in a JVM of its own, as a task runs it. */
final class ServiceProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader stdout;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private int port;

    private ServiceProcess(Process process) {
        this.process = process;
        this.stdout = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param what {@code -jar x.jar} or {@code -cp … Main} */
    static ServiceProcess start(Map<String, String> environment, String... what) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // As in the image.
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.addAll(List.of(what));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start());
    }

    static ServiceProcess mainClass(Class<?> main, Map<String, String> environment) throws IOException {
        return start(environment, "-cp", System.getProperty("java.class.path"), main.getName());
    }

    /** Reads on until the event has come; every line on the way must be a JSON object with a time and an event. */
    JsonNode awaitEvent(String event) throws IOException {
        String line = stdout.readLine();
        while (line != null) {
            JsonNode node = JSON.readTree(line);
            assertThat(node.get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
            if (node.has("port")) {
                port = node.get("port").asInt();
            }
            if (node.get("event").asText().equals(event)) {
                return node;
            }
            line = stdout.readLine();
        }
        throw new AssertionError("no event " + event + " before the output ended; stderr: " + stderr());
    }

    String stderr() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    int port() {
        return port;
    }

    /** SIGTERM. By the handle, as {@link Process#destroy()} also closes the streams we still want to read. */
    void terminate() {
        assertThat(process.toHandle().destroy())
                .as("the process can be signalled")
                .isTrue();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process ends").isTrue();
        return process.exitValue();
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return getLater(path).get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
