package io.jenkins.plugins.ecscanary.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrafficTest {

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch forty = new CountDownLatch(40);
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int n = requests.incrementAndGet();
            byte[] body = ("<title>Version " + (n % 4 == 0 ? "2.0.0" : "1.0.0") + "</title>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(n % 10 == 0 ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            forty.countDown();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void countsEveryRequestOnceByVersionAndByKindOfFailure() throws Exception {
        Tally tally;
        try (Traffic traffic = Traffic.start(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), 200)) {
            tally = traffic.next();
            assertThat(forty.await(30, TimeUnit.SECONDS)).isTrue();
            traffic.next();
            tally.awaitAnswers(Duration.ofSeconds(30));
        }

        long successes =
                tally.versions().values().stream().mapToLong(Long::longValue).sum();
        assertThat(tally.versions()).containsOnlyKeys("1.0.0", "2.0.0");
        assertThat(tally.failures()).containsOnlyKeys("HTTP 500");
        assertThat(successes + tally.failed()).isEqualTo(tally.requests());
        assertThat(tally.errorShare()).isBetween(5.0, 15.0);
    }

    @Test
    void namesAnUnreachableTarget() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        Tally tally;
        try (Traffic traffic = Traffic.start(URI.create("http://127.0.0.1:" + port + "/"), 100)) {
            tally = traffic.next();
            while (tally.requests() < 5) {
                Thread.onSpinWait();
            }
            traffic.next();
            tally.awaitAnswers(Duration.ofSeconds(30));
        }

        assertThat(tally.failures()).containsOnlyKeys("connection refused");
        assertThat(tally.versions()).isEqualTo(Map.of());
    }
}
