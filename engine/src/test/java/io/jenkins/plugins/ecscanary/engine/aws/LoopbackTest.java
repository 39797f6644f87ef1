package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:4566",
                "https://127.0.3.7",
                "http://localhost:4566",
                "http://LocalHost",
                "http://[::1]:1"
            })
    void thisMachine(String endpoint) {
        assertThat(Loopback.is(URI.create(endpoint))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ecs.eu-central-1.amazonaws.com",
                "http://127.0.0.1.example.org",
                "http://127.example.org",
                "http://localhost.example.org",
                "http://10.0.0.1:4566",
                "http://[::2]:1",
                "file:/tmp"
            })
    void anotherOne(String endpoint) {
        assertThat(Loopback.is(URI.create(endpoint))).isFalse();
    }

    @Test
    void awsItself() {
        assertThat(Loopback.is(null)).isFalse();
    }
}
