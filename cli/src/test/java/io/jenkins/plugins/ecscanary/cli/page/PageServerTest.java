package io.jenkins.plugins.ecscanary.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import io.jenkins.plugins.ecscanary.progressview.LivePage;
import io.jenkins.plugins.ecscanary.progressview.ProgressView;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageServerTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Timelines timeline = Timelines.planned("r1", "ann").shifting();
    private volatile DeploymentView view = timeline.view();
    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        server = PageServer.start(0, () -> view, timeline::entries, () -> Timelines.START.plusSeconds(266));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesThePageUnderAStrictPolicy() throws Exception {
        HttpResponse<String> page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy")).contains(LivePage.CONTENT_SECURITY_POLICY);
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Server")).isEmpty();
        assertThat(page.body()).contains("<canary-progress src=\"view.json\" replay=\"replay.json\">", "shop/web");
        assertThat(get("canary-progress.js").body()).isEqualTo(ProgressView.SCRIPT.text());
        assertThat(get("canary-progress.css").headers().firstValue("Content-Type"))
                .contains(ProgressView.STYLESHEET.contentType());
    }

    @Test
    void servesTheDocumentWithAwsTimeAndAnswers304WhileNothingChanged() throws Exception {
        HttpResponse<String> first = get("view.json");
        String etag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(new ObjectMapper().readTree(first.body()).get("deploymentId").asText())
                .isEqualTo("d-A1B2C3D4E");
        assertThat(first.headers().firstValue("Canary-Now")).contains("2026-01-05T10:04:26Z");

        HttpResponse<String> second = get("view.json", "If-None-Match", etag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("Canary-Now")).contains("2026-01-05T10:04:26Z");

        view = timeline.ended(Outcome.PROMOTED, "all is well", 0, 100).view();
        HttpResponse<String> third = get("view.json", "If-None-Match", etag);
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(third.headers().firstValue("ETag"))
                .isNotEqualTo(first.headers().firstValue("ETag"));
    }

    @Test
    void servesTheFramesOnceTheDeploymentHasEnded() throws Exception {
        assertThat(get("replay.json").statusCode()).isEqualTo(404);

        view = timeline.ended(Outcome.PROMOTED, "all is well", 0, 100).view();

        HttpResponse<String> replay = get("replay.json");
        assertThat(replay.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(replay.body()).get("frames"))
                .hasSize(timeline.entries().size());
        String etag = replay.headers().firstValue("ETag").orElseThrow();
        assertThat(get("replay.json", "If-None-Match", etag).statusCode()).isEqualTo(304);
    }

    @Test
    void saysNotYetBeforeTheFirstEvent() throws Exception {
        view = ViewFold.fold(List.of());

        assertThat(get("view.json").statusCode()).isEqualTo(503);
        assertThat(get("").statusCode()).isEqualTo(200);
    }

    @Test
    void answersReadersOnly() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(server.uri().resolve("view.json"))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpRequest head = HttpRequest.newBuilder(server.uri().resolve("view.json"))
                .method("HEAD", BodyPublishers.noBody())
                .build();

        HttpResponse<String> posted = client.send(post, BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
        HttpResponse<String> asked = client.send(head, BodyHandlers.ofString());
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body()).isEmpty();
        assertThat(get("nothing-here").statusCode()).isEqualTo(404);
        assertThat(get("../etc/passwd").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void refusesForeignNames() throws Exception {
        assertThat(statusForHost("evil.example")).isEqualTo("421");
        assertThat(statusForHost("127.0.0.1.evil.example:" + server.uri().getPort()))
                .isEqualTo("421");
        assertThat(statusForHost("localhost:" + server.uri().getPort())).isEqualTo("200");
        assertThat(statusForHost("127.0.0.1:" + server.uri().getPort())).isEqualTo("200");
    }

    @Test
    void saysWhichPortCannotBeHad() {
        int taken = server.uri().getPort();

        assertThatThrownBy(() -> PageServer.start(taken, () -> view, timeline::entries, () -> Timelines.START))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + taken)
                .hasMessageContaining("--port");
    }

    @Test
    void waitsForAnOpenPageToReadTheEnd() throws Exception {
        get("view.json");
        CompletableFuture<Void> waited = CompletableFuture.runAsync(() -> {
            try {
                server.awaitLastRead(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        view = timeline.ended(Outcome.PROMOTED, "all is well", 0, 100).view();
        get("view.json");

        waited.get(30, TimeUnit.SECONDS);
        assertThat(waited).isCompleted();
    }

    @Test
    void doesNotWaitWhereNobodyLooks() throws Exception {
        server.awaitLastRead(Duration.ofDays(1));

        assertThat(server.uri().getHost()).isEqualTo("127.0.0.1");
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String statusForHost(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.getOutputStream()
                    .write(("GET /view.json HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.split(" ")[1];
        }
    }
}
