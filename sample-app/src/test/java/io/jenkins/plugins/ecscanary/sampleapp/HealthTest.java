package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static void assertHealth(RunningServer running, int status, String word) throws Exception {
        var response = running.get("/health");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"status\":\"" + word + "\"}");
    }

    @Test
    void ready_once_started() throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS)) {
            assertHealth(running, 200, "ready");
            assertThat(running.timer.pending()).isZero();
        }
    }

    @Test
    void starting_until_the_start_up_delay_is_over() throws Exception {
        Faults faults = new Faults(0, Duration.ZERO, Duration.ofMillis(1500), Optional.empty());
        try (RunningServer running = RunningServer.with(faults)) {
            assertHealth(running, 503, "starting");
            ManualTimer.Entry ready = running.timer.next();
            assertThat(ready.delay()).isEqualTo(Duration.ofMillis(1500));
            ready.fire();
            assertHealth(running, 200, "ready");
        }
    }

    @Test
    void unhealthy_for_good_after_the_time_given_counted_from_ready() throws Exception {
        Faults faults = new Faults(0, Duration.ZERO, Duration.ofMillis(10), Optional.of(Duration.ofSeconds(30)));
        try (RunningServer running = RunningServer.with(faults)) {
            assertThat(running.timer.pending()).isEqualTo(1);
            running.timer.next().fire();
            assertHealth(running, 200, "ready");
            ManualTimer.Entry unhealthy = running.timer.next();
            assertThat(unhealthy.delay()).isEqualTo(Duration.ofSeconds(30));
            unhealthy.fire();
            assertHealth(running, 503, "unhealthy");
            assertThat(running.get("/").statusCode()).isEqualTo(200);
        }
    }
}
