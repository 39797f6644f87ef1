package io.jenkins.plugins.ecscanary.jenkins.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Steady requests to a service, so that there is something to judge a release by. What is answered AWS counts. */
public final class Users implements AutoCloseable {

    private static final int PER_SECOND = 100;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "users");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param service whose pages are asked for */
    public Users(URI service) {
        HttpRequest request =
                HttpRequest.newBuilder(service).timeout(Duration.ofSeconds(10)).build();
        clock.scheduleAtFixedRate(
                () -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding()),
                0,
                TimeUnit.SECONDS.toMicros(1) / PER_SECOND,
                TimeUnit.MICROSECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
