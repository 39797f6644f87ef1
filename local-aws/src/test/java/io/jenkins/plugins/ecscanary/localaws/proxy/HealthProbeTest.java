package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Answered;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Failed;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Outcome;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.TimedOut;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget.Script;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Health checks over real sockets. */
@Timeout(60)
class HealthProbeTest {

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of(script("HTTP/1.1 200 OK\nContent-Length: 0\n\n"), new Answered(200)),
                Arguments.of(script("HTTP/1.1 503 No\nContent-Length: 2\n\nno"), new Answered(503)),
                Arguments.of(script("HTTP/1.1 302 Found\nLocation: /\nContent-Length: 0\n\n"), new Answered(302)),
                Arguments.of(script("hello\n\n"), new Failed()),
                Arguments.of((Script) ScriptedTarget.Wire::reset, new Failed()),
                Arguments.of((Script) wire -> wire.read(100_000), new TimedOut()));
    }

    private static Script script(String answer) {
        return wire -> {
            wire.readHead();
            wire.write(answer);
        };
    }

    @ParameterizedTest
    @MethodSource("targets")
    void tellsWhatCameOfIt(Script script, Outcome outcome) throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(script);
                DataPlane plane = new DataPlane(ProxySettings.defaults())) {
            assertThat(check(plane, target.port(), outcome instanceof TimedOut ? 200 : 20_000))
                    .isEqualTo(outcome);
        }
    }

    @Test
    void everyCheckHasItsOwnConnection() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(script("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
                DataPlane plane = new DataPlane(ProxySettings.defaults())) {
            check(plane, target.port(), 20_000);
            check(plane, target.port(), 20_000);
            assertThat(target.connections()).isEqualTo(2);
        }
    }

    @Test
    void nobodyThereIsAFailure() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (DataPlane plane = new DataPlane(ProxySettings.defaults())) {
            assertThat(check(plane, free, 20_000)).isEqualTo(new Failed());
        }
    }

    private static Outcome check(DataPlane plane, int port, int millis) throws Exception {
        return plane.probe()
                .check("127.0.0.1", port, "/health", Duration.ofMillis(millis))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}
