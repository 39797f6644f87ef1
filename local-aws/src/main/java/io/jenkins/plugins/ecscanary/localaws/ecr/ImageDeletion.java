package io.jenkins.plugins.ecscanary.localaws.ecr;

import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * BatchDeleteImage. By digest, an image goes with all its tags; by tag the tag goes, and the image with its last one. Tasks
 * that run are not touched.
 */
final class ImageDeletion {

    private final World world;
    private final Repositories repositories;

    ImageDeletion(World world, Repositories repositories) {
        this.world = world;
        this.repositories = repositories;
    }

    List<Operation<?, ?>> operations() {
        return List.of(Operation.of("BatchDeleteImage", BatchDeleteImageRequest.class, this::delete));
    }

    BatchDeleteImageResponse delete(BatchDeleteImageRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        ImageIdentifier.checkBatch(request.imageIds);
        List<ImageIdentifier> deleted = new ArrayList<>();
        List<ImageIdentifier.Failure> failures = new ArrayList<>();
        for (ImageIdentifier id : request.imageIds) {
            Optional<ImageIdentifier.Failure> failure = id.failure(repository);
            if (failure.isPresent()) {
                failures.add(failure.get());
            } else {
                deleted.addAll(delete(repository, id, id.find(repository).orElseThrow()));
            }
        }
        return new BatchDeleteImageResponse(deleted, failures);
    }

    private List<ImageIdentifier> delete(Repository repository, ImageIdentifier id, Pushed image) {
        List<String> tags = repository.tagsOf(image);
        if (id.imageTag() != null && tags.size() > 1) {
            repository.untag(id.imageTag());
            world.log("ecr %s: tag %s deleted", repository.name, id.imageTag());
            return List.of(new ImageIdentifier(image.digest(), id.imageTag()));
        }
        repository.remove(image);
        world.log("ecr %s: image %s %s deleted", repository.name, image.digest(), tags);
        return tags.isEmpty()
                ? List.of(new ImageIdentifier(image.digest(), null))
                : tags.stream()
                        .map(tag -> new ImageIdentifier(image.digest(), tag))
                        .toList();
    }

    record BatchDeleteImageRequest(String registryId, String repositoryName, List<ImageIdentifier> imageIds) {
        BatchDeleteImageRequest {
            imageIds = imageIds == null ? List.of() : List.copyOf(imageIds);
        }
    }

    record BatchDeleteImageResponse(List<ImageIdentifier> imageIds, List<ImageIdentifier.Failure> failures) {
        BatchDeleteImageResponse {
            imageIds = List.copyOf(imageIds);
            failures = List.copyOf(failures);
        }
    }
}
