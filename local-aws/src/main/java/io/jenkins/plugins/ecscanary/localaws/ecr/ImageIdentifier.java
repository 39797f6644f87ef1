package io.jenkins.plugins.ecscanary.localaws.ecr;

import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import java.util.List;
import java.util.Optional;

/** An image by digest, by tag, or by both; as on the wire. */
record ImageIdentifier(String imageDigest, String imageTag) {

    private static final int MOST = 100;

    /** @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError InvalidParameterException */
    static void checkBatch(List<ImageIdentifier> ids) {
        if (ids.isEmpty() || ids.size() > MOST) {
            throw Invalid.parameter("imageIds", "1 to " + MOST + ", not " + ids.size());
        }
    }

    /** What keeps it from naming an image in this repository; empty if it names one. */
    Optional<Failure> failure(Repository repository) {
        if (imageDigest == null && imageTag == null) {
            return failure("MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null");
        }
        if (imageDigest != null && !Digest.wellFormed(imageDigest)) {
            return failure(
                    "InvalidImageDigest",
                    "Invalid request parameters: image digest should satisfy the regex" + " 'sha256:[a-f0-9]{64}'");
        }
        if (imageTag != null && !Tags.wellFormed(imageTag)) {
            return failure("InvalidImageTag", "Invalid request parameters: image tag is not valid");
        }
        if (find(repository).isPresent()) {
            return Optional.empty();
        }
        boolean both = imageDigest != null
                && imageTag != null
                && repository.byTag(imageTag).isPresent()
                && repository.byDigest(imageDigest).isPresent();
        return both
                ? failure("ImageTagDoesNotMatchDigest", "Image tag and digest do not match")
                : failure("ImageNotFound", "Requested image not found");
    }

    private Optional<Failure> failure(String code, String reason) {
        return Optional.of(new Failure(this, code, reason));
    }

    /** With both given, the tag must point at the digest. */
    Optional<Pushed> find(Repository repository) {
        if (imageTag == null) {
            return repository.byDigest(imageDigest);
        }
        return repository
                .byTag(imageTag)
                .filter(image -> imageDigest == null || image.digest().equals(imageDigest));
    }

    /** As on the wire. */
    record Failure(ImageIdentifier imageId, String failureCode, String failureReason) {}
}
