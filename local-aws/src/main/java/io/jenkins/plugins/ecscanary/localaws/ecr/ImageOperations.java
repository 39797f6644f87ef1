package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PutImage, BatchGetImage, DescribeImages, ListImages. */
final class ImageOperations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private final World world;
    private final Repositories repositories;
    private final BlobStore blobs;

    ImageOperations(World world, Repositories repositories, BlobStore blobs) {
        this.world = world;
        this.repositories = repositories;
        this.blobs = blobs;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("PutImage", PutImageRequest.class, this::put),
                Operation.of("BatchGetImage", BatchGetImageRequest.class, this::get),
                Operation.of("DescribeImages", DescribeImagesRequest.class, this::describe),
                Operation.of("ListImages", ListImagesRequest.class, this::list));
    }

    PutImageResponse put(PutImageRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        Manifest manifest = Manifest.parse(request.imageManifest, request.imageManifestMediaType);
        String digest = Digest.of(request.imageManifest.getBytes(StandardCharsets.UTF_8));
        if (request.imageDigest != null && !request.imageDigest.equals(digest)) {
            throw new AwsError(
                    "ImageDigestDoesNotMatchException",
                    "The image's digest is " + digest + ", not " + request.imageDigest + " as given");
        }
        checkBlobs(manifest);
        String tag = request.imageTag;
        if (tag != null) {
            checkTag(repository, tag, digest);
        } else if (repository.byDigest(digest).isPresent()) {
            throw alreadyExists(repository, digest, null);
        }
        Pushed image = repository.add(new Pushed(digest, manifest, world.now()));
        if (tag != null) {
            repository.tag(tag, image);
        }
        world.log("ecr %s: image %s pushed as %s", repository.name, digest, tag == null ? "untagged" : tag);
        return new PutImageResponse(view(repository, image, tag));
    }

    BatchGetImageResponse get(BatchGetImageRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        List<ImageView> images = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier id : request.imageIds) {
            if (id.imageDigest == null && id.imageTag == null) {
                failures.add(new ImageFailure(
                        id, "MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null"));
                continue;
            }
            find(repository, id)
                    .ifPresentOrElse(
                            image -> images.add(view(repository, image, id.imageTag)),
                            () -> failures.add(new ImageFailure(id, "ImageNotFound", "Requested image not found")));
        }
        return new BatchGetImageResponse(images, failures);
    }

    DescribeImagesResponse describe(DescribeImagesRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        List<Pushed> images = request.imageIds.isEmpty()
                ? repository.images()
                : request.imageIds.stream()
                        .map(id -> find(repository, id).orElseThrow(() -> notFound(repository, id)))
                        .distinct()
                        .toList();
        List<ImageDetail> details = images.stream()
                .filter(image ->
                        wanted(request.filter, !repository.tagsOf(image).isEmpty()))
                .map(image -> detail(repository, image))
                .toList();
        Page<ImageDetail> page = Page.of(details, request.nextToken, request.maxResults, 1000);
        return new DescribeImagesResponse(page.items(), page.nextToken());
    }

    ListImagesResponse list(ListImagesRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        List<ImageIdentifier> ids = repository.images().stream()
                .flatMap(image -> identifiers(repository, image))
                .filter(id -> wanted(request.filter, id.imageTag != null))
                .toList();
        Page<ImageIdentifier> page = Page.of(ids, request.nextToken, request.maxResults, 1000);
        return new ListImagesResponse(page.items(), page.nextToken());
    }

    private void checkBlobs(Manifest manifest) {
        for (Manifest.Blob blob : manifest.blobs()) {
            long size = blobs.size(blob.digest())
                    .orElseThrow(() -> new AwsError(
                            "LayersNotFoundException",
                            "Image requires layer " + blob.digest() + " that was not uploaded"));
            if (size != blob.size()) {
                throw new AwsError(
                        "InvalidParameterException",
                        "Blob " + blob.digest() + " has " + size + " bytes, not " + blob.size()
                                + " as the manifest says");
            }
        }
        try {
            if (JSON.readTree(new String(blobs.read(manifest.config().digest()), StandardCharsets.UTF_8))
                    .isObject()) {
                return;
            }
        } catch (JsonProcessingException e) {
            throw new AwsError(
                    "InvalidParameterException", "The image configuration is not JSON: " + e.getOriginalMessage());
        }
        throw new AwsError("InvalidParameterException", "The image configuration is not a JSON object");
    }

    private void checkTag(Repository repository, String tag, String digest) {
        if (!TAG.matcher(tag).matches()) {
            throw new AwsError(
                    "InvalidParameterException",
                    "Invalid parameter at 'imageTag' failed to satisfy constraint: '" + tag + "'");
        }
        Optional<Pushed> present = repository.byTag(tag);
        if (present.isPresent() && present.get().digest().equals(digest)) {
            throw alreadyExists(repository, digest, tag);
        }
        if (present.isPresent() && repository.immutable) {
            throw new AwsError(
                    "ImageTagAlreadyExistsException",
                    "The image tag '" + tag + "' already exists in the '" + repository.name
                            + "' repository and cannot be overwritten because the tag is immutable.");
        }
    }

    private AwsError alreadyExists(Repository repository, String digest, String tag) {
        return new AwsError(
                "ImageAlreadyExistsException",
                "Image with digest '" + digest + "' and tag '" + tag + "' already exists in the repository with name '"
                        + repository.name + "' in registry with id '" + world.account() + "'");
    }

    private AwsError notFound(Repository repository, ImageIdentifier id) {
        return new AwsError(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'" + id.imageDigest + "', imageTag:'" + id.imageTag
                        + "'} does not exist within the repository with name '" + repository.name
                        + "' in the registry with id '" + world.account() + "'");
    }

    /** With both given, the tag must point at the digest. */
    private static Optional<Pushed> find(Repository repository, ImageIdentifier id) {
        if (id.imageTag == null) {
            return repository.byDigest(id.imageDigest);
        }
        return repository
                .byTag(id.imageTag)
                .filter(image -> id.imageDigest == null || image.digest().equals(id.imageDigest));
    }

    private static boolean wanted(TagFilter filter, boolean tagged) {
        if (filter == null || filter.tagStatus == null || "ANY".equals(filter.tagStatus)) {
            return true;
        }
        return "TAGGED".equals(filter.tagStatus) == tagged;
    }

    private static Stream<ImageIdentifier> identifiers(Repository repository, Pushed image) {
        List<String> tags = repository.tagsOf(image);
        return tags.isEmpty()
                ? Stream.of(new ImageIdentifier(image.digest(), null))
                : tags.stream().map(tag -> new ImageIdentifier(image.digest(), tag));
    }

    private ImageView view(Repository repository, Pushed image, String tag) {
        return new ImageView(
                world.account(),
                repository.name,
                new ImageIdentifier(image.digest(), tag),
                image.manifest().text(),
                image.manifest().mediaType());
    }

    private ImageDetail detail(Repository repository, Pushed image) {
        List<String> tags = repository.tagsOf(image);
        return new ImageDetail(
                world.account(),
                repository.name,
                image.digest(),
                tags.isEmpty() ? null : tags,
                image.manifest().blobs().stream().mapToLong(Manifest.Blob::size).sum(),
                image.pushedAt(),
                image.manifest().mediaType());
    }

    record ImageIdentifier(String imageDigest, String imageTag) {}

    record PutImageRequest(
            String registryId,
            String repositoryName,
            String imageManifest,
            String imageManifestMediaType,
            String imageTag,
            String imageDigest) {}

    record PutImageResponse(ImageView image) {}

    record ImageView(
            String registryId,
            String repositoryName,
            ImageIdentifier imageId,
            String imageManifest,
            String imageManifestMediaType) {}

    record BatchGetImageRequest(
            String registryId, String repositoryName, List<ImageIdentifier> imageIds, List<String> acceptedMediaTypes) {
        BatchGetImageRequest {
            imageIds = imageIds == null ? List.of() : List.copyOf(imageIds);
            acceptedMediaTypes = acceptedMediaTypes == null ? List.of() : List.copyOf(acceptedMediaTypes);
        }
    }

    record BatchGetImageResponse(List<ImageView> images, List<ImageFailure> failures) {
        BatchGetImageResponse {
            images = List.copyOf(images);
            failures = List.copyOf(failures);
        }
    }

    record ImageFailure(ImageIdentifier imageId, String failureCode, String failureReason) {}

    record TagFilter(String tagStatus) {}

    record DescribeImagesRequest(
            String registryId,
            String repositoryName,
            List<ImageIdentifier> imageIds,
            String nextToken,
            Integer maxResults,
            TagFilter filter) {
        DescribeImagesRequest {
            imageIds = imageIds == null ? List.of() : List.copyOf(imageIds);
        }
    }

    record DescribeImagesResponse(List<ImageDetail> imageDetails, String nextToken) {
        DescribeImagesResponse {
            imageDetails = List.copyOf(imageDetails);
        }
    }

    record ImageDetail(
            String registryId,
            String repositoryName,
            String imageDigest,
            List<String> imageTags,
            Long imageSizeInBytes,
            Instant imagePushedAt,
            String imageManifestMediaType) {
        ImageDetail {
            imageTags = imageTags == null ? null : List.copyOf(imageTags);
        }
    }

    record ListImagesRequest(
            String registryId, String repositoryName, String nextToken, Integer maxResults, TagFilter filter) {}

    record ListImagesResponse(List<ImageIdentifier> imageIds, String nextToken) {
        ListImagesResponse {
            imageIds = List.copyOf(imageIds);
        }
    }
}
