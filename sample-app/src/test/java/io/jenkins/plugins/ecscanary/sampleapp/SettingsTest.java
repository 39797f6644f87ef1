package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Settings from(Map<String, String> environment) throws InvalidSettingException {
        return Settings.from(environment, () -> "my-host");
    }

    @Test
    void an_empty_environment_gives_the_documented_defaults() throws Exception {
        assertThat(from(Map.of()))
                .isEqualTo(new Settings("0.0.0.0", 3000, "unknown", "unknown", "my-host", Faults.NONE));
    }

    @Test
    void a_variable_set_to_nothing_counts_as_not_set() throws Exception {
        assertThat(from(Map.of("PORT", "", "FAULT_ERROR_RATE", " ", "INSTANCE_ID", "")))
                .isEqualTo(from(Map.of()));
    }

    @Test
    void every_variable_is_read() throws Exception {
        Settings settings = from(Map.of(
                "HOST", "127.0.1.7",
                "PORT", "0",
                "APP_VERSION", "1.5.0",
                "APP_IMAGE", "web:1.5.0",
                "INSTANCE_ID", "i-1",
                "FAULT_ERROR_RATE", "0.05",
                "FAULT_LATENCY_MS", "250",
                "FAULT_STARTUP_DELAY_MS", "1500",
                "FAULT_UNHEALTHY_AFTER_S", "0"));
        Faults faults = new Faults(50_000, Duration.ofMillis(250), Duration.ofMillis(1500), Optional.of(Duration.ZERO));
        assertThat(settings).isEqualTo(new Settings("127.0.1.7", 0, "1.5.0", "web:1.5.0", "i-1", faults));
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.170.2/v4/cd189a933e5849daa93386466019ab50-2495160603, cd189a933e5849daa93386466019ab50",
        "http://169.254.170.2/v4/6f2f51b1-8f2f-4a3c-b2f1-2f1f5d7a0b11, 6f2f51b1-8f2f-4a3c-b2f1-2f1f5d7a0b11",
        "http://127.0.0.1:4567/v4/0123abcd/, 0123abcd",
    })
    void ecs_names_the_instance_before_anything_else_does(String uri, String instance) throws Exception {
        Settings settings = from(Map.of("ECS_CONTAINER_METADATA_URI_V4", uri, "INSTANCE_ID", "other"));
        assertThat(settings.instance()).isEqualTo(instance);
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, http, a whole number from 0 to 65535",
        "PORT, 65536, a whole number from 0 to 65535",
        "PORT, -1, a whole number from 0 to 65535",
        "FAULT_ERROR_RATE, 5%, 'a share from 0 to 1 with at most six decimals, for example 0.05'",
        "FAULT_ERROR_RATE, 1.01, 'a share from 0 to 1 with at most six decimals, for example 0.05'",
        "FAULT_ERROR_RATE, -0.1, 'a share from 0 to 1 with at most six decimals, for example 0.05'",
        "FAULT_ERROR_RATE, 1e999999999, 'a share from 0 to 1 with at most six decimals, for example 0.05'",
        "FAULT_ERROR_RATE, 0.0000001, 'a share from 0 to 1 with at most six decimals, for example 0.05'",
        "FAULT_LATENCY_MS, 1s, a whole number from 0 to 600000",
        "FAULT_LATENCY_MS, -1, a whole number from 0 to 600000",
        "FAULT_STARTUP_DELAY_MS, 600001, a whole number from 0 to 600000",
        "FAULT_UNHEALTHY_AFTER_S, soon, a whole number from 0 to 86400",
    })
    void a_value_that_cannot_be_used_is_named_with_what_is_allowed(String variable, String value, String allowed) {
        assertThatThrownBy(() -> from(Map.of(variable, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(variable + "=" + value + ": must be " + allowed);
    }

    @Test
    void the_message_stays_on_one_line() {
        assertThatThrownBy(() -> from(Map.of("PORT", "1\n2")))
                .hasMessage("PORT=1?2: must be a whole number from 0 to 65535");
    }
}
