package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ManifestSeen;
import io.jenkins.plugins.ecscanary.engine.aws.ImageReference;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.preflight.ImageManifest.Entry;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScan;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Was the very image that is to be deployed scanned, and let through? A scan comes before the push, so that it knows no digest
 * of a registry's. What stays the same on the way is the image's configuration, with the digests of the layers in it; its own
 * digest is the image's id, which a scan reports and the pushed manifest names.
 */
final class ScanChecks {

    private static final String NAME = "scan";

    /** Clocks of two machines are never quite alike. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Aws aws;
    private final Checks checks;
    private final KnownScans scans;
    private final ScanRequirement required;

    ScanChecks(Aws aws, Checks checks, KnownScans scans, ScanRequirement required) {
        this.aws = aws;
        this.checks = checks;
        this.scans = scans;
        this.required = required;
    }

    /**
     * @param pulled the image as tasks pull it, in ECR or not
     * @param image the same, as far as it was found in ECR
     * @param platform the tasks'; asked for only where the image is for several
     */
    void check(String pulled, ImageChecks.Image image, Supplier<Platform> platform) {
        ImageReference reference = ImageReference.parse(pulled);
        if (reference.ecr().isEmpty()) {
            refuse(
                    pulled + " is not in ECR, the only registry that is asked which image that is",
                    "push it to ECR and deploy it from there");
        } else if (image.digest() == null) {
            refuse(
                    pulled + " may not be looked at in ECR, so that nobody knows which image that is",
                    "allow ecr:DescribeImages and ecr:BatchGetImage there");
        } else if (reference.digest() == null) {
            refuse(
                    "the task definition has " + pulled + ", whose tag can be moved to an image that was not scanned",
                    "deploy a revision that has its image by digest");
        } else {
            String pinned = reference.pinned(image.digest());
            imageIds(pinned, platform).ifPresent(ids -> judge(pulled, ids));
        }
    }

    /** Those of all images that a task may be started with; empty if it has been refused. */
    private Optional<Set<String>> imageIds(String image, Supplier<Platform> platform) {
        Optional<ImageManifest> manifest = manifest(image);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        if (manifest.get() instanceof ImageManifest.OfImage one) {
            return Optional.of(Set.of(one.configDigest()));
        }
        Optional<Platform> wanted = checks.ask(NAME, platform);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<Entry> images = ((ImageManifest.Index) manifest.get()).images();
        List<Entry> fitting = images.stream()
                .filter(entry -> fits(entry.platform(), wanted.get()))
                .toList();
        if (fitting.isEmpty()) {
            refuse(
                    image + " has no image for " + wanted.get() + ", which the tasks need; it has "
                            + (images.isEmpty()
                                    ? "none at all"
                                    : images.stream()
                                            .map(entry -> entry.platform().toString())
                                            .distinct()
                                            .collect(Collectors.joining(", "))),
                    "build and push it for " + wanted.get() + ", or correct runtimePlatform in the task definition");
            return Optional.empty();
        }
        return each(ImageReference.parse(image), fitting);
    }

    /** Of several variants nobody knows which one a task will get. */
    private Optional<Set<String>> each(ImageReference index, List<Entry> entries) {
        Set<String> ids = new LinkedHashSet<>();
        for (Entry entry : entries) {
            String image = index.pinned(entry.digest());
            Optional<ImageManifest> manifest = manifest(image);
            if (manifest.isEmpty()) {
                return Optional.empty();
            }
            if (!(manifest.get() instanceof ImageManifest.OfImage one)) {
                refuse(image + " is an index within an index", "push the image as one index");
                return Optional.empty();
            }
            ids.add(one.configDigest());
        }
        return Optional.of(ids);
    }

    /** Where the index does not say what an image is for, it may be what the task gets. */
    private static boolean fits(Platform of, Platform wanted) {
        return of.os() == null || of.architecture() == null || of.equals(wanted);
    }

    private Optional<ImageManifest> manifest(String image) {
        Optional<Optional<ManifestSeen>> answer = checks.ask(NAME, () -> aws.imageManifest(image));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().isEmpty()) {
            refuse(image + " is not in ECR any more, or never was", "push it again, or deploy another image");
            return Optional.empty();
        }
        try {
            return Optional.of(ManifestReader.read(
                    answer.get().get(), ImageReference.parse(image).digest()));
        } catch (IllegalArgumentException e) {
            refuse(
                    "from the manifest of " + image + " it can't be told which image that is: " + e.getMessage(),
                    "push a container image in Docker's or OCI's format");
            return Optional.empty();
        }
    }

    private void judge(String image, Set<String> ids) {
        Set<String> passed = new LinkedHashSet<>();
        boolean vulnerabilities = true;
        for (String id : ids) {
            Optional<KnownScan> newest;
            try {
                newest = scans.newest(id);
            } catch (UncheckedIOException e) {
                refuse("the scans " + scans.where() + " can't be read: " + e.getMessage(), null);
                return;
            }
            if (newest.isEmpty()) {
                refuse(
                        "no scan " + scans.where() + " is of " + image + " (image id " + id + ")",
                        "scan this very image first: one that was built again is another one, and of Docker's containerd"
                                + " image store only the archive that docker save writes has this id");
                return;
            }
            if (!letThrough(image, newest.get())) {
                return;
            }
            passed.add(told(newest.get()));
            List<Scanner> lookedFor = newest.get().lookedFor();
            vulnerabilities &= lookedFor == null || lookedFor.contains(Scanner.VULN);
        }
        String told = image + " passed its scan (" + String.join("; ", passed) + ")";
        if (vulnerabilities) {
            checks.passed(NAME, told);
        } else {
            checks.warned(
                    NAME,
                    told + ", which did not look for vulnerabilities",
                    "have vuln among the scanners, unless somebody else looks for them");
        }
    }

    private static String told(KnownScan scan) {
        return "image id " + scan.imageId() + ", " + ago(scan) + ": " + scan.cause() + "; looked for: "
                + Scanner.words(scan.lookedFor());
    }

    private static String ago(KnownScan scan) {
        return scan.age() == null ? "nobody knows how long ago" : TimeSpan.about(scan.age()) + " ago";
    }

    private boolean letThrough(String image, KnownScan scan) {
        String which = "the newest scan " + scans.where() + " of " + image + " (image id " + scan.imageId()
                + (scan.at() == null ? "" : ", at " + scan.at()) + ")";
        if (!scan.passed()) {
            refuse(which + " did not pass: " + scan.cause(), "mend or waive what it found, and scan again");
            return false;
        }
        if (required.maxAge() == null) {
            return true;
        }
        if (scan.age() == null) {
            refuse(
                    which + " has a report that does not say when it was made, so that nobody knows how old it is",
                    "scan it again; if it is a report made elsewhere, with a scanner that dates its reports (CreatedAt)");
            return false;
        }
        if (scan.age().plus(SKEW).isNegative()) {
            refuse(which + " is dated in the future, so that nobody knows how old it is", "set the clock, scan again");
            return false;
        }
        if (scan.age().compareTo(required.maxAge()) > 0) {
            refuse(
                    which + " is older than " + TimeSpan.about(required.maxAge()) + ", as old as it may be",
                    "scan it again: since then more has become known");
            return false;
        }
        return true;
    }

    private void refuse(String detail, String remedy) {
        checks.refused(NAME, "a scan is required: " + detail, remedy);
    }
}
