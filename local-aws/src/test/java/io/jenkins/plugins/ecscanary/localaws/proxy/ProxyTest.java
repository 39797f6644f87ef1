package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The load balancer's data plane as a well-behaved target and its clients see it. */
@Timeout(60)
class ProxyTest {

    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    /** Answers every request with the same text and keeps the connection alive. */
    private static ScriptedTarget answering(String answer) throws Exception {
        return new ScriptedTarget(wire -> {
            while (wire.readHead() != null) {
                wire.write(answer);
            }
        });
    }

    private static ScriptedTarget named(String name) throws Exception {
        return answering("HTTP/1.1 200 OK\nContent-Length: " + name.length() + "\n\n" + name);
    }

    @Test
    void tenPercentOfAThousandIsExactlyAHundred() throws Exception {
        try (ScriptedTarget a = named("a");
                ScriptedTarget b = named("b");
                ProxyFixture proxy = new ProxyFixture()) {
            Map<String, Integer> weights = new LinkedHashMap<>();
            weights.put("a", 90);
            weights.put("b", 10);
            proxy.endpoint.route(proxy.route(Map.of("a", List.of(a.backend()), "b", List.of(b.backend())), weights));
            Map<String, Integer> answers = new TreeMap<>();
            for (int i = 0; i < 1000; i++) {
                answers.merge(proxy.get().body(), 1, Integer::sum);
            }
            assertThat(answers).isEqualTo(Map.of("a", 900, "b", 100));
            assertThat(a.connections()).as("connections are kept alive").isLessThan(20);
        }
    }

    @Test
    void targetsOfAGroupTakeTurns() throws Exception {
        try (ScriptedTarget first = named("1");
                ScriptedTarget second = named("2");
                ProxyFixture proxy = new ProxyFixture(first.backend(), second.backend())) {
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                answers.append(proxy.get().body());
            }
            assertThat(answers).hasToString("121212");
        }
    }

    @Test
    void theTargetSeesTheClientsRequestAndWhereItCameFrom() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    heads.add(wire.readHead());
                    wire.write(OK);
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw(
                        "GET /a%2Fb/../c?q=%20x&y=1+2 HTTP/1.1\nHost: shop.example\nConnection: close, X-Hop\n"
                                + "X-Hop: secret\nX-Keep: yes\nKeep-Alive: 5\nTE: trailers\nX-Forwarded-For: 10.0.0.1\n"
                                + "X-Amzn-Trace-Id: Root=1-aaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbbb\n\n")) {
            String head = heads.poll(20, TimeUnit.SECONDS);
            assertThat(head)
                    .startsWith("GET /a%2Fb/../c?q=%20x&y=1+2 HTTP/1.1\r\n")
                    .contains("\r\nHost: shop.example\r\n", "\r\nX-Keep: yes\r\n")
                    .contains("\r\nX-Forwarded-For: 10.0.0.1, 127.0.0.1\r\n")
                    .contains("\r\nX-Forwarded-Proto: http\r\n", "\r\nX-Forwarded-Port: 80\r\n")
                    .containsPattern(
                            "X-Amzn-Trace-Id: Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-aaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbbb")
                    .doesNotContain("secret", "Keep-Alive", "TE:", "User-Agent");
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .endsWith("ok");
        }
    }

    @Test
    void hopByHopHeadersOfAnAnswerStayBehindAndTheOthersPass() throws Exception {
        try (ScriptedTarget target = answering(
                        "HTTP/1.1 302 Found\nLocation: /there\nServer: mine\nConnection: X-Hop\nX-Hop: 1\n"
                                + "Keep-Alive: timeout=5\nSet-Cookie: a=1\nSet-Cookie: b=2\nContent-Encoding: gzip\nContent-Length: 2\n\nzz");
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            HttpResponse<String> answer = proxy.get();
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.body()).isEqualTo("zz");
            assertThat(answer.headers().map())
                    .containsEntry("set-cookie", List.of("a=1", "b=2"))
                    .containsEntry("server", List.of("mine"))
                    .containsEntry("content-encoding", List.of("gzip"))
                    .doesNotContainKeys("x-hop", "keep-alive");
        }
    }

    @Test
    void aChunkReachesTheClientBeforeTheNextOneIsSent() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n");
                    wire.write("b\ndata: 1\n\n\n");
                    assertThat(firstSeen.await(20, TimeUnit.SECONDS)).isTrue();
                    wire.write("b\ndata: 2\n\n\n0\n\n");
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            HttpResponse<InputStream> answer = proxy.send(proxy.request("/"), BodyHandlers.ofInputStream());
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.ISO_8859_1));
            assertThat(lines.readLine()).isEqualTo("data: 1");
            firstSeen.countDown();
            assertThat(lines.lines().filter(line -> !line.isEmpty())).containsExactly("data: 2");
        }
    }

    @Test
    void theHeaderOfAnEventStreamReachesTheClientBeforeTheFirstEvent() throws Exception {
        CountDownLatch headerSeen = new CountDownLatch(1);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
                    assertThat(headerSeen.await(20, TimeUnit.SECONDS)).isTrue();
                    wire.write("0\n\n");
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            HttpResponse<InputStream> answer = proxy.send(proxy.request("/"), BodyHandlers.ofInputStream());
            headerSeen.countDown();
            assertThat(answer.body().readAllBytes()).isEmpty();
        }
    }

    @Test
    void aRequestBodyIsPassedOnAsItArrives() throws Exception {
        CompletableFuture<String> firstPart = new CompletableFuture<>();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    firstPart.complete(wire.read("5\r\nfirst".length()));
                    String rest = wire.read("\r\n6\r\nsecond\r\n0\r\n\r\n".length());
                    wire.write("HTTP/1.1 200 OK\nContent-Length: 6\n\n" + rest.substring(5, 11));
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                PipedOutputStream upload = new PipedOutputStream()) {
            PipedInputStream pipe = new PipedInputStream(upload);
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try (Socket client =
                        proxy.raw("POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nConnection: close\n\n")) {
                    client.getOutputStream().write("5\r\nfirst\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    pipe.read();
                    client.getOutputStream().write("6\r\nsecond\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(firstPart.get(20, TimeUnit.SECONDS)).isEqualTo("5\r\nfirst");
            upload.write(1);
            assertThat(answer.get(20, TimeUnit.SECONDS)).endsWith("second");
        }
    }

    @Test
    void largeBodiesPassBothWays() throws Exception {
        int size = 8 * 1024 * 1024;
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    String body = wire.read(size);
                    wire.write("HTTP/1.1 200 OK\nContent-Length: " + size + "\n\n" + body);
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            String body = "0123456789abcdef".repeat(size / 16);
            HttpResponse<String> answer =
                    proxy.send(proxy.request("/").expectContinue(true).POST(BodyPublishers.ofString(body)));
            assertThat(answer.body().equals(body)).isTrue();
        }
    }

    @Test
    void anExpectingClientIsToldToContinue() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    String head = wire.readHead();
                    String body = wire.read(4);
                    wire.write("HTTP/1.1 200 OK\nContent-Length: 4\n\n" + (head.contains("Expect") ? "fail" : body));
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw(
                        "POST / HTTP/1.1\nHost: x\nContent-Length: 4\nExpect: 100-continue\nConnection: close\n\n")) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(lines.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            client.getOutputStream().write("body".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(lines.lines()).contains("HTTP/1.1 200 OK").endsWith("body");
        }
    }

    @Test
    void headKeepsTheLengthAndHasNoBody() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    String head;
                    while ((head = wire.readHead()) != null) {
                        wire.write("HTTP/1.1 200 OK\nContent-Length: 5\n\n" + (head.startsWith("HEAD") ? "" : "hello"));
                    }
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            HttpResponse<String> head = proxy.send(proxy.request("/").method("HEAD", BodyPublishers.noBody()));
            assertThat(head.headers().firstValue("content-length")).hasValue("5");
            assertThat(head.body()).isEmpty();
            assertThat(proxy.get().body()).isEqualTo("hello");
        }
    }

    @Test
    void whatATargetAnswersIsCountedForItsGroup() throws Exception {
        try (ScriptedTarget target = answering("HTTP/1.1 500 Oh\nContent-Length: 0\n\n");
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            assertThat(proxy.get().statusCode()).isEqualTo(500);
            assertThat(proxy.meter.next(2)).containsExactly("a chosen", "a 500");
        }
    }

    @Test
    void upgradesAreRefusedWithAReason() throws Exception {
        try (ScriptedTarget target = answering(OK);
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\nConnection: Upgrade\nUpgrade: websocket\n\n")) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 501");
            assertThat(lines.lines().anyMatch(line -> line.contains("does not proxy protocol upgrades")))
                    .isTrue();
        }
    }
}
