package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ManifestSeen;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageManifestCallTest {

    private static final String REPOSITORY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web";
    private static final String DIGEST = "sha256:" + "c".repeat(64);
    private static final String TYPE = "application/vnd.oci.image.index.v1+json";

    private final WireServer server = new WireServer();
    private final SdkAws aws =
            SdkAws.open(new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDEXAMPLE", "secret", null)));

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    private static Reply found(String manifest) {
        return Reply.json("{\"images\":[{\"registryId\":\"123456789012\",\"repositoryName\":\"shop/web\",\"imageId\":"
                + "{\"imageDigest\":\"" + DIGEST + "\"},\"imageManifest\":" + TextNode.valueOf(manifest)
                + ",\"imageManifestMediaType\":\"" + TYPE + "\"}],\"failures\":[]}");
    }

    private static Reply failure(String code) {
        return Reply.json("{\"images\":[],\"failures\":[{\"imageId\":{\"imageTag\":\"9\"},\"failureCode\":\"" + code
                + "\",\"failureReason\":\"Requested image not found\"}]}");
    }

    @Test
    void theTextIsAsItWasPushed() {
        String text = "{\n   \"schemaVersion\": 2,\n   \"ü\": \"\\u00fc\"\n}";
        server.on("BatchGetImage", found(text));
        assertThat(aws.imageManifest(REPOSITORY + "@" + DIGEST)).contains(new ManifestSeen(DIGEST, TYPE, text));
        assertThat(server.last().json().toString())
                .isEqualTo("{\"registryId\":\"123456789012\",\"repositoryName\":\"shop/web\",\"imageIds\":[{"
                        + "\"imageDigest\":\"" + DIGEST + "\"}],\"acceptedMediaTypes\":["
                        + "\"application/vnd.docker.distribution.manifest.v2+json\","
                        + "\"application/vnd.docker.distribution.manifest.list.v2+json\","
                        + "\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"application/vnd.oci.image.index.v1+json\"]}");
        aws.imageManifest(REPOSITORY + ":1.5.0");
        assertThat(server.last().json().at("/imageIds/0").toString()).isEqualTo("{\"imageTag\":\"1.5.0\"}");
    }

    @Test
    void missingImageAndRepositoryAreEmpty() {
        server.on(
                "BatchGetImage",
                failure("ImageNotFound"),
                Reply.error(400, "{\"__type\":\"RepositoryNotFoundException\",\"message\":\"no\"}"));
        assertThat(aws.imageManifest(REPOSITORY + ":9")).isEmpty();
        assertThat(aws.imageManifest(REPOSITORY + ":9")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KmsError", "SomethingNewFromAws"})
    void anyOtherFailureIsOne(String code) {
        server.on("BatchGetImage", failure(code));
        assertThatThrownBy(() -> aws.imageManifest(REPOSITORY + ":9"))
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("ECR has no manifest of image " + REPOSITORY + ":9")
                .hasMessageContaining("Requested image not found (" + code + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"images\":[]}",
                "{\"images\":[{}]}",
                "{\"images\":[{\"imageId\":{\"imageDigest\":\"sha256:1\"}}]}"
            })
    void anAnswerWithoutAManifestIsNotAwss(String answer) {
        server.on("BatchGetImage", Reply.json(answer));
        assertThatThrownBy(() -> aws.imageManifest(REPOSITORY + ":9"))
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("is not AWS's");
    }

    @Test
    void anotherRegionsRegistryIsAskedThere() {
        server.on("BatchGetImage", failure("ImageNotFound"));
        aws.imageManifest("210987654321.dkr.ecr.us-east-1.amazonaws.com/shop/web:1");
        assertThat(server.last().authorization()).contains("/us-east-1/ecr/");
        assertThat(server.last().json().path("registryId").asText()).isEqualTo("210987654321");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io/library/nginx:1", "Not An Image"})
    void onlyEcrIsAsked(String image) {
        assertThatThrownBy(() -> aws.imageManifest(image)).isInstanceOf(AwsFailure.class);
        assertThat(server.requests()).isEmpty();
    }
}
