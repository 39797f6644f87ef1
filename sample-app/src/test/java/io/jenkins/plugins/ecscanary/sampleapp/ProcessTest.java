package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessTest {

    private static final Map<String, String> LOOPBACK = Map.of("HOST", "127.0.0.1", "PORT", "0");

    private static Map<String, String> loopbackAnd(String variable, String value) {
        return Map.of("HOST", "127.0.0.1", "PORT", "0", variable, value);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGTERM")
    void sigterm_turns_health_503_lets_the_request_in_flight_finish_and_ends_with_0() throws Exception {
        try (ServiceProcess service = ServiceProcess.mainClass(Main.class, loopbackAnd("FAULT_LATENCY_MS", "5000"))) {
            service.awaitEvent("ready");
            assertThat(service.get("/health").statusCode()).isEqualTo(200);
            var inFlight = service.getLater("/");
            while (!service.get("/metrics").body().contains("\nhttp_requests_in_flight{route=\"/\"} 1\n")) {
                assertThat(inFlight).isNotDone();
            }

            service.terminate();
            assertThat(service.awaitEvent("draining").get("in_flight").asInt()).isEqualTo(1);
            var health = service.get("/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).isEqualTo("{\"status\":\"draining\"}");

            var answer = inFlight.get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("5000 ms late");
            assertThat(service.awaitEvent("stopped").get("cut_off").asInt()).isZero();
            assertThat(service.exitCode()).isZero();
        }
    }

    @Test
    void a_value_that_cannot_be_used_is_one_line_on_stderr_and_exit_code_2() throws Exception {
        try (ServiceProcess service = ServiceProcess.mainClass(Main.class, loopbackAnd("FAULT_ERROR_RATE", "5%"))) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.stderr())
                    .isEqualTo(
                            "sample-app: FAULT_ERROR_RATE=5%: must be a share from 0 to 1 with at most six decimals, "
                                    + "for example 0.05" + System.lineSeparator());
        }
    }

    @Test
    void a_port_in_use_is_one_line_on_stderr_and_exit_code_1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            try (ServiceProcess service =
                    ServiceProcess.mainClass(Main.class, Map.of("HOST", "127.0.0.1", "PORT", port))) {
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.stderr())
                        .startsWith("sample-app: cannot listen on HOST=127.0.0.1 PORT=" + port + ": ")
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void the_health_check_tells_by_its_exit_code() throws Exception {
        try (ServiceProcess service = ServiceProcess.mainClass(Main.class, LOOPBACK)) {
            service.awaitEvent("ready");
            assertThat(healthCheck("127.0.0.1", service.port())).isZero();
        }
        try (ServiceProcess service =
                ServiceProcess.mainClass(Main.class, loopbackAnd("FAULT_UNHEALTHY_AFTER_S", "0"))) {
            service.awaitEvent("unhealthy");
            assertThat(healthCheck("127.0.0.1", service.port())).isEqualTo(1);
        }
    }

    @Test
    void the_health_check_fails_where_nothing_listens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(healthCheck("0.0.0.0", free)).isEqualTo(1);
    }

    private static int healthCheck(String host, int port) throws Exception {
        Map<String, String> environment = Map.of("HOST", host, "PORT", Integer.toString(port));
        try (ServiceProcess check = ServiceProcess.mainClass(HealthCheck.class, environment)) {
            return check.exitCode();
        }
    }
}
