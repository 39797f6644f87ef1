package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

/** A registry on manual time, and images for it. */
final class EcrFixture {

    final ManualTime time = new ManualTime();
    final World world = new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), line -> {});
    final Ecr ecr;
    final DirectCalls calls;
    private final Path directory;

    EcrFixture(Path directory) {
        this.directory = directory;
        ecr = new Ecr(world, directory.resolve("images"));
        calls = new DirectCalls(world, ecr.api());
    }

    JarImage image(String content) {
        try {
            Path jar = Files.writeString(directory.resolve(content + ".jar"), content);
            return JarImage.of(jar, Map.of(), JarImage.DEFAULT_ENTRY_POINT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pushes an image of this content under these tags; its digest. */
    String push(String repository, String content, String... tags) {
        JarImage image = image(content);
        upload(repository, image);
        for (String tag : tags) {
            calls.call("PutImage", put(repository, image, tag));
        }
        if (tags.length == 0) {
            calls.call(
                    "PutImage",
                    "{'repositoryName': '%s', 'imageManifest': %s}",
                    repository,
                    TextNode.valueOf(image.manifest()));
        }
        return image.digest();
    }

    void upload(String repository, JarImage image) {
        try {
            blob(repository, Files.readAllBytes(image.layer()), image.layerDigest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        blob(repository, image.config(), image.configDigest());
    }

    private void blob(String repository, byte[] bytes, String digest) {
        JsonNode known = calls.call(
                "BatchCheckLayerAvailability", "{'repositoryName': '%s', 'layerDigests': ['%s']}", repository, digest);
        if ("AVAILABLE".equals(known.at("/layers/0/layerAvailability").asText())) {
            return;
        }
        String id = calls.call("InitiateLayerUpload", "{'repositoryName': '%s'}", repository)
                .get("uploadId")
                .asText();
        calls.call(
                "UploadLayerPart",
                "{'repositoryName': '%s', 'uploadId': '%s', 'partFirstByte': 0, 'partLastByte': %d, 'layerPartBlob': '%s'}",
                repository,
                id,
                bytes.length - 1,
                Base64.getEncoder().encodeToString(bytes));
        calls.call(
                "CompleteLayerUpload",
                "{'repositoryName': '%s', 'uploadId': '%s', 'layerDigests': ['%s']}",
                repository,
                id,
                digest);
    }

    static String put(String repository, JarImage image, String tag) {
        return "{'repositoryName': '%s', 'imageTag': '%s', 'imageManifest': %s}"
                .formatted(repository, tag, TextNode.valueOf(image.manifest()));
    }

    /** All tags of a repository's images, each untagged image as its content. */
    List<String> tags(String repository) {
        JsonNode ids =
                calls.call("ListImages", "{'repositoryName': '%s'}", repository).get("imageIds");
        return StreamSupport.stream(ids.spliterator(), false)
                .map(id -> id.hasNonNull("imageTag")
                        ? id.get("imageTag").asText()
                        : "untagged "
                                + content(repository, id.get("imageDigest").asText()))
                .sorted()
                .toList();
    }

    private String content(String repository, String digest) {
        String reference = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/" + repository + "@" + digest;
        try {
            return new String(
                    Files.readAllBytes(world.call(() -> ecr.resolve(reference))
                            .orElseThrow()
                            .jar()),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
