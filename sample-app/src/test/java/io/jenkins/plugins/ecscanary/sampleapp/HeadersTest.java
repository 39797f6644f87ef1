package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {

    private static final List<String> EXPECTED = List.of(
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cache-Control: no-store");

    /** Raw, because the client of the JDK refuses to send what a hostile one would. */
    private static String exchange(RunningServer running, String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", running.server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 200",
        "GET /health HTTP/1.1, 200",
        "GET /version HTTP/1.1, 200",
        "GET /metrics HTTP/1.1, 200",
        "HEAD / HTTP/1.1, 200",
        "GET /nope HTTP/1.1, 404",
        "TRACE /health HTTP/1.1, 405",
        "GET /%2e%2e%2f HTTP/1.1, 400",
        "GET no-slash HTTP/1.1, 400",
        "nonsense, 400",
    })
    void every_answer_has_each_security_header_once_and_none_that_tells_the_server(String line, int status)
            throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.SETTINGS)) {
            String response = exchange(running, line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertHeaders(response, status);
        }
    }

    @Test
    void so_has_an_error_made_on_purpose() throws Exception {
        Faults faults = new Faults(1_000_000, Duration.ZERO, Duration.ZERO, Optional.empty());
        try (RunningServer running = RunningServer.with(faults)) {
            String response = exchange(running, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertHeaders(response, 500);
            // Not the policy of the page that it came in place of.
            assertThat(response).contains("\r\nContent-Security-Policy: " + ResponseHeaders.NOTHING_ALLOWED + "\r\n");
        }
    }

    private static void assertHeaders(String response, int status) {
        String head = response.substring(0, response.indexOf("\r\n\r\n"));
        List<String> lines = List.of(head.split("\r\n"));
        assertThat(lines.get(0)).startsWith("HTTP/1.1 " + status + " ");
        assertThat(lines).containsOnlyOnceElementsOf(EXPECTED);
        assertThat(lines).filteredOn(line -> line.startsWith("Cache-Control:")).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("Content-Security-Policy: default-src 'none'; "))
                .hasSize(1);
        assertThat(lines).noneMatch(line -> line.startsWith("Server:") || line.startsWith("X-Powered-By:"));
        assertThat(response).doesNotContainIgnoringCase("jetty");
    }
}
