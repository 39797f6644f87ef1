package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Faults SLOW = new Faults(0, Duration.ofMillis(300), Duration.ZERO, Optional.empty());
    private static final DrainTimes PATIENT = new DrainTimes(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private static FutureTask<Long> drain(RunningServer running) {
        FutureTask<Long> draining = new FutureTask<>(running.server::drain);
        Thread thread = new Thread(draining, "drain");
        thread.setDaemon(true);
        thread.start();
        return draining;
    }

    private static RunningServer slow(DrainTimes times) throws Exception {
        return RunningServer.start(RunningServer.settings(SLOW), Limits.DEFAULT, times);
    }

    private static HttpResponse<String> finished(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    @Test
    void health_says_so_at_once_and_whoever_came_in_time_gets_the_page() throws Exception {
        try (RunningServer running = slow(PATIENT)) {
            var inFlight = running.getLater("/");
            ManualTimer.Entry page = running.timer.next();

            FutureTask<Long> draining = drain(running);
            ManualTimer.Entry endOfNew = running.timer.next();
            assertThat(endOfNew.delay()).isEqualTo(Duration.ofSeconds(1));

            var health = running.get("/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).isEqualTo("{\"status\":\"draining\"}");
            assertThat(health.headers().firstValue("Connection")).hasValue("close");

            var late = running.getLater("/");
            ManualTimer.Entry latePage = running.timer.next();
            latePage.fire();
            assertThat(finished(late).statusCode()).isEqualTo(200);

            endOfNew.fire();
            var tooLate = running.get("/");
            assertThat(tooLate.statusCode()).isEqualTo(503);
            assertThat(tooLate.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(running.get("/health").statusCode()).isEqualTo(503);
            assertThat(draining.isDone()).isFalse();

            page.fire();
            assertThat(finished(inFlight).statusCode()).isEqualTo(200);
            assertThat(finished(inFlight).headers().firstValue("Connection")).hasValue("close");
            assertThat(draining.get(30, TimeUnit.SECONDS)).isZero();
            assertThatThrownBy(() -> running.get("/health")).isInstanceOf(ConnectException.class);
            assertThat(running.log)
                    .extracting(line -> line.replaceFirst("\"time\":\"[^\"]*\",", ""))
                    .contains("{\"event\":\"draining\",\"in_flight\":1}", "{\"event\":\"stopped\",\"cut_off\":0}");
        }
    }

    @Test
    void what_does_not_finish_in_time_is_cut_off_and_counted() throws Exception {
        try (RunningServer running = slow(new DrainTimes(Duration.ZERO, Duration.ofMillis(20)))) {
            var inFlight = running.getLater("/");
            running.timer.next();
            assertThat(drain(running).get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThatThrownBy(() -> finished(inFlight)).isInstanceOf(ExecutionException.class);
            assertThat(running.log).last().asString().contains("\"event\":\"stopped\",\"cut_off\":1");
        }
    }

    @Test
    void a_task_stopped_while_it_starts_never_gets_ready() throws Exception {
        Faults faults = new Faults(0, Duration.ZERO, Duration.ofMillis(1500), Optional.empty());
        try (RunningServer running = RunningServer.start(RunningServer.settings(faults), Limits.DEFAULT, PATIENT)) {
            ManualTimer.Entry ready = running.timer.next();
            FutureTask<Long> draining = drain(running);
            ManualTimer.Entry endOfNew = running.timer.next();
            ready.fire();
            assertThat(running.get("/health").body()).isEqualTo("{\"status\":\"draining\"}");
            endOfNew.fire();
            assertThat(draining.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(running.log).noneMatch(line -> line.contains("\"ready\""));
        }
    }

    @Test
    void a_second_request_to_drain_has_nothing_to_do() throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS, Limits.DEFAULT, PATIENT)) {
            FutureTask<Long> draining = drain(running);
            running.timer.next().fire();
            assertThat(draining.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(running.server.drain()).isZero();
        }
    }
}
