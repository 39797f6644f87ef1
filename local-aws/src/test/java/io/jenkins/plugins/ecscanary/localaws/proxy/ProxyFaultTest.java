package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients get, and what is counted, when targets or clients misbehave. */
@Timeout(60)
class ProxyFaultTest {

    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private static final ProxySettings IMPATIENT =
            new ProxySettings(Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofSeconds(15));

    @Test
    void withoutTargetsItIs503AndNoRequestIsCounted() throws Exception {
        try (ProxyFixture proxy = new ProxyFixture()) {
            HttpResponse<String> answer = proxy.get();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("<h1>503 Service Temporarily Unavailable</h1>");
            assertThat(answer.headers().firstValue("server")).hasValue("awselb/2.0");
            assertThat(proxy.meter.next(1)).containsExactly("elb 503");
        }
    }

    @Test
    void aRefusedConnectionIs502AndAConnectionError() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (ProxyFixture proxy = new ProxyFixture(new Backend("127.0.0.1", free))) {
            assertThat(proxy.get().statusCode()).isEqualTo(502);
            assertThat(proxy.meter.next(3)).containsExactly("a chosen", "a unreachable", "elb 502");
        }
    }

    @Test
    void aResetBeforeTheAnswerIs502() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.reset();
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            assertThat(proxy.get().statusCode()).isEqualTo(502);
            assertThat(proxy.meter.next(2)).containsExactly("a chosen", "elb 502");
            assertThat(target.connections()).as("not sent again").isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatIsNotHttpIs502() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("220 smtp.example ESMTP\n\n");
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            assertThat(proxy.get().statusCode()).isEqualTo(502);
        }
    }

    @Test
    void aTargetThatNeverAnswersIs504() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.read();
                });
                ProxyFixture proxy = new ProxyFixture(IMPATIENT, target.backend())) {
            assertThat(proxy.get().statusCode()).isEqualTo(504);
            assertThat(proxy.meter.next(2)).containsExactly("a chosen", "elb 504");
        }
    }

    @Test
    void aTargetThatStopsWithinItsHeaderIs504() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\nContent-");
                    wire.read();
                });
                ProxyFixture proxy = new ProxyFixture(IMPATIENT, target.backend())) {
            assertThat(proxy.get().statusCode()).isEqualTo(504);
        }
    }

    @Test
    void aTargetThatDiesBetweenHeaderAndBodyIs502AndNotItsAnswer() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
                    wire.reset();
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            HttpResponse<String> answer = proxy.get();
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("<h1>502 Bad Gateway</h1>").doesNotContain("Exception");
            assertThat(proxy.meter.next(2)).containsExactly("a chosen", "elb 502");
        }
    }

    @ParameterizedTest
    @CsvSource({"TRACE /t, 405", "CONNECT x:80, 400", "GET foo, 400"})
    void whatNoTargetMaySeeIsAnsweredHere(String request, int status) throws Exception {
        try (ProxyFixture proxy = new ProxyFixture(new Backend("127.0.0.1", 1));
                Socket client = proxy.raw(request + " HTTP/1.1\nHost: x\nConnection: close\n\n")) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void aResetInTheMiddleOfAnAnswerIsNotHiddenFromTheClient() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n6\npart\n\n");
                    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
                    wire.reset();
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\n\n")) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            String line;
            do {
                line = lines.readLine();
            } while (!"part".equals(line));
            seen.countDown();
            assertThat(endOf(lines)).as("no end of the chunked body").doesNotContain("0");
            assertThat(proxy.meter.next(2)).containsExactly("a chosen", "a 200");
        }
    }

    private static String endOf(BufferedReader lines) {
        StringBuilder rest = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rest.append(line).append('|');
            }
        } catch (IOException e) {
            // a reset is as good an end as a close
        }
        return rest.toString();
    }

    @Test
    void aKeptConnectionThatTheTargetClosedIsNotTheClientsProblem() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write(OK);
                    if (wire.number() == 1) {
                        wire.readHead(); // takes the second request, and is gone without a byte
                    } else {
                        while (wire.readHead() != null) {
                            wire.write(OK);
                        }
                    }
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            assertThat(proxy.get().statusCode()).isEqualTo(200);
            assertThat(proxy.get().statusCode()).isEqualTo(200);
            assertThat(target.connections()).isEqualTo(2);
            assertThat(proxy.meter.next(4)).containsExactly("a chosen", "a 200", "a chosen", "a 200");
        }
    }

    @Test
    void aPostIsNeverSentTwice() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write(OK);
                    wire.readHead();
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            assertThat(proxy.get().statusCode()).isEqualTo(200);
            HttpResponse<String> answer = proxy.send(proxy.request("/").POST(BodyPublishers.ofString("pay")));
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(target.connections()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatLeavesAnEventStreamEndsItAtTheTarget() throws Exception {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
                    try {
                        for (int i = 0; i < 100_000; i++) {
                            wire.write("400\n" + "x".repeat(1024) + "\n");
                        }
                    } catch (IOException e) {
                        gone.complete(null);
                    }
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\n\n");
            assertThat(client.getInputStream().read()).isEqualTo('H');
            client.close();
            gone.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRetiredBackendGetsNoNewRequestAndFinishesTheOneInFlight() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedTarget old = new ScriptedTarget(wire -> {
                    wire.readHead();
                    arrived.countDown();
                    assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
                    wire.write("HTTP/1.1 200 OK\nContent-Length: 3\n\nold");
                    wire.readHead();
                });
                ScriptedTarget young = new ScriptedTarget(wire -> {
                    while (wire.readHead() != null) {
                        wire.write("HTTP/1.1 200 OK\nContent-Length: 3\n\nnew");
                    }
                });
                ProxyFixture proxy = new ProxyFixture()) {
            Backend leaving = old.backend();
            Backend staying = young.backend();
            proxy.endpoint.route(proxy.route(Map.of("a", List.of(leaving)), Map.of("a", 1)));
            CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> body(proxy));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(leaving.inFlight()).isEqualTo(1);

            // The snapshot still names both: retiring alone keeps requests away.
            proxy.endpoint.route(proxy.route(Map.of("a", List.of(leaving, staying)), Map.of("a", 1)));
            CompletableFuture<Void> drained = leaving.retire().toCompletableFuture();
            for (int i = 0; i < 10; i++) {
                assertThat(proxy.get().body()).isEqualTo("new");
            }
            assertThat(drained).isNotDone();
            answer.countDown();
            assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo("old");
            drained.get(20, TimeUnit.SECONDS);
            assertThat(old.connections()).isEqualTo(1);
        }
    }

    @Test
    void forgettingABackendCutsWhatIsStillInFlight() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    arrived.countDown();
                    wire.read();
                });
                ProxyFixture proxy = new ProxyFixture()) {
            Backend backend = target.backend();
            proxy.endpoint.route(proxy.route(Map.of("a", List.of(backend)), Map.of("a", 1)));
            CompletableFuture<Integer> inFlight = CompletableFuture.supplyAsync(() -> status(proxy));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> drained = backend.retire().toCompletableFuture();
            proxy.plane.forget(backend);
            assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo(502);
            drained.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatWasCutOnAKeptConnectionIsNotSentAgain() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write(OK);
                    wire.readHead();
                    arrived.countDown();
                    wire.read();
                });
                ProxyFixture proxy = new ProxyFixture()) {
            Backend backend = target.backend();
            proxy.endpoint.route(proxy.route(Map.of("a", List.of(backend)), Map.of("a", 1)));
            assertThat(proxy.get().statusCode()).isEqualTo(200);
            CompletableFuture<Integer> inFlight = CompletableFuture.supplyAsync(() -> status(proxy));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            backend.retire();
            proxy.plane.forget(backend);
            assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo(502);
            assertThat(target.connections()).isEqualTo(1);
        }
    }

    @Test
    void aListenerThatIsClosedAcceptsNothingMore() throws Exception {
        try (ProxyFixture proxy = new ProxyFixture()) {
            proxy.endpoint.close();
            assertThatThrownBy(() -> new Socket("127.0.0.1", proxy.endpoint.port()).close())
                    .isInstanceOf(IOException.class);
        }
    }

    private static String body(ProxyFixture proxy) {
        try {
            return proxy.get().body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int status(ProxyFixture proxy) {
        try {
            return proxy.get().statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
