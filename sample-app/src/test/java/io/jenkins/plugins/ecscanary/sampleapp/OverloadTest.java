package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OverloadTest {

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void what_is_too_much_is_refused_at_once_and_the_rest_is_served() throws Exception {
        HeldServlet slow = new HeldServlet();
        Limits limits = new Limits(8, 2, 3, Duration.ofMinutes(1), 100);
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS, limits, DrainTimes.DEFAULT, slow)) {
            BlockingQueue<HttpResponse<String>> answers = new LinkedBlockingQueue<>();
            for (int n = 0; n < 40; n++) {
                running.getLater("/slow").thenAccept(answers::add);
            }
            assertThat(slow.awaitEntered(2)).isTrue();
            for (int n = 0; n < 40 - 2 - 3; n++) {
                assertUnavailable(next(answers));
            }
            assertUnavailable(running.get("/"));
            for (String path : List.of("/health", "/version", "/metrics")) {
                assertThat(running.get(path).statusCode()).isEqualTo(200);
            }

            slow.release();
            for (int n = 0; n < 2 + 3; n++) {
                assertThat(next(answers).statusCode()).isEqualTo(200);
            }
            assertThat(running.get("/").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> next(BlockingQueue<HttpResponse<String>> answers) throws InterruptedException {
        HttpResponse<String> answer = answers.poll(30, TimeUnit.SECONDS);
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    @Test
    void nobody_waits_for_a_place_longer_than_the_limit() throws Exception {
        HeldServlet slow = new HeldServlet();
        Limits limits = new Limits(8, 1, 10, Duration.ofMillis(20), 100);
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS, limits, DrainTimes.DEFAULT, slow)) {
            var first = running.getLater("/slow");
            assertThat(slow.awaitEntered(1)).isTrue();
            assertUnavailable(running.get("/"));
            slow.release();
            assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void added_latency_looks_slow_and_not_overloaded() throws Exception {
        Faults faults = new Faults(0, Duration.ofMillis(300), Duration.ZERO, Optional.empty());
        Limits limits = new Limits(8, 1, 30, Duration.ofMinutes(1), 100);
        try (RunningServer running = RunningServer.start(RunningServer.settings(faults), limits, DrainTimes.DEFAULT)) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            List<ManualTimer.Entry> waiting = new ArrayList<>();
            // More than there are threads and places together.
            for (int n = 0; n < 60; n++) {
                answers.add(running.getLater("/"));
                waiting.add(running.timer.next());
            }
            assertThat(waiting).extracting(ManualTimer.Entry::delay).containsOnly(Duration.ofMillis(300));
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            assertThat(running.get("/health").statusCode()).isEqualTo(200);
            for (int n = 0; n < 60; n++) {
                waiting.get(n).fire();
                assertThat(answers.get(n).get(30, TimeUnit.SECONDS).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_page_that_fails_after_added_latency_is_an_answer_all_the_same() throws Exception {
        Faults faults = new Faults(1_000_000, Duration.ofMillis(300), Duration.ZERO, Optional.empty());
        try (RunningServer running = RunningServer.with(faults)) {
            var answer = running.getLater("/");
            running.timer.next().fire();
            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(500);
        }
    }
}
