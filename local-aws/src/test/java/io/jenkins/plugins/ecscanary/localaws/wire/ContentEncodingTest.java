package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compressed requests that make no sense; that good ones are understood is tested with the SDK's clients. */
class ContentEncodingTest {

    private final WireFixture wire = new WireFixture(world -> List.of(SampleApis.monitoring()));

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void otherEncodingsAreRefused() throws Exception {
        HttpResponse<String> answer = send("br", "x".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("Content-Encoding other than gzip");
    }

    @Test
    void whatIsNoGzipIsSaid() throws Exception {
        HttpResponse<String> answer = send("gzip", "Action=ListMetrics".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("the body is not gzip as Content-Encoding says");
        byte[] cut = gzip(new byte[1000]);
        assertThat(send("gzip", cut, cut.length - 9).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsLargeOnlyWhenDecompressedIsRefusedAndNotRead() throws Exception {
        HttpResponse<String> answer = send("gzip", gzip(new byte[WireHandler.MAX_BODY + 1]));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("when decompressed");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private HttpResponse<String> send(String encoding, byte[] body) throws Exception {
        return send(encoding, body, body.length);
    }

    private HttpResponse<String> send(String encoding, byte[] body, int length) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(wire.endpoint())
                                .header("Content-Encoding", encoding)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body, 0, length))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
