package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ManifestSeen;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Amazon ECR, in whichever account and region an image's name says. */
final class EcrCalls {

    private static final String CHECK_NAME = "check the image's name and tag";

    private final Calls calls;
    private final SdkClients clients;

    EcrCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    Optional<String> digest(String image) {
        ImageReference reference = reference(image);
        ImageReference.Ecr ecr = ecr(image, reference);
        return calls.read("ecr:DescribeImages", "image " + image, CHECK_NAME, () -> describe(ecr, id(reference)));
    }

    private Optional<String> describe(ImageReference.Ecr ecr, ImageIdentifier id) {
        try {
            return clients
                    .ecr(ecr.region())
                    .describeImages(r -> r.registryId(ecr.account())
                            .repositoryName(ecr.repository())
                            .imageIds(id))
                    .imageDetails()
                    .stream()
                    .findFirst()
                    .map(ImageDetail::imageDigest);
        } catch (RepositoryNotFoundException | ImageNotFoundException e) {
            return Optional.empty();
        }
    }

    Optional<ManifestSeen> manifest(String image) {
        ImageReference reference = reference(image);
        ImageReference.Ecr ecr = ecr(image, reference);
        return calls.read("ecr:BatchGetImage", "image " + image, CHECK_NAME, () -> get(image, ecr, id(reference)));
    }

    /**
     * ECR is told that any kind of manifest will do: what is not accepted it may answer as another kind, whose digest is
     * another one.
     */
    private Optional<ManifestSeen> get(String image, ImageReference.Ecr ecr, ImageIdentifier id) {
        BatchGetImageResponse answer;
        try {
            answer = clients.ecr(ecr.region()).batchGetImage(r -> r.registryId(ecr.account())
                    .repositoryName(ecr.repository())
                    .imageIds(id)
                    .acceptedMediaTypes(ManifestSeen.MEDIA_TYPES));
        } catch (RepositoryNotFoundException e) {
            return Optional.empty();
        }
        if (answer.images().isEmpty() && !answer.failures().isEmpty()) {
            ImageFailure failure = answer.failures().get(0);
            if (failure.failureCode() == ImageFailureCode.IMAGE_NOT_FOUND) {
                return Optional.empty();
            }
            throw invalid(
                    "ECR has no manifest of image " + image + " in " + calls.where() + " to give: "
                            + failure.failureReason() + " (" + failure.failureCodeAsString() + ")",
                    null);
        }
        Image seen = answer.images().get(0);
        return Optional.of(
                new ManifestSeen(seen.imageId().imageDigest(), seen.imageManifestMediaType(), seen.imageManifest()));
    }

    private static ImageIdentifier id(ImageReference reference) {
        return reference.digest() == null
                ? ImageIdentifier.builder().imageTag(reference.effectiveTag()).build()
                : ImageIdentifier.builder().imageDigest(reference.digest()).build();
    }

    private static ImageReference reference(String image) {
        try {
            return ImageReference.parse(image);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage(), e);
        }
    }

    private static ImageReference.Ecr ecr(String image, ImageReference reference) {
        return reference
                .ecr()
                .orElseThrow(
                        () -> invalid("image " + image + " is not in ECR, which is the only registry asked", null));
    }

    private static AwsFailure invalid(String message, Throwable cause) {
        return AwsFailure.of(AwsFailure.Kind.INVALID, message, cause);
    }
}
