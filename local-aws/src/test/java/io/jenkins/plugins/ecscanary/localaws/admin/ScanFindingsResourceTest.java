package io.jenkins.plugins.ecscanary.localaws.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.ecr.JarImage;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanFindingsResourceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String JSON = "application/json";

    @TempDir
    static Path directory;

    private static LocalAws aws;
    private static int images;

    @BeforeAll
    static void start() throws IOException {
        aws = LocalAws.start(LocalAwsOptions.in(directory.resolve("aws")));
        call("CreateRepository", Map.of("repositoryName", "web"));
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void whatIsFoundIsToldAndScannedForAgain() throws Exception {
        String digest = push("found");
        Map<String, Object> image = Map.of("repositoryName", "web", "imageId", Map.of("imageDigest", digest));
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> call("StartImageScan", image))
                .withMessageContaining("/_local/scan-findings");

        HttpResponse<String> stored =
                put("{'repository': 'web', 'image': 'found', 'findings': [{'name': 'CVE-2026-1', 'severity': 'HIGH',"
                        + " 'description': 'bad', 'uri': 'https://example.com/1',"
                        + " 'attributes': [{'key': 'package_name', 'value': 'zlib'}]},"
                        + " {'name': 'CVE-2026-2', 'severity': 'LOW'}]}");
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
        assertThat(json(stored).toString())
                .isEqualTo("{\"repository\":\"web\",\"imageDigest\":\"" + digest + "\",\"findings\":2}");

        JsonNode found = call("DescribeImageScanFindings", image);
        assertThat(found.at("/imageScanStatus/status").asText()).isEqualTo("COMPLETE");
        assertThat(found.at("/imageScanFindings/findingSeverityCounts").toString())
                .isEqualTo("{\"HIGH\":1,\"LOW\":1}");
        assertThat(found.at("/imageScanFindings/findings/0/attributes/0").toString())
                .isEqualTo("{\"key\":\"package_name\",\"value\":\"zlib\"}");
        assertThat(call("StartImageScan", image).at("/imageScanStatus/status").asText())
                .isEqualTo("IN_PROGRESS");
        assertThat(call("DescribeImageScanFindings", image)
                        .at("/imageScanStatus/status")
                        .asText())
                .isEqualTo("IN_PROGRESS");
    }

    @Test
    void whatIsToldLaterCountsAndAnEmptyListIsAnImageThatIsClean() throws Exception {
        String digest = push("clean");
        Map<String, Object> image = Map.of("repositoryName", "web", "imageId", Map.of("imageTag", "clean"));
        put("{'repository': 'web', 'image': 'clean', 'findings': [{'name': 'CVE-2026-1', 'severity': 'HIGH'}]}");
        HttpResponse<String> again = put("{'repository': 'web', 'image': '" + digest + "', 'findings': []}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(call("DescribeImageScanFindings", image).at("/imageScanFindings/findings"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'repository': 'nope', 'image': '1', 'findings': []} | 404 | repository with name 'nope' does not exist",
                "{'repository': 'web', 'image': 'nope', 'findings': []} | 404 | web has no image nope",
                "{'repository': 'web', 'image': '1'} | 400 | findings is missing",
                "{'repository': 'web', 'findings': []} | 400 | image is missing",
                "{'image': '1', 'findings': []} | 400 | repository is missing",
                "{'repository': 'web', 'image': '1', 'findings': [{'name': 'CVE-1'}]} | 400 | findings[0]: a finding needs",
                "{'repository': 'web', 'image': '1', 'findings': [{'name': 'C', 'severity': 'AWFUL'}]} | 400 | AWFUL",
                "{'repository': 'web', 'image': '1', 'findings': [null]} | 400 | findings[0] is null",
                "{'repository': 'web', 'image': '1', 'findings': [{'cvss': 9}]} | 400 | findings[0].cvss is not known",
                "{'repository': 'web', 'image': '1', 'findings': {}} | 400 | findings is not of the expected type",
                "{'repository': 7, 'image': '1', 'findings': []} | 400 | repository is not of the expected type",
                "null | 400 | not one JSON object",
                "<html> | 400 | malformed JSON"
            })
    void whatCantBeIsRefused(String body, int status, String why) throws Exception {
        HttpResponse<String> answer = put(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("message").asText()).contains(why);
    }

    @Test
    void anAttributeIsThereOnceAndWhole() throws Exception {
        String start =
                "{'repository': 'web', 'image': '1', 'findings': [{'name': 'C', 'severity': 'LOW', 'attributes': ";
        assertThat(put(start + "[{'key': 'a'}]}]}").body()).contains("a key and a value");
        assertThat(put(start + "[{'key': 'a', 'value': '1'}, {'key': 'a', 'value': '2'}]}]}")
                        .body())
                .contains("the attribute a is there twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void otherMethodsAreRefused(String method) throws Exception {
        HttpResponse<String> answer = send(method, JSON, "{}");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("PUT");
    }

    @Test
    void onlyJsonWithinBoundsAndFromNoWebPage() throws Exception {
        assertThat(send("PUT", "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(send("PUT", JSON, " ".repeat(1_100_000)).statusCode()).isEqualTo(413);
        HttpRequest fromAPage = HttpRequest.newBuilder(uri())
                .header("Content-Type", JSON)
                .header("Origin", "http://evil.example")
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(HTTP.send(fromAPage, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    private static String push(String tag) throws IOException {
        Path jar = Files.writeString(directory.resolve(tag + ".jar"), "image " + ++images);
        JarImage image = JarImage.of(jar, Map.of(), JarImage.DEFAULT_ENTRY_POINT);
        upload(Files.readAllBytes(image.layer()), image.layerDigest());
        upload(image.config(), image.configDigest());
        call("PutImage", Map.of("repositoryName", "web", "imageTag", tag, "imageManifest", image.manifest()));
        return image.digest();
    }

    private static void upload(byte[] bytes, String digest) {
        String id = call("InitiateLayerUpload", Map.of("repositoryName", "web"))
                .get("uploadId")
                .asText();
        call(
                "UploadLayerPart",
                Map.of(
                        "repositoryName",
                        "web",
                        "uploadId",
                        id,
                        "partFirstByte",
                        0,
                        "partLastByte",
                        bytes.length - 1,
                        "layerPartBlob",
                        Base64.getEncoder().encodeToString(bytes)));
        call("CompleteLayerUpload", Map.of("repositoryName", "web", "uploadId", id, "layerDigests", List.of(digest)));
    }

    private static JsonNode call(String operation, Map<String, ?> input) {
        return aws.calls().call("ecr", operation, input);
    }

    /** With single quotes for double ones. */
    private static HttpResponse<String> put(String body) throws IOException, InterruptedException {
        return send("PUT", JSON, body.replace('\'', '"'));
    }

    private static HttpResponse<String> send(String method, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri())
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri() {
        return aws.endpoint().resolve("/_local/scan-findings");
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
