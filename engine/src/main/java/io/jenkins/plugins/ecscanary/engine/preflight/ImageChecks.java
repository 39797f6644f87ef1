package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.ImageReference;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import java.util.Map;
import java.util.Optional;

/** Is the image in the registry? Only ECR is asked. */
final class ImageChecks {

    private static final String NAME = "image";

    private final Aws aws;
    private final Checks checks;
    private final ServiceKey service;

    ImageChecks(Aws aws, Checks checks, ServiceKey service) {
        this.aws = aws;
        this.checks = checks;
        this.service = service;
    }

    /**
     * @param reference by digest where that is known, else as given
     * @param digest or null where it could not be checked
     */
    record Image(String reference, String digest) {}

    /** The image of a new revision, its tag resolved to the digest it has now. */
    Optional<Image> deployable(String image) {
        return checked(image, null);
    }

    /** The image of a registered revision, if it is still what it was. */
    Optional<Image> stillThere(String image, String expected) {
        return checked(image, expected);
    }

    private Optional<Image> checked(String image, String expected) {
        ImageReference reference;
        try {
            reference = ImageReference.parse(image);
        } catch (IllegalArgumentException e) {
            checks.refused(NAME, e.getMessage(), "give an image as repository:tag or repository@sha256:…");
            return Optional.empty();
        }
        if (expected != null
                && reference.digest() != null
                && !reference.digest().equals(expected)) {
            checks.refused(
                    NAME,
                    "the revision has the image " + image + ", but it was recorded with the digest " + expected,
                    "deploy the image you mean instead of the recorded revision");
            return Optional.empty();
        }
        if (reference.ecr().isEmpty()) {
            return notChecked(image, reference, "is not in ECR", "see that the task can pull it");
        }
        Optional<Optional<String>> answer;
        try {
            answer = elsewhere(reference)
                    ? Optional.of(aws.imageDigest(image))
                    : checks.ask(NAME, () -> aws.imageDigest(image));
        } catch (AwsFailure e) {
            return notReadable(image, reference, e);
        }
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().isEmpty()) {
            checks.refused(NAME, "image " + image + " is not in ECR any more, or never was", remedy(reference));
            return Optional.empty();
        }
        String digest = answer.get().get();
        if (expected != null && !digest.equals(expected)) {
            checks.refused(
                    NAME,
                    "image " + image + " is now " + digest + ", but it was recorded as " + expected
                            + ": the tag has been moved",
                    "deploy the image you mean instead of the recorded revision");
            return Optional.empty();
        }
        found(image, reference, digest);
        return Optional.of(new Image(reference.pinned(digest), digest));
    }

    /** Deployed as it is given: other registries are not asked, and nobody said that it is wrong. */
    private Optional<Image> notChecked(String image, ImageReference reference, String why, String remedy) {
        checks.warned(
                NAME,
                image + " " + why + ", so it was not checked"
                        + (reference.digest() == null
                                ? "; its tag can be moved, and a task that starts later would run something else"
                                : ""),
                reference.digest() == null ? remedy + ", and give it by digest" : remedy);
        return Optional.of(new Image(image, reference.digest()));
    }

    /** The identity that deploys needs no right to another account's or region's repository: the tasks pull from it. */
    private Optional<Image> notReadable(String image, ImageReference reference, AwsFailure failure) {
        if (failure.kind() == AwsFailure.Kind.CREDENTIALS) {
            throw failure;
        }
        if (failure.kind() == AwsFailure.Kind.DENIED) {
            return notChecked(
                    image,
                    reference,
                    "is in " + place(reference) + ", where it may not be looked at (" + failure.getMessage() + ")",
                    "allow it, or see that the task execution role may pull from there");
        }
        checks.refused(
                NAME,
                image + " is in " + place(reference) + ", where it could not be looked for: " + failure.getMessage(),
                "check the account and the region in the image's name");
        return Optional.empty();
    }

    private boolean elsewhere(ImageReference reference) {
        ImageReference.Ecr ecr = reference.ecr().orElseThrow();
        return !ecr.account().equals(service.account()) || !ecr.region().equals(service.region());
    }

    private static String place(ImageReference reference) {
        ImageReference.Ecr ecr = reference.ecr().orElseThrow();
        return "account " + ecr.account() + ", region " + ecr.region();
    }

    private void found(String image, ImageReference reference, String digest) {
        String detail = reference.digest() == null ? image + " is " + digest : image + " is in ECR";
        if (!elsewhere(reference)) {
            checks.passed(NAME, detail);
        } else {
            checks.warned(
                    NAME,
                    detail + ", in another account or region (" + place(reference) + ") than the service",
                    "see that the task execution role may pull from there");
        }
    }

    private static String remedy(ImageReference reference) {
        return reference.digest() == null
                ? "push it, or check its name and tag"
                : "a lifecycle policy may have expired it: push it again, or deploy another image";
    }

    /**
     * What runs now, as far as it can be told; what cannot be is null and warned about, since it stops nothing.
     *
     * @param taskDefinition of the primary task set
     * @param wanted the container whose image is replaced
     * @param traffic the container that takes the traffic: what counts where the running revision has no such container yet
     */
    Revision running(String taskDefinition, String wanted, String traffic) {
        String container = wanted;
        try {
            Map<String, String> images = aws.taskDefinition(taskDefinition)
                    .map(seen -> seen.images())
                    .orElse(Map.of());
            container = images.containsKey(wanted) ? wanted : traffic;
            String image = images.get(container);
            String digest = image == null ? null : digest(image);
            checks.passed("original", taskDefinition + " runs with " + (image == null ? "an unknown image" : image));
            return new Revision(taskDefinition, container, image, digest);
        } catch (AwsFailure e) {
            if (e.kind() == AwsFailure.Kind.CREDENTIALS || e.kind() == AwsFailure.Kind.UNREACHABLE) {
                throw e;
            }
            checks.warned("original", "what runs now could not be read: " + e.getMessage(), null);
            return new Revision(taskDefinition, container, null, null);
        }
    }

    private String digest(String image) {
        try {
            ImageReference reference = ImageReference.parse(image);
            if (reference.digest() != null) {
                return reference.digest();
            }
            return reference.ecr().isEmpty() ? null : aws.imageDigest(image).orElse(null);
        } catch (IllegalArgumentException e) {
            // Whatever runs there has a name that is none to us; it is not ours to refuse.
            return null;
        }
    }
}
