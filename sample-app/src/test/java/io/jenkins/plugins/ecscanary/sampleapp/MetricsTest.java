package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static double scrape(RunningServer running, String sample) {
        try {
            return new PrometheusSamples(running.get("/metrics").body()).value(sample);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request is counted just after its answer was sent, so the client may be here first: asks until it is. */
    private static void assertBecomes(RunningServer running, String sample, double expected) {
        long start = System.nanoTime();
        double value = scrape(running, sample);
        while (value != expected && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
            value = scrape(running, sample);
        }
        assertThat(value).as(sample).isEqualTo(expected);
    }

    @Test
    void requests_are_counted_by_route_and_class_of_status() throws Exception {
        try (RunningServer running =
                RunningServer.with(new Faults(250_000, Duration.ZERO, Duration.ZERO, Optional.empty()))) {
            for (int n = 0; n < 4; n++) {
                running.get("/");
            }
            running.get("/nope");
            running.get("/health");
            running.send("POST", "/health");
            running.get("/version");
            Map.of(
                            "http_requests_total{route=\"/\",status=\"2xx\"}", 3,
                            "http_requests_total{route=\"/\",status=\"4xx\"}", 1,
                            "http_requests_total{route=\"/\",status=\"5xx\"}", 1,
                            "http_requests_total{route=\"/health\",status=\"2xx\"}", 1,
                            "http_requests_total{route=\"/health\",status=\"4xx\"}", 1,
                            "http_requests_total{route=\"/version\",status=\"2xx\"}", 1,
                            "http_requests_in_flight{route=\"/\"}", 0,
                            "http_requests_in_flight{route=\"/metrics\"}", 1)
                    .forEach((sample, count) -> assertBecomes(running, sample, count));
            var response = running.get("/metrics");
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(
                            type -> assertThat(type).startsWith("text/plain").contains("version=0.0.4"));
            assertThat(new PrometheusSamples(response.body()).families())
                    .containsExactly(
                            "app_info",
                            "http_requests_total",
                            "http_requests_in_flight",
                            "http_request_duration_seconds");
        }
    }

    @Test
    void requests_in_flight_are_counted_until_they_are_answered() throws Exception {
        Faults faults = new Faults(0, Duration.ofMillis(300), Duration.ZERO, Optional.empty());
        try (RunningServer running = RunningServer.with(faults)) {
            var first = running.getLater("/");
            ManualTimer.Entry firstPage = running.timer.next();
            var second = running.getLater("/");
            ManualTimer.Entry secondPage = running.timer.next();
            assertThat(scrape(running, "http_requests_in_flight{route=\"/\"}")).isEqualTo(2);
            firstPage.fire();
            secondPage.fire();
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
            assertBecomes(running, "http_requests_in_flight{route=\"/\"}", 0);
        }
    }

    @Test
    void those_refused_under_overload_are_counted_too() throws Exception {
        HeldServlet slow = new HeldServlet();
        Limits limits = new Limits(8, 1, 0, Duration.ofMinutes(1), 100);
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS, limits, DrainTimes.DEFAULT, slow)) {
            var held = running.getLater("/slow");
            assertThat(slow.awaitEntered(1)).isTrue();
            for (int n = 0; n < 3; n++) {
                assertThat(running.get("/").statusCode()).isEqualTo(503);
            }
            assertBecomes(running, "http_requests_total{route=\"/\",status=\"5xx\"}", 3);
            slow.release();
            held.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_histogram_is_cumulative_and_ends_in_the_count() throws Exception {
        RequestMetrics metrics = new RequestMetrics();
        for (long millis : List.of(1L, 2L, 30L, 30L, 999L, 20_000L)) {
            metrics.of(Route.PAGE).begin();
            metrics.of(Route.PAGE).end(200, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        PrometheusSamples samples = new PrometheusSamples(new PrometheusText(RunningServer.SETTINGS, metrics).render());
        String bucket = "http_request_duration_seconds_bucket{route=\"/\",le=\"";
        List<Double> counts = samples.values().entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(bucket))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(counts).hasSize(13).isSorted();
        assertThat(samples.value(bucket + "0.001\"}")).isEqualTo(1);
        assertThat(samples.value(bucket + "0.005\"}")).isEqualTo(2);
        assertThat(samples.value(bucket + "0.025\"}")).isEqualTo(2);
        assertThat(samples.value(bucket + "0.05\"}")).isEqualTo(4);
        assertThat(samples.value(bucket + "1\"}")).isEqualTo(5);
        assertThat(samples.value(bucket + "10\"}")).isEqualTo(5);
        assertThat(samples.value(bucket + "+Inf\"}")).isEqualTo(6);
        assertThat(samples.value("http_request_duration_seconds_count{route=\"/\"}"))
                .isEqualTo(6);
        assertThat(samples.value("http_request_duration_seconds_sum{route=\"/\"}"))
                .isEqualTo(21.062);
    }

    @Test
    void labels_are_escaped() {
        Settings settings = new Settings("127.0.0.1", 0, "a\"b\\c\nd", "web:1", "i", Faults.NONE);
        PrometheusSamples samples = new PrometheusSamples(new PrometheusText(settings, new RequestMetrics()).render());
        assertThat(samples.value("app_info{version=\"a\\\"b\\\\c\\nd\",image=\"web:1\",instance=\"i\"}"))
                .isEqualTo(1);
    }
}
