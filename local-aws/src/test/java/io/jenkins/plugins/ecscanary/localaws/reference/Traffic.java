package io.jenkins.plugins.ecscanary.localaws.reference;

import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Steady requests from a few clients, counted by version and status; what fails is kept in words. */
final class Traffic implements AutoCloseable {

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    Traffic(URI url, int threads, int perSecondEach) {
        for (int i = 0; i < threads; i++) {
            Thread client = new Thread(() -> send(url, 1_000_000_000L / perSecondEach), "traffic-" + i);
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
    }

    private void send(URI url, long pauseNanos) {
        while (!stopped) {
            try {
                HttpURLConnection request = (HttpURLConnection) url.toURL().openConnection();
                request.setConnectTimeout(30_000);
                request.setReadTimeout(30_000);
                int status = request.getResponseCode();
                var body = status < 400 ? request.getInputStream() : request.getErrorStream();
                String version = new String(body.readAllBytes());
                answers.computeIfAbsent(
                                status + " " + (version.length() < 20 ? version : "other"), k -> new LongAdder())
                        .increment();
                if (status != 200) {
                    failures.add(status + " from " + version);
                }
            } catch (java.io.IOException e) {
                failures.add(e.toString());
            }
            LockSupport.parkNanos(pauseNanos);
        }
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    long count(String statusAndVersion) {
        LongAdder count = answers.get(statusAndVersion);
        return count == null ? 0 : count.sum();
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the last requests end", e);
            }
        }
    }
}
