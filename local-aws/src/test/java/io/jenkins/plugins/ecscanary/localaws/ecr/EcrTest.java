package io.jenkins.plugins.ecscanary.localaws.ecr;

import static io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes.assertMatches;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

class EcrTest {

    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/";

    @TempDir
    Path directory;

    private final World world =
            new World("123456789012", "eu-central-1", new ManualTime(), new Ids(new Random(1)), line -> {});
    private Ecr ecr;
    private DirectCalls calls;

    @BeforeEach
    void open() {
        ecr = new Ecr(world, directory.resolve("images"));
        calls = new DirectCalls(world, ecr.api());
        calls.call("CreateRepository", "{'repositoryName': 'web', 'imageTagMutability': 'IMMUTABLE'}");
    }

    @Test
    void aPushedJarIsFoundByTagAndByDigest() throws IOException {
        JarImage image = image("version one", Map.of("VERSION", "1"));
        push("web", image, "1");

        RunnableImage byTag = resolve("web:1").orElseThrow();
        assertThat(byTag.digest()).isEqualTo(image.digest());
        assertThat(Files.readString(byTag.jar())).isEqualTo("version one");
        assertThat(byTag.env()).containsExactly(Map.entry("VERSION", "1"));
        assertThat(byTag.entryPoint()).containsExactly("java", "-jar", "app.jar");
        assertThat(byTag.command()).isEmpty();
        assertThat(resolve("web@" + image.digest())).hasValue(byTag);
        assertThat(resolve("web:1@" + image.digest())).hasValue(byTag);
        assertThat(resolve("web:2")).isEmpty();
        assertThat(resolve("web")).as("no tag means latest").isEmpty();
        assertThat(resolve("web@sha256:" + "0".repeat(64))).isEmpty();
        assertThat(resolve("other:1")).isEmpty();
        assertThat(world.call(() -> ecr.resolve("docker.io/library/web:1"))).isEmpty();
    }

    @Test
    void theSameJarGivesTheSameDigest() throws IOException {
        assertThat(image("same", Map.of("B", "2", "A", "1")).digest())
                .isEqualTo(image("same", Map.of("A", "1", "B", "2")).digest())
                .isNotEqualTo(image("same", Map.of("A", "1")).digest())
                .isNotEqualTo(image("other", Map.of("A", "1", "B", "2")).digest());
    }

    @Test
    void immutableTagsStayMutableOnesMove() throws IOException {
        JarImage one = image("one", Map.of());
        JarImage two = image("two", Map.of());
        push("web", one, "1");
        upload("web", two);
        calls.refused(
                "ImageTagAlreadyExistsException",
                "The image tag '1' already exists in the 'web' repository and cannot be overwritten because the tag is"
                        + " immutable.",
                "PutImage",
                put("web", two, "1"));
        calls.refused(
                "ImageAlreadyExistsException",
                "Image with digest '" + one.digest() + "' and tag '1' already exists",
                "PutImage",
                put("web", one, "1"));
        assertThat(resolve("web:1").orElseThrow().digest()).isEqualTo(one.digest());

        calls.call("CreateRepository", "{'repositoryName': 'free'}");
        calls.call("PutImage", put("free", one, "1"));
        calls.call("PutImage", put("free", two, "1"));
        assertThat(resolve("free:1").orElseThrow().digest()).isEqualTo(two.digest());
        assertThat(resolve("free@" + one.digest())).as("untagged, not gone").isPresent();
        assertThat(calls.call("ListImages", "{'repositoryName': 'free', 'filter': {'tagStatus': 'UNTAGGED'}}")
                        .at("/imageIds/0/imageDigest")
                        .asText())
                .isEqualTo(one.digest());
    }

    @Test
    void imagesAreDescribedByTagAndDigest() throws IOException {
        JarImage image = image("one", Map.of());
        push("web", image, "1");
        calls.call("PutImage", put("web", image, "deployed-1"));
        JsonNode detail = calls.call("DescribeImages", "{'repositoryName': 'web', 'imageIds': [{'imageTag': '1'}]}")
                .at("/imageDetails/0");
        assertThat(detail.get("imageDigest").asText()).isEqualTo(image.digest());
        assertThat(detail.get("imageTags")).extracting(JsonNode::asText).containsExactly("1", "deployed-1");
        assertThat(calls.call(
                                "DescribeImages",
                                "{'repositoryName': 'web', 'imageIds': [{'imageDigest': '%s'}]}",
                                image.digest())
                        .get("imageDetails"))
                .containsExactly(detail);
        calls.refused(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'null', imageTag:'9'} does not exist within the repository with name"
                        + " 'web' in the registry with id '123456789012'",
                "DescribeImages",
                "{'repositoryName': 'web', 'imageIds': [{'imageTag': '9'}]}");
        JsonNode got = calls.call(
                "BatchGetImage", "{'repositoryName': 'web', 'imageIds': [{'imageTag': '1'}, {'imageTag': '9'}]}");
        assertThat(got.at("/images/0/imageManifest").asText()).isEqualTo(image.manifest());
        assertThat(got.at("/failures/0/failureCode").asText()).isEqualTo("ImageNotFound");
    }

    @Test
    void aLayerIsCheckedAsItComes() {
        String layer = Digest.of("hello".getBytes(StandardCharsets.UTF_8));
        String id = begin("web");
        part(id, 0, "hel");
        calls.refused("InvalidLayerPartException", "from 3 on", "UploadLayerPart", partInput(id, 7, "lo"));
        part(id, 3, "lo");
        assertThat(available(layer)).isEqualTo("UNAVAILABLE");
        calls.refused(
                "InvalidLayerException",
                "The layer's digest is " + layer,
                "CompleteLayerUpload",
                complete(id, "sha256:" + "0".repeat(64)));
        assertThat(available(layer)).isEqualTo("UNAVAILABLE");
        calls.refused("UploadNotFoundException", id, "UploadLayerPart", partInput(id, 5, "!"));

        String again = begin("web");
        part(again, 0, "hello");
        calls.call("CompleteLayerUpload", complete(again, layer));
        assertThat(available(layer)).isEqualTo("AVAILABLE");

        String third = begin("web");
        part(third, 0, "hello");
        calls.refused("LayerAlreadyExistsException", layer, "CompleteLayerUpload", complete(third, layer));
        calls.refused("EmptyUploadException", "", "CompleteLayerUpload", complete(begin("web"), layer));
    }

    @Test
    void manifestsThatCannotRunAreRefused() throws IOException {
        JarImage image = image("one", Map.of());
        calls.refused("LayersNotFoundException", image.configDigest(), "PutImage", put("web", image, "1"));
        upload("web", image);
        calls.refused(
                "NotImplementedByLocalAws",
                "images with 2 layers",
                "PutImage",
                putManifest(image.manifest().replaceFirst("\"layers\":\\[(.*)]", "\"layers\":[$1,$1]")));
        calls.refused(
                "NotImplementedByLocalAws",
                "application/vnd.oci.image.index.v1+json",
                "PutImage",
                putManifest("{\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}"));
        calls.refused("InvalidParameterException", "not JSON", "PutImage", putManifest("{"));
        calls.refused(
                "ImageDigestDoesNotMatchException",
                image.digest(),
                "PutImage",
                put("web", image, "1', 'imageDigest': 'sha256:0"));
        assertThat(resolve("web:1")).isEmpty();
    }

    @Test
    void repositoriesAreCreatedOnceAndDescribed() {
        calls.refused(
                "RepositoryAlreadyExistsException",
                "The repository with name 'web' already exists in the registry with id '123456789012'",
                "CreateRepository",
                "{'repositoryName': 'web'}");
        calls.refused("InvalidParameterException", "repositoryName", "CreateRepository", "{'repositoryName': 'W!'}");
        calls.refused(
                "RepositoryNotFoundException",
                "The repository with name 'x' does not exist in the registry with id '123456789012'",
                "DescribeRepositories",
                "{'repositoryNames': ['x']}");
        JsonNode web = calls.call("DescribeRepositories", "{}").at("/repositories/0");
        assertThat(web.get("repositoryUri").asText()).isEqualTo(HOST + "web");
        assertThat(web.get("imageTagMutability").asText()).isEqualTo("IMMUTABLE");
    }

    @Test
    void logInIsRefusedByName() {
        calls.refused("NotImplementedByLocalAws", "GetAuthorizationToken", "GetAuthorizationToken", "{}");
    }

    @Test
    void recordsMatchTheSdk() {
        assertMatches(
                Repositories.CreateRepositoryRequest.class,
                CreateRepositoryRequest.builder().build());
        assertMatches(
                Repositories.CreateRepositoryResponse.class,
                CreateRepositoryResponse.builder().build());
        assertMatches(
                Repositories.DescribeRepositoriesRequest.class,
                DescribeRepositoriesRequest.builder().build());
        assertMatches(
                Repositories.DescribeRepositoriesResponse.class,
                DescribeRepositoriesResponse.builder().build());
        assertMatches(
                LayerOperations.InitiateLayerUploadRequest.class,
                InitiateLayerUploadRequest.builder().build());
        assertMatches(
                LayerOperations.InitiateLayerUploadResponse.class,
                InitiateLayerUploadResponse.builder().build());
        assertMatches(
                LayerOperations.UploadLayerPartRequest.class,
                UploadLayerPartRequest.builder().build());
        assertMatches(
                LayerOperations.UploadLayerPartResponse.class,
                UploadLayerPartResponse.builder().build());
        assertMatches(
                LayerOperations.CompleteLayerUploadRequest.class,
                CompleteLayerUploadRequest.builder().build());
        assertMatches(
                LayerOperations.CompleteLayerUploadResponse.class,
                CompleteLayerUploadResponse.builder().build());
        assertMatches(
                LayerOperations.BatchCheckLayerAvailabilityRequest.class,
                BatchCheckLayerAvailabilityRequest.builder().build());
        assertMatches(
                LayerOperations.BatchCheckLayerAvailabilityResponse.class,
                BatchCheckLayerAvailabilityResponse.builder().build());
        assertMatches(
                ImageOperations.PutImageRequest.class, PutImageRequest.builder().build());
        assertMatches(
                ImageOperations.PutImageResponse.class,
                PutImageResponse.builder().build());
        assertMatches(
                ImageOperations.BatchGetImageRequest.class,
                BatchGetImageRequest.builder().build());
        assertMatches(
                ImageOperations.BatchGetImageResponse.class,
                BatchGetImageResponse.builder().build());
        assertMatches(
                ImageOperations.DescribeImagesRequest.class,
                DescribeImagesRequest.builder().build());
        assertMatches(
                ImageOperations.DescribeImagesResponse.class,
                DescribeImagesResponse.builder().build());
        assertMatches(
                ImageOperations.ListImagesRequest.class,
                ListImagesRequest.builder().build());
        assertMatches(
                ImageOperations.ListImagesResponse.class,
                ListImagesResponse.builder().build());
    }

    private JarImage image(String content, Map<String, String> env) throws IOException {
        Path jar = Files.writeString(directory.resolve(content.replace(' ', '-') + ".jar"), content);
        return JarImage.of(jar, env, JarImage.DEFAULT_ENTRY_POINT);
    }

    private Optional<RunnableImage> resolve(String image) {
        return world.call(() -> ecr.resolve(HOST + image));
    }

    private void push(String repository, JarImage image, String tag) throws IOException {
        upload(repository, image);
        calls.call("PutImage", put(repository, image, tag));
    }

    private void upload(String repository, JarImage image) throws IOException {
        String layer = begin(repository);
        part(layer, 0, Files.readString(image.layer()));
        calls.call("CompleteLayerUpload", complete(layer, image.layerDigest()));
        String config = begin(repository);
        part(config, 0, new String(image.config(), StandardCharsets.UTF_8));
        calls.call("CompleteLayerUpload", complete(config, image.configDigest()));
    }

    private String begin(String repository) {
        return calls.call("InitiateLayerUpload", "{'repositoryName': '%s'}", repository)
                .get("uploadId")
                .asText();
    }

    private void part(String id, int from, String text) {
        calls.call("UploadLayerPart", partInput(id, from, text));
    }

    private static String partInput(String id, int from, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return "{'repositoryName': 'web', 'uploadId': '%s', 'partFirstByte': %d, 'partLastByte': %d, 'layerPartBlob': '%s'}"
                .formatted(
                        id, from, from + bytes.length - 1, Base64.getEncoder().encodeToString(bytes));
    }

    private static String complete(String id, String digest) {
        return "{'repositoryName': 'web', 'uploadId': '%s', 'layerDigests': ['%s']}".formatted(id, digest);
    }

    private static String put(String repository, JarImage image, String tag) {
        return "{'repositoryName': '%s', 'imageTag': '%s', 'imageManifest': %s}"
                .formatted(repository, tag, TextNode.valueOf(image.manifest()));
    }

    private static String putManifest(String manifest) {
        return "{'repositoryName': 'web', 'imageTag': '1', 'imageManifest': %s}".formatted(TextNode.valueOf(manifest));
    }

    private String available(String digest) {
        return calls.call("BatchCheckLayerAvailability", "{'repositoryName': 'web', 'layerDigests': ['%s']}", digest)
                .at("/layers/0/layerAvailability")
                .asText();
    }
}
