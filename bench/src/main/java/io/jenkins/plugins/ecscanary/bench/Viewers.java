package io.jenkins.plugins.ecscanary.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Open pages: each asks at its interval for what has changed since it asked last. */
final class Viewers {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI document;
    final LongAdder unchanged = new LongAdder();
    final LongAdder whole = new LongAdder();
    final LongAdder failed = new LongAdder();
    final AtomicInteger longest = new AtomicInteger();
    volatile boolean compressed;

    Viewers(URI document) {
        this.document = document;
    }

    /** Looks for so long, the viewers' polls spread evenly over the interval. */
    void look(int viewers, Duration interval, Duration time) throws InterruptedException {
        try (Stopping timer = new Stopping(Executors.newScheduledThreadPool(1))) {
            for (int i = 0; i < viewers; i++) {
                Viewer viewer = new Viewer();
                timer.executor.scheduleAtFixedRate(
                        viewer::poll, interval.toNanos() * i / viewers, interval.toNanos(), TimeUnit.NANOSECONDS);
            }
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    }

    private record Stopping(ScheduledExecutorService executor) implements AutoCloseable {
        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    /** One page: it does not ask again before it was answered. */
    private final class Viewer {
        private volatile String etag = "\"none\"";
        private volatile CompletableFuture<?> asked = CompletableFuture.completedFuture(null);

        void poll() {
            if (!asked.isDone()) {
                return;
            }
            HttpRequest request = HttpRequest.newBuilder(document)
                    .header("If-None-Match", etag)
                    .header("Accept-Encoding", "gzip")
                    .timeout(Duration.ofSeconds(10))
                    .build();
            asked = client.sendAsync(request, BodyHandlers.ofByteArray()).handle((answer, failure) -> {
                if (failure != null) {
                    failed.increment();
                } else {
                    answered(answer);
                }
                return null;
            });
        }

        private void answered(HttpResponse<byte[]> answer) {
            switch (answer.statusCode()) {
                case 304 -> unchanged.increment();
                case 200 -> {
                    whole.increment();
                    etag = answer.headers().firstValue("ETag").orElse(etag);
                    longest.accumulateAndGet(answer.body().length, Math::max);
                    compressed |=
                            answer.headers().firstValue("Content-Encoding").isPresent();
                }
                default -> failed.increment();
            }
        }
    }
}
