package io.jenkins.plugins.ecscanary.localaws.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsResourceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String JSON = "application/json";

    @TempDir
    static Path directory;

    private static LocalAws aws;

    @BeforeAll
    static void start() throws IOException {
        aws = LocalAws.start(LocalAwsOptions.in(directory));
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @AfterEach
    void allOff() {
        aws.faults().switchAllOff();
    }

    @Test
    void onAndOff() throws Exception {
        aws.faults().switchOn(FaultRule.parse("ecs:*=slow:1s@0.5"));
        HttpResponse<String> made =
                send("POST", "", JSON, "{\"match\":\"elbv2:Describe*\",\"kind\":\"throttle\",\"next\":3}");
        assertThat(made.statusCode()).isEqualTo(201);
        String id = json(made).path("id").asText();

        HttpResponse<String> all = send("GET", "", null, null);
        assertThat(all.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(json(all).path("seed").asLong()).isEqualTo(1);
        assertThat(json(all).path("faults").findValuesAsText("text"))
                .containsExactly("ecs:*=slow:1s@0.5", "elasticloadbalancing:Describe*=throttle@next:3");
        assertThat(json(all).at("/faults/1/id").asText()).isEqualTo(id);
        assertThat(json(all).at("/faults/1/matched").asInt(-1)).isZero();

        assertThat(send("DELETE", "/" + id, null, null).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/" + id, null, null).statusCode()).isEqualTo(404);
        assertThat(aws.faults().active()).hasSize(1);
        assertThat(send("DELETE", "", null, null).statusCode()).isEqualTo(204);
        assertThat(aws.faults().active()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"match\":\"ecs:Nothing\",\"kind\":\"throttle\"} | 400 | no operation ecs:Nothing",
                "application/json | {\"match\":\"ecs:*\"} | 400 | 'kind' is missing",
                "application/json | <html> | 400 | malformed JSON",
                "text/plain | {\"match\":\"ecs:*\",\"kind\":\"throttle\"} | 415 | not application/json"
            })
    void whatCantBeIsRefused(String type, String body, int status, String why) throws Exception {
        HttpResponse<String> answer = send("POST", "", type, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("message").asText()).contains(why);
        assertThat(aws.faults().active()).isEmpty();
    }

    @Test
    void aBodyHasItsBounds() throws Exception {
        assertThat(send("POST", "", JSON, " ".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"PUT,''", "HEAD,''", "PATCH,''", "GET,/1", "POST,/1"})
    void otherMethodsAreRefused(String method, String path) throws Exception {
        HttpResponse<String> answer = send(method, path, JSON, "{}");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(path.isEmpty() ? "GET, POST, DELETE" : "DELETE");
    }

    @Test
    void webPagesAreKeptOut() throws Exception {
        HttpRequest fromAPage = HttpRequest.newBuilder(uri(""))
                .header("Content-Type", JSON)
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("{\"match\":\"*\",\"kind\":\"reset\"}"))
                .build();
        assertThat(HTTP.send(fromAPage, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(aws.faults().active()).isEmpty();
    }

    @Test
    void faultsFromTheStart(@TempDir Path other) throws Exception {
        List<FaultRule> rules = List.of(FaultRule.awsThrottling(), FaultRule.parse("sts:*=reset@0.25"));
        try (LocalAws faulty =
                LocalAws.start(LocalAwsOptions.in(other).withFaults(rules).withFaultSeed(9))) {
            assertThat(faulty.faults().seed()).isEqualTo(9);
            assertThat(faulty.faults().active())
                    .extracting(status -> status.rule())
                    .isEqualTo(rules);
        }
    }

    private static HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return aws.endpoint().resolve("/_local/faults" + path);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
