package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 and 1.0 to the letter: framing, persistence, odd requests, sides that leave. */
@Timeout(60)
class ProxyProtocolTest {

    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    /** Answers every request with the same text and remembers their heads. */
    private static ScriptedTarget answering(BlockingQueue<String> heads, String answer) throws IOException {
        return new ScriptedTarget(wire -> {
            for (String head = wire.readHead(); head != null; head = wire.readHead()) {
                heads.add(head);
                wire.write(answer);
            }
        });
    }

    private static String all(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads until what came ends with {@code end}. */
    private static String until(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int c = in.read();
            assertThat(c).as(text.toString()).isNotNegative();
            text.append((char) c);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//foo/bar", "//", "/a//b?c=//d", "/..;/x", "/%2e%2E/%00", "/ä", "/?a={b}|c"})
    void pathsPassAsTheyCame(String path) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (ScriptedTarget target = answering(heads, OK);
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET " + path + " HTTP/1.1\nHost: x\nConnection: close\n\n")) {
            assertThat(all(client)).endsWith("ok");
            assertThat(heads.take()).startsWith("GET " + path + " HTTP/1.1\r\n");
        }
    }

    @Test
    void aWholeAddressIsTakenApart() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (ScriptedTarget target = answering(heads, OK);
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET http://shop.example/a?b HTTP/1.1\nHost: other\nConnection: close\n\n")) {
            assertThat(all(client)).endsWith("ok");
            assertThat(heads.take())
                    .startsWith("GET /a?b HTTP/1.1\r\nHost: shop.example\r\n")
                    .doesNotContain("other");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1 | 400",
                "GET / HTTP/1.1~Host: a~Host: b | 400",
                "GET / HTTP/2.0~Host: a | 505",
                "GET /~Host: a | 400",
                "GET  / HTTP/1.1~Host: a | 400",
                "G(T / HTTP/1.1~Host: a | 400",
                "GET / HTTP/1.1~Host: a~Bad Name: b | 400",
                "GET / HTTP/1.1~Host: a~Name : b | 400",
                "GET / HTTP/1.1~Host: a~X: b~ folded: c | 400",
                "GET / HTTP/1.1~Host: a~X: b\u0001c | 400",
                "POST / HTTP/1.1~Host: a~Content-Length: 1~Content-Length: 1 | 400",
                "POST / HTTP/1.1~Host: a~Content-Length: +1 | 400",
                "POST / HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked | 400",
                "POST / HTTP/1.0~Host: a~Transfer-Encoding: chunked | 400",
                "POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked | 501",
            })
    void whatCouldBeReadInTwoWaysIsRefused(String head, int status) throws Exception {
        try (ProxyFixture proxy = new ProxyFixture(new Backend("127.0.0.1", 1));
                Socket client = proxy.raw(head.replace('~', '\n') + "\n\n")) {
            assertThat(all(client)).startsWith("HTTP/1.1 " + status + " ").contains("Connection: close");
            assertThat(proxy.meter.next(1)).containsExactly("elb " + status);
        }
    }

    @Test
    void aLineThatEndsWithoutACarriageReturnIsRefusedAndALongHeadToo() throws Exception {
        try (ProxyFixture proxy = new ProxyFixture(new Backend("127.0.0.1", 1));
                Socket bare = new Socket("127.0.0.1", proxy.endpoint.port());
                Socket longer = proxy.raw("GET / HTTP/1.1\nHost: x\nX: " + "y".repeat(70_000) + "\n\n")) {
            bare.getOutputStream().write("GET / HTTP/1.1\nHost: x\n\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(all(bare)).startsWith("HTTP/1.1 400");
            assertThat(until(longer.getInputStream(), "\r\n")).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void aLongHeadOfTheClientsAndTheTargetsPasses() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        String value = "v".repeat(50_000);
        try (ScriptedTarget target =
                        answering(heads, "HTTP/1.1 200 OK\nX-Long: " + value + "\nContent-Length: 2\n\nok");
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\nX-Mine: " + value + "\nConnection: close\n\n")) {
            assertThat(all(client)).contains("X-Long: " + value).endsWith("ok");
            assertThat(heads.take()).contains("X-Mine: " + value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n", "-1\n", "5\nhello!\n", "fffffffffffffffff\n", "\n"})
    void aChunkThatIsNoneEndsTheRequest(String chunk) throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.read(100_000);
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n" + chunk)) {
            assertThat(all(client)).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void requestsThatCameTogetherAreAnsweredInOrder() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    for (String head = wire.readHead(); head != null; head = wire.readHead()) {
                        heads.add(head);
                        String body = head.startsWith("POST") ? wire.read(3) : head.substring(4, 6);
                        wire.write("HTTP/1.1 200 OK\nContent-Length: " + body.length() + "\n\n" + body);
                    }
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client =
                        proxy.raw("GET /1 HTTP/1.1\nHost: x\n\n\nPOST /2 HTTP/1.1\nHost: x\nContent-Length: 3\n\n"
                                + "abcGET /3 HTTP/1.1\nHost: x\nConnection: close\n\n")) {
            assertThat(all(client).split("HTTP/1.1 200 OK"))
                    .satisfiesExactly(
                            none -> assertThat(none).isEmpty(),
                            one -> assertThat(one).endsWith("/1"),
                            two -> assertThat(two).endsWith("abc"),
                            three -> assertThat(three).endsWith("/3").contains("Connection: close"));
            assertThat(target.connections()).isEqualTo(1);
        }
    }

    @Test
    void anOldClientGetsChunksWithoutTheirFrames() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (ScriptedTarget target = answering(
                        heads,
                        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5;x=y\nhello\n6\n world\n0\nTrailer: z\n\n");
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket old = proxy.raw("GET / HTTP/1.0\n\n");
                Socket modern = proxy.raw("GET / HTTP/1.1\nHost: x\nConnection: close\n\n")) {
            assertThat(all(old)).endsWith("\r\n\r\nhello world").doesNotContain("chunked");
            assertThat(all(modern))
                    .contains("Transfer-Encoding: chunked")
                    .endsWith("\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: z\r\n\r\n");
        }
    }

    @Test
    void anOldClientThatAsksForItKeepsItsConnection() throws Exception {
        try (ScriptedTarget target = answering(new LinkedBlockingQueue<>(), OK);
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.0\nConnection: keep-alive\n\n")) {
            assertThat(until(client.getInputStream(), "ok")).contains("Connection: keep-alive");
            client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(all(client)).endsWith("ok");
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsPassedToTheEnd() throws Exception {
        String body = "0123456789".repeat(100_000);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\n\n" + body);
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\n\n")) {
            String answer = all(client);
            assertThat(answer).contains("Connection: close");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4).equals(body))
                    .isTrue();
        }
    }

    @Test
    void interimAnswersAreLeftOut() throws Exception {
        try (ScriptedTarget target = answering(
                        new LinkedBlockingQueue<>(),
                        "HTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 100 Continue\n\n" + OK);
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\nConnection: close\n\n")) {
            assertThat(all(client)).startsWith("HTTP/1.1 200 OK").endsWith("ok").doesNotContain("Link");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 304 Not Modified\nContent-Length: 5\n\n", "HTTP/1.1 204 No Content\n\n"})
    void answersWithoutABodyEndWithTheirHead(String answer) throws Exception {
        try (ScriptedTarget target = answering(new LinkedBlockingQueue<>(), answer);
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\n\n")) {
            assertThat(until(client.getInputStream(), "\r\n\r\n")).startsWith(answer.substring(0, 12));
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(all(client)).startsWith(answer.substring(0, 12));
        }
    }

    @Test
    void aChunkedAnswerThatIsCutShortDoesNotEndCleanlyForAClientThatCloses() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n6\npart\n\n");
                    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket modern = proxy.raw("GET / HTTP/1.1\nHost: x\nConnection: close\n\n");
                Socket old = proxy.raw("GET / HTTP/1.0\n\n")) {
            until(modern.getInputStream(), "part\r\n\r\n");
            until(old.getInputStream(), "part\r\n");
            seen.countDown();
            assertThatThrownBy(() -> all(modern)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> all(old)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerEndsTheRequestAtTheTarget() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    arrived.countDown();
                    end.complete(wire.read());
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            try (Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\n\n")) {
                assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
                assertThat(client.isConnected()).isTrue();
            }
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
            assertThat(proxy.meter.next(2)).containsExactly("a chosen", "elb 460");
        }
    }

    @Test
    void anAnswerMayComeBeforeTheRequestHasEnded() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 413 Too Large\nContent-Length: 2\n\nno");
                    wire.read(1_000_000);
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("POST / HTTP/1.1\nHost: x\nContent-Length: 1000000\n\nstart")) {
            assertThat(all(client))
                    .startsWith("HTTP/1.1 413")
                    .contains("Connection: close")
                    .endsWith("no");
        }
    }

    @Test
    void aClientThatStopsWithinItsBodyIs408() throws Exception {
        ProxySettings impatient =
                new ProxySettings(Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofSeconds(15));
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.read(100);
                });
                ProxyFixture proxy = new ProxyFixture(impatient, target.backend());
                Socket client = proxy.raw("POST / HTTP/1.1\nHost: x\nContent-Length: 100\n\nstart")) {
            assertThat(all(client)).startsWith("HTTP/1.1 408");
            assertThat(proxy.meter.next(2)).containsExactly("a chosen", "elb 408");
        }
    }

    @Test
    void aSlowClientHoldsItsTargetUpAndLosesNothing() throws Exception {
        int size = 20_000_000;
        CompletableFuture<Void> written = new CompletableFuture<>();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write("HTTP/1.1 200 OK\nContent-Length: " + size + "\n\n");
                    for (int i = 0; i < size / 1000; i++) {
                        wire.write("x".repeat(1000));
                    }
                    written.complete(null);
                });
                ProxyFixture proxy = new ProxyFixture(target.backend());
                Socket client = proxy.raw("GET / HTTP/1.1\nHost: x\nConnection: close\n\n")) {
            until(client.getInputStream(), "\r\n\r\nx");
            assertThat(written).as("more than all buffers hold").isNotDone();
            assertThat(client.getInputStream().readAllBytes()).hasSize(size - 1);
            written.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatATargetSaysUnaskedIsNobodysAnswer() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    wire.readHead();
                    wire.write(OK + "HTTP/1.1 200 OK\nContent-Length: 6\n\nforged");
                    wire.readHead();
                });
                ProxyFixture proxy = new ProxyFixture(target.backend())) {
            assertThat(proxy.get().body()).isEqualTo("ok");
            assertThat(proxy.get().body()).isEqualTo("ok");
            assertThat(target.connections()).isEqualTo(2);
        }
    }
}
