package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Scan;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** PutImage, BatchGetImage, DescribeImages, ListImages. */
final class ImageOperations {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final Repositories repositories;
    private final BlobStore blobs;
    private final ScanOperations scans;
    private final LifecycleOperations lifecycle;

    ImageOperations(
            World world,
            Repositories repositories,
            BlobStore blobs,
            ScanOperations scans,
            LifecycleOperations lifecycle) {
        this.world = world;
        this.repositories = repositories;
        this.blobs = blobs;
        this.scans = scans;
        this.lifecycle = lifecycle;
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
        checkBlobs(repository, manifest);
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
        lifecycle.pushed(repository);
        return new PutImageResponse(view(repository, image, tag));
    }

    BatchGetImageResponse get(BatchGetImageRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        ImageIdentifier.checkBatch(request.imageIds);
        List<ImageView> images = new ArrayList<>();
        List<ImageIdentifier.Failure> failures = new ArrayList<>();
        for (ImageIdentifier id : request.imageIds) {
            id.failure(repository).ifPresentOrElse(failures::add, () -> {
                Pushed image = id.find(repository).orElseThrow();
                checkAccepted(request.acceptedMediaTypes, image);
                images.add(view(repository, image, id.imageTag()));
            });
        }
        return new BatchGetImageResponse(images, failures);
    }

    /** ECR would convert some kinds into others, which have other digests; nothing is converted here. */
    private static void checkAccepted(List<String> accepted, Pushed image) {
        String type = image.manifest().mediaType();
        if (!accepted.isEmpty() && !accepted.contains(type)) {
            throw AwsError.unsupported("acceptedMediaTypes without " + type + ", the media type of " + image.digest()
                    + ": manifests are not converted");
        }
    }

    DescribeImagesResponse describe(DescribeImagesRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        if (!request.imageIds.isEmpty() && (request.nextToken != null || request.maxResults != null)) {
            throw Invalid.parameter("imageIds", "not together with nextToken and maxResults");
        }
        checkFilter(request.filter);
        List<Pushed> images = request.imageIds.isEmpty()
                ? repository.images()
                : request.imageIds.stream()
                        .map(id -> id.find(repository).orElseThrow(() -> notFound(repository, id)))
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
        checkFilter(request.filter);
        List<ImageIdentifier> ids = repository.images().stream()
                .flatMap(image -> identifiers(repository, image))
                .filter(id -> wanted(request.filter, id.imageTag() != null))
                .toList();
        Page<ImageIdentifier> page = Page.of(ids, request.nextToken, request.maxResults, 1000);
        return new ListImagesResponse(page.items(), page.nextToken());
    }

    private void checkBlobs(Repository repository, Manifest manifest) {
        for (Manifest.Blob blob : manifest.blobs()) {
            if (!repository.layers.contains(blob.digest())) {
                throw new AwsError(
                        "LayersNotFoundException",
                        "Image requires layer " + blob.digest() + " that was not uploaded to the repository with name '"
                                + repository.name + "'");
            }
            long size = blobs.size(blob.digest()).orElseThrow();
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
        if (!Tags.wellFormed(tag)) {
            throw Invalid.parameter("imageTag", "'" + tag + "'");
        }
        Optional<Pushed> present = repository.byTag(tag);
        if (present.isPresent() && present.get().digest().equals(digest)) {
            throw alreadyExists(repository, digest, tag);
        }
        if (present.isPresent() && repository.mutability.protects(tag)) {
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
                "The image with imageId {imageDigest:'" + id.imageDigest() + "', imageTag:'" + id.imageTag()
                        + "'} does not exist within the repository with name '" + repository.name
                        + "' in the registry with id '" + world.account() + "'");
    }

    private static void checkFilter(TagFilter filter) {
        if (filter != null
                && filter.tagStatus != null
                && !Set.of("TAGGED", "UNTAGGED", "ANY").contains(filter.tagStatus)) {
            throw Invalid.parameter("filter.tagStatus", "TAGGED, UNTAGGED or ANY, not " + filter.tagStatus);
        }
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
        Scan scan = repository.scans.get(image.digest());
        List<String> tags = repository.tagsOf(image);
        return new ImageDetail(
                world.account(),
                repository.name,
                image.digest(),
                tags.isEmpty() ? null : tags,
                image.manifest().blobs().stream().mapToLong(Manifest.Blob::size).sum(),
                image.pushedAt(),
                scan == null ? null : scans.status(scan),
                scan == null || world.now().isBefore(scan.completedAt()) ? null : FindingsSummary.of(scan),
                image.manifest().mediaType());
    }

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

    record BatchGetImageResponse(List<ImageView> images, List<ImageIdentifier.Failure> failures) {
        BatchGetImageResponse {
            images = List.copyOf(images);
            failures = List.copyOf(failures);
        }
    }

    record FindingsSummary(
            Instant imageScanCompletedAt,
            Instant vulnerabilitySourceUpdatedAt,
            Map<String, Integer> findingSeverityCounts) {

        static FindingsSummary of(Scan scan) {
            return new FindingsSummary(scan.completedAt(), scan.completedAt(), ScanOperations.counts(scan));
        }
    }

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
            ScanOperations.ScanStatus imageScanStatus,
            FindingsSummary imageScanFindingsSummary,
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
