package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What no well-behaved client sends. */
class RawHttpTest {

    private static final String JSON = "application/x-amz-json-1.1";
    private static final String CBOR_PATH = "/service/GraniteServiceVersion20100801/operation/GetMetricStatistics";

    private static WireFixture wire;
    private static SdkHttpClient http;

    @BeforeAll
    static void start() {
        wire = new WireFixture(world -> List.of(SampleApis.ecs(), SampleApis.elb(), SampleApis.monitoring()));
        http = UrlConnectionHttpClient.create();
    }

    @AfterAll
    static void stop() {
        http.close();
        wire.close();
    }

    @Test
    void dateIsSimulated() throws IOException {
        Answer answer = ecs("ListTasks", JSON, "{}");
        assertThat(answer.header("Date")).isEqualTo("Mon, 05 Jan 2026 10:00:00 GMT");
        assertThat(answer.header("x-amzn-RequestId")).matches("[0-9a-f-]{36}");
        assertThat(answer.header("Server")).isNull();
    }

    @Test
    void json10IsAnsweredInKind() throws IOException {
        Answer answer = ecs("ListTasks", "application/x-amz-json-1.0", "{\"cluster\":\"c\",\"desiredStatus\":\"s\"}");
        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(answer.text()).isEqualTo("{\"taskArns\":[\"c/s\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "[]",
                "null",
                "{\"cluster\":1}",
                "{\"cluster\":true}",
                "{\"maxResults\":\"1\"}",
                "{\"maxResults\":1.5}",
                "{\"maxResults\":99999999999}",
                "{\"cluster\":[\"c\"]}",
                "{\"cluster\":\"a\",\"cluster\":\"b\"}",
                "{} {}",
                "\u0000"
            })
    void malformedJson(String body) throws IOException {
        Answer answer = ecs("ListTasks", JSON, body.isEmpty() ? " " : body);
        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("SerializationException");
        assertThat(answer.text()).contains("\"__type\":\"SerializationException\"");
    }

    @Test
    void deeplyNestedJson() throws IOException {
        assertThat(ecs("ListTasks", JSON, "{\"cluster\":" + "[".repeat(100_000)).status)
                .isEqualTo(400);
    }

    @Test
    void anotherContentType() throws IOException {
        assertThat(ecs("ListTasks", "text/plain", "{}").text()).contains("SerializationException", "text/plain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action=ModifyListener&Version=2015-12-01&Port=x | SerializationException",
                "Action=ModifyListener&Version=2015-12-01&Port=1&Port=2 | SerializationException",
                "Action=ModifyListener&Version=2015-12-01&Port.x=1&Port=2 | SerializationException",
                "Action=ModifyListener&Version=2015-12-01&Port=%zz | SerializationException",
                "Action=ModifyListener&Version=2015-12-01&DefaultActions.member.1=x | SerializationException",
                "Action=ModifyListener&Version=2015-12-01&..=x | SerializationException",
                "Action=ModifyListener&Version=2015-12-01&Rules.member.1.X=y | NotImplementedByLocalAws",
                "Action=ModifyListener&Version=2010-01-01 | InvalidAction",
                "Action=Nope&Version=2015-12-01 | InvalidAction",
                "Version=2015-12-01 | MissingAction"
            })
    void malformedForm(String body, String code) throws IOException {
        Answer answer = send(
                "elasticloadbalancing",
                "/",
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.text()).contains("<ErrorResponse", "<Code>" + code + "</Code>", "<RequestId>");
    }

    @Test
    void malformedCborIsNeverAFailureOfOurs() throws IOException {
        Random random = new Random(7);
        byte[] good = new CBORMapper()
                .writeValueAsBytes(Map.of(
                        "MetricName", "m", "Period", 60, "Dimensions", List.of(Map.of("Name", "n", "Value", "v"))));
        for (int i = 0; i < 300; i++) {
            byte[] body = good.clone();
            for (int n = random.nextInt(4) + 1; n > 0; n--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            CborProtocol protocol = new CborProtocol();
            WireRequest request =
                    new WireRequest("POST", CBOR_PATH, null, Map.of("content-type", List.of("application/cbor")), body);
            WireProtocol.Target target = new WireProtocol.Target(SampleApis.monitoring(), "GetMetricStatistics");
            try {
                assertThat(protocol.input(request, target).isObject()).isTrue();
            } catch (AwsError e) {
                assertThat(e.code()).isEqualTo("SerializationException");
            }
        }
        Answer answer = send(
                "monitoring",
                CBOR_PATH,
                Map.of("Content-Type", "application/cbor", "smithy-protocol", "rpc-v2-cbor"),
                new byte[] {(byte) 0xBF, 0x61});
        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.header("smithy-protocol")).isEqualTo("rpc-v2-cbor");
        JsonNode error = new CBORMapper().readTree(answer.body);
        assertThat(error.path("__type").asText()).isEqualTo("SerializationException");
    }

    @Test
    void unknownService() throws IOException {
        Answer answer = send(
                "dynamodb",
                "/",
                Map.of("Content-Type", JSON, "X-Amz-Target", "DynamoDB_20120810.ListTables"),
                bytes("{}"));
        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.text()).contains("UnknownOperationException", "DynamoDB_20120810.ListTables");
    }

    @Test
    void signedForAnotherService() throws IOException {
        Answer answer = send(
                "s3",
                "/",
                Map.of("Content-Type", JSON, "X-Amz-Target", "AmazonEC2ContainerServiceV20141113.ListTasks"),
                bytes("{}"));
        assertThat(answer.text()).contains("InvalidSignatureException", "correct service: 'ecs'");
    }

    @Test
    void changedAfterSigning() throws IOException {
        SdkHttpRequest signed = signed("ecs", "/", ecsHeaders("ListTasks", JSON), bytes("{\"cluster\":\"a\"}"));
        Answer answer = exchange(signed, bytes("{\"cluster\":\"b\"}"));
        assertThat(answer.text()).contains("InvalidSignatureException");
    }

    @Test
    void largerThanAllowed() throws IOException {
        Answer answer = ecs("ListTasks", JSON, " ".repeat(WireHandler.MAX_BODY + 1));
        assertThat(answer.status).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evil.example | | 403",
                "127.0.0.1.evil.example | | 403",
                "localhost.evil.example:80 | | 403",
                "127.0.0.1 | http://evil.example | 403",
                "127.0.0.1 | null | 403",
                "localhost:1 | | 400",
                "127.9.9.9:65535 | | 400",
                "[::1]:80 | | 400"
            })
    void onlyLoopbackAndNoWebPage(String host, String origin, int status) throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: " + host + "\r\n"
                + (origin == null ? "" : "Origin: " + origin + "\r\n")
                + "X-Amz-Target: AmazonEC2ContainerServiceV20141113.ListTasks\r\n"
                + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        URI endpoint = wire.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
            // Where Host is ours it is the missing signature that is refused.
            assertThat(answer.contains("MissingAuthenticationTokenException")).isEqualTo(status == 400);
        }
    }

    private static Answer ecs(String operation, String type, String body) throws IOException {
        return send("ecs", "/", ecsHeaders(operation, type), bytes(body));
    }

    private static Map<String, String> ecsHeaders(String operation, String type) {
        return Map.of("Content-Type", type, "X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation);
    }

    private static Answer send(String service, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        return exchange(signed(service, path, headers, body), body);
    }

    private static SdkHttpRequest signed(String service, String path, Map<String, String> headers, byte[] body) {
        SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(wire.endpoint().resolve(path));
        headers.forEach(request::putHeader);
        return AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsCredentialsIdentity.create(WireFixture.KEY, WireFixture.SECRET))
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, WireFixture.REGION))
                .request();
    }

    private static Answer exchange(SdkHttpRequest request, byte[] body) throws IOException {
        HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(request.toBuilder()
                                .putHeader("Content-Length", String.valueOf(body.length))
                                .build())
                        .contentStreamProvider(() -> new ByteArrayInputStream(body))
                        .build())
                .call();
        try (InputStream in = response.responseBody().orElseThrow()) {
            return new Answer(
                    response.httpResponse().statusCode(),
                    response.httpResponse().headers(),
                    in.readAllBytes());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> name.equalsIgnoreCase(header.getKey()))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }
    }
}
