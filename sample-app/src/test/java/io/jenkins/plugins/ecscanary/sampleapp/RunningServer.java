package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee11.servlet.ServletHolder;

/** A server on a port of its own, and a client for it. */
final class RunningServer implements AutoCloseable {

    static final Settings SETTINGS = new Settings("127.0.0.1", 0, "1.4.2", "registry/web:1.4.2", "4f2a9c", Faults.NONE);

    final SampleServer server;
    final ManualTimer timer = new ManualTimer();
    final List<String> log = new CopyOnWriteArrayList<>();
    private int port;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private RunningServer(Settings settings, Limits limits, DrainTimes drainTimes) {
        server = new SampleServer(settings, limits, drainTimes, new EventLog(log::add, Clock.systemUTC()), timer);
    }

    static RunningServer start(Settings settings) throws Exception {
        return start(settings, Limits.DEFAULT, DrainTimes.DEFAULT);
    }

    static RunningServer start(Settings settings, Limits limits, DrainTimes drainTimes) throws Exception {
        return start(settings, limits, drainTimes, null);
    }

    /** @param slow also answers {@code /slow}, or null */
    static RunningServer start(Settings settings, Limits limits, DrainTimes drainTimes, HttpServlet slow)
            throws Exception {
        RunningServer running = new RunningServer(settings, limits, drainTimes);
        if (slow != null) {
            running.server.servlets().addServlet(new ServletHolder(slow), "/slow");
        }
        running.server.start();
        running.port = running.server.port();
        return running;
    }

    static RunningServer with(Faults faults) throws Exception {
        return start(settings(faults));
    }

    static Settings settings(Faults faults) {
        return new Settings("127.0.0.1", 0, "1.4.2", "registry/web:1.4.2", "4f2a9c", faults);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(request(method, path), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request("GET", path), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
