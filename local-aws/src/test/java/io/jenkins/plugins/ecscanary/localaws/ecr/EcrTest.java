package io.jenkins.plugins.ecscanary.localaws.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
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
        assertThat(got.at("/images/0/imageManifestMediaType").asText()).isEqualTo(JarImage.MANIFEST_TYPE);
        assertThat(got.at("/images/0/imageId/imageDigest").asText()).isEqualTo(image.digest());
        assertThat(got.at("/failures/0/failureCode").asText()).isEqualTo("ImageNotFound");
    }

    @Test
    void aManifestIsAnsweredAsItWasPushedToWhoAcceptsIt() {
        JarImage image = fixture.image("hello");
        fixture.push("web", "hello", "1");
        String ask = "{'repositoryName': 'web', 'imageIds': [{'imageDigest': '%s'}], 'acceptedMediaTypes': [%s]}";
        JsonNode got = calls.call(
                "BatchGetImage",
                ask,
                image.digest(),
                "'application/vnd.oci.image.index.v1+json', '" + JarImage.MANIFEST_TYPE + "'");
        String manifest = got.at("/images/0/imageManifest").asText();
        assertThat(Digest.of(manifest.getBytes(StandardCharsets.UTF_8))).isEqualTo(image.digest());
        assertThat(manifest).contains(image.configDigest());
        calls.refused(
                "NotImplementedByLocalAws",
                "manifests are not converted",
                "BatchGetImage",
                ask.formatted(image.digest(), "'application/vnd.docker.distribution.manifest.v2+json'"));
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
