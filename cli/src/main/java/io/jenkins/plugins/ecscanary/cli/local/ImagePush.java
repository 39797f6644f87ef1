package io.jenkins.plugins.ecscanary.cli.local;

import io.jenkins.plugins.ecscanary.localaws.ecr.JarImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Pushes a runnable jar as an image into a local AWS, through ECR's own operations. */
public final class ImagePush implements AutoCloseable {

    private final EcrClient ecr;

    public ImagePush(URI endpoint, String region, AwsCredentialsProvider keys) {
        ecr = EcrClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(keys)
                .build();
    }

    /**
     * What was pushed.
     *
     * @param reference {@code <registry>/<repository>:<tag>}
     * @param digest of the manifest
     */
    public record Pushed(String reference, String digest) {}

    /**
     * Pushes; the repository is created if there is none.
     *
     * @param environment of the image, under the task definition's own
     * @throws IOException if the jar can't be read
     * @throws software.amazon.awssdk.core.exception.SdkException what the registry refuses, such as moving a tag
     */
    public Pushed push(Path jar, String repository, String tag, Map<String, String> environment) throws IOException {
        JarImage image = JarImage.of(jar, environment, JarImage.DEFAULT_ENTRY_POINT);
        String uri = repositoryUri(repository);
        try (InputStream layer = Files.newInputStream(image.layer())) {
            upload(repository, image.layerDigest(), layer);
        }
        upload(repository, image.configDigest(), new java.io.ByteArrayInputStream(image.config()));
        try {
            ecr.putImage(put -> put.repositoryName(repository)
                    .imageTag(tag)
                    .imageManifest(image.manifest())
                    .imageManifestMediaType(JarImage.MANIFEST_TYPE));
        } catch (ImageAlreadyExistsException e) {
            // The very same image under the same tag: what was asked for is so.
        }
        return new Pushed(uri + ":" + tag, image.digest());
    }

    private String repositoryUri(String repository) {
        try {
            return ecr.describeRepositories(ask -> ask.repositoryNames(repository))
                    .repositories()
                    .get(0)
                    .repositoryUri();
        } catch (RepositoryNotFoundException e) {
            return ecr.createRepository(create -> create.repositoryName(repository))
                    .repository()
                    .repositoryUri();
        }
    }

    private void upload(String repository, String digest, InputStream bytes) throws IOException {
        var upload = ecr.initiateLayerUpload(start -> start.repositoryName(repository));
        long first = 0;
        byte[] part = bytes.readNBytes(Math.toIntExact(upload.partSize()));
        while (part.length > 0) {
            long from = first;
            long to = first + part.length - 1;
            SdkBytes blob = SdkBytes.fromByteArrayUnsafe(part);
            ecr.uploadLayerPart(send -> send.repositoryName(repository)
                    .uploadId(upload.uploadId())
                    .partFirstByte(from)
                    .partLastByte(to)
                    .layerPartBlob(blob));
            first = to + 1;
            part = bytes.readNBytes(Math.toIntExact(upload.partSize()));
        }
        try {
            ecr.completeLayerUpload(complete -> complete.repositoryName(repository)
                    .uploadId(upload.uploadId())
                    .layerDigests(digest));
        } catch (LayerAlreadyExistsException e) {
            // Pushed before, with another image.
        }
    }

    @Override
    public void close() {
        ecr.close();
    }
}
