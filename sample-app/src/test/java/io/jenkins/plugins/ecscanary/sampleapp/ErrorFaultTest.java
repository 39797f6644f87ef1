package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFaultTest {

    private static RunningServer failing(int errorsPerMillion) throws Exception {
        return RunningServer.with(new Faults(errorsPerMillion, Duration.ZERO, Duration.ZERO, Optional.empty()));
    }

    @Test
    void at_five_percent_exactly_every_twentieth_page_request_fails_and_nothing_else() throws Exception {
        try (RunningServer running = failing(50_000)) {
            List<Integer> failed = new ArrayList<>();
            for (int n = 1; n <= 100; n++) {
                int status = running.get("/").statusCode();
                assertThat(status).isIn(200, 500);
                if (status == 500) {
                    failed.add(n);
                }
                for (String path : List.of("/health", "/version", "/metrics")) {
                    assertThat(running.get(path).statusCode()).isEqualTo(200);
                }
            }
            assertThat(failed).containsExactly(20, 40, 60, 80, 100);
        }
    }

    @ParameterizedTest
    @CsvSource({"70000, 7", "290000, 29", "333333, 33", "1000000, 100", "1, 0"})
    void any_rate_is_met_exactly(int errorsPerMillion, int expected) throws Exception {
        try (RunningServer running = failing(errorsPerMillion)) {
            int failed = 0;
            for (int n = 0; n < 100; n++) {
                failed += running.get("/").statusCode() == 500 ? 1 : 0;
            }
            assertThat(failed).isEqualTo(expected);
        }
    }

    @Test
    void the_count_is_exact_with_many_clients_too() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (RunningServer running = failing(50_000)) {
            Callable<Integer> request = () -> running.get("/").statusCode();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : clients.invokeAll(Collections.nCopies(400, request))) {
                statuses.add(answer.get());
            }
            assertThat(statuses).filteredOn(status -> status == 500).hasSize(20);
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(380);
        } finally {
            clients.shutdownNow();
        }
    }
}
