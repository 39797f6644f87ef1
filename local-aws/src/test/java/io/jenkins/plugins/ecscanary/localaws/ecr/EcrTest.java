package io.jenkins.plugins.ecscanary.localaws.ecr;

import static io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes.assertMatches;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsShapes;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.StartImageScanRequest;
import software.amazon.awssdk.services.ecr.model.StartImageScanResponse;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

class EcrTest {

    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/";

    @TempDir
    Path directory;

    private EcrFixture fixture;
    private World world;
    private Ecr ecr;
    private DirectCalls calls;

    @BeforeEach
    void open() {
        fixture = new EcrFixture(directory);
        world = fixture.world;
        ecr = fixture.ecr;
        calls = fixture.calls;
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
        fixture.upload("web", two);
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
        calls.refused("LayersNotFoundException", "'free'", "PutImage", put("free", one, "1"));
        fixture.upload("free", one);
        fixture.upload("free", two);
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
        calls.call("CreateRepository", "{'repositoryName': 'other'}");
        assertThat(calls.call(
                                "BatchCheckLayerAvailability",
                                "{'repositoryName': 'other', 'layerDigests': ['%s']}",
                                layer)
                        .at("/layers/0/layerAvailability")
                        .asText())
                .as("another repository's")
                .isEqualTo("UNAVAILABLE");

        String third = begin("web");
        part(third, 0, "hello");
        calls.refused("LayerAlreadyExistsException", layer, "CompleteLayerUpload", complete(third, layer));
        calls.refused("EmptyUploadException", "", "CompleteLayerUpload", complete(begin("web"), layer));
    }

    @Test
    void manifestsThatCannotRunAreRefused() throws IOException {
        JarImage image = image("one", Map.of());
        calls.refused("LayersNotFoundException", image.configDigest(), "PutImage", put("web", image, "1"));
        fixture.upload("web", image);
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
                RepositoryOperations.CreateRepositoryRequest.class,
                CreateRepositoryRequest.builder().build());
        assertMatches(
                RepositoryOperations.CreateRepositoryResponse.class,
                CreateRepositoryResponse.builder().build());
        assertMatches(
                RepositoryOperations.DescribeRepositoriesRequest.class,
                DescribeRepositoriesRequest.builder().build());
        assertMatches(
                RepositoryOperations.DescribeRepositoriesResponse.class,
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
        Map<Class<?>, SdkPojo> shapes = Map.ofEntries(
                Map.entry(
                        RepositoryOperations.DeleteRepositoryRequest.class,
                        DeleteRepositoryRequest.builder().build()),
                Map.entry(
                        RepositoryOperations.DeleteRepositoryResponse.class,
                        DeleteRepositoryResponse.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageTagMutabilityRequest.class,
                        PutImageTagMutabilityRequest.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageTagMutabilityResponse.class,
                        PutImageTagMutabilityResponse.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageScanningConfigurationRequest.class,
                        PutImageScanningConfigurationRequest.builder().build()),
                Map.entry(
                        RepositoryOperations.PutImageScanningConfigurationResponse.class,
                        PutImageScanningConfigurationResponse.builder().build()),
                Map.entry(
                        ImageDeletion.BatchDeleteImageRequest.class,
                        BatchDeleteImageRequest.builder().build()),
                Map.entry(
                        ImageDeletion.BatchDeleteImageResponse.class,
                        BatchDeleteImageResponse.builder().build()),
                Map.entry(
                        ScanOperations.StartImageScanRequest.class,
                        StartImageScanRequest.builder().build()),
                Map.entry(
                        ScanOperations.StartImageScanResponse.class,
                        StartImageScanResponse.builder().build()),
                Map.entry(
                        ScanOperations.DescribeImageScanFindingsRequest.class,
                        DescribeImageScanFindingsRequest.builder().build()),
                Map.entry(
                        ScanOperations.DescribeImageScanFindingsResponse.class,
                        DescribeImageScanFindingsResponse.builder().build()),
                Map.entry(
                        LifecycleOperations.PutLifecyclePolicyRequest.class,
                        PutLifecyclePolicyRequest.builder().build()),
                Map.entry(
                        LifecycleOperations.PutLifecyclePolicyResponse.class,
                        PutLifecyclePolicyResponse.builder().build()),
                Map.entry(
                        LifecycleOperations.LifecyclePolicyRequest.class,
                        GetLifecyclePolicyRequest.builder().build()),
                Map.entry(
                        LifecycleOperations.LifecyclePolicyResponse.class,
                        GetLifecyclePolicyResponse.builder().build()),
                Map.entry(
                        ResourceTags.TagResourceRequest.class,
                        TagResourceRequest.builder().build()),
                Map.entry(
                        ResourceTags.UntagResourceRequest.class,
                        UntagResourceRequest.builder().build()),
                Map.entry(
                        ResourceTags.ListTagsForResourceRequest.class,
                        ListTagsForResourceRequest.builder().build()),
                Map.entry(
                        ResourceTags.ListTagsForResourceResponse.class,
                        ListTagsForResourceResponse.builder().build()));
        shapes.forEach(AwsShapes::assertMatches);
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
        fixture.upload(repository, image);
        calls.call("PutImage", put(repository, image, tag));
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
