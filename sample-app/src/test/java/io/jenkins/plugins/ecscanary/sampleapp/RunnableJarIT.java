package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The jar that goes into the image, run as the image runs it. */
class RunnableJarIT {

    private static final String JAR = System.getProperty("sample-app.jar");

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGTERM")
    void it_serves_passes_its_health_check_and_stops_with_0() throws Exception {
        Map<String, String> environment = Map.of("HOST", "127.0.0.1", "PORT", "0", "APP_VERSION", "1.5.0");
        try (ServiceProcess service = ServiceProcess.start(environment, "-jar", JAR)) {
            assertThat(service.awaitEvent("start").get("version").asText()).isEqualTo("1.5.0");
            service.awaitEvent("ready");
            assertThat(service.get("/").body()).contains("Version 1.5.0");
            assertThat(service.get("/health").statusCode()).isEqualTo(200);
            assertThat(service.get("/metrics").statusCode()).isEqualTo(200);

            Map<String, String> same = Map.of("HOST", "127.0.0.1", "PORT", Integer.toString(service.port()));
            try (ServiceProcess check = ServiceProcess.start(same, "-cp", JAR, HealthCheck.class.getName())) {
                assertThat(check.exitCode()).isZero();
            }

            service.terminate();
            service.awaitEvent("stopped");
            assertThat(service.exitCode()).isZero();
            assertThat(service.stderr()).isEmpty();
        }
    }

    @Test
    void it_needs_no_temporary_directory() throws Exception {
        Map<String, String> environment = Map.of("HOST", "127.0.0.1", "PORT", "0");
        try (ServiceProcess service = ServiceProcess.start(environment, "-Djava.io.tmpdir=/nonexistent", "-jar", JAR)) {
            service.awaitEvent("ready");
            assertThat(service.get("/").statusCode()).isEqualTo(200);
        }
    }
}
