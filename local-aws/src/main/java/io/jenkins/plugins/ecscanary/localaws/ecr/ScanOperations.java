package io.jenkins.plugins.ecscanary.localaws.ecr;

import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Pushed;
import io.jenkins.plugins.ecscanary.localaws.ecr.Repository.Scan;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * StartImageScan and DescribeImageScanFindings. There is no scanner: what is found in an image is what was stored for it
 * with {@link Ecr#storeScanFindings}, and an image for which nothing was stored is never said to be clean.
 */
final class ScanOperations {

    private static final Duration SCANNING = Duration.ofSeconds(20);
    private static final Duration ONCE_IN = Duration.ofHours(24);
    private static final int PAGE = 100;

    private final World world;
    private final Repositories repositories;

    ScanOperations(World world, Repositories repositories) {
        this.world = world;
        this.repositories = repositories;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("StartImageScan", StartImageScanRequest.class, this::start),
                Operation.of("DescribeImageScanFindings", DescribeImageScanFindingsRequest.class, this::describe));
    }

    StartImageScanResponse start(StartImageScanRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        Pushed image = require(repository, request.imageId);
        Scan scan = repository.scans.get(image.digest());
        if (scan == null) {
            throw AwsError.unsupported(
                    "scanning images: " + image.digest()
                            + " has no stored findings; PUT them to /_local/scan-findings first, an empty list for a clean image");
        }
        Instant now = world.now();
        if (scan.startedAt() != null && now.isBefore(scan.startedAt().plus(ONCE_IN))) {
            throw new AwsError(
                    "LimitExceededException", "The scan quota per image has been exceeded. Wait and try again.");
        }
        repository.scans.put(image.digest(), new Scan(scan.findings(), now.plus(SCANNING), now));
        world.log("ecr %s: scan of %s started", repository.name, image.digest());
        return new StartImageScanResponse(
                world.account(), repository.name, request.imageId, status(repository.scans.get(image.digest())));
    }

    DescribeImageScanFindingsResponse describe(DescribeImageScanFindingsRequest request) {
        Repository repository = repositories.require(request.registryId, request.repositoryName);
        Pushed image = require(repository, request.imageId);
        Scan scan = repository.scans.get(image.digest());
        if (scan == null) {
            throw new AwsError(
                    "ScanNotFoundException",
                    "Image scan does not exist for the image with '" + request.imageId
                            + "' in the repository with name '" + repository.name + "' in the registry with id '"
                            + world.account() + "'");
        }
        ScanStatus status = status(scan);
        if (!"COMPLETE".equals(status.status)) {
            return new DescribeImageScanFindingsResponse(
                    world.account(), repository.name, request.imageId, status, null, null);
        }
        Integer size = request.maxResults == null ? Integer.valueOf(PAGE) : request.maxResults;
        Page<Finding> page = Page.of(scan.findings().stream().map(Finding::of).toList(), request.nextToken, size, 1000);
        return new DescribeImageScanFindingsResponse(
                world.account(),
                repository.name,
                request.imageId,
                status,
                new Findings(scan.completedAt(), scan.completedAt(), counts(scan), page.items()),
                page.nextToken());
    }

    private static Pushed require(Repository repository, ImageIdentifier id) {
        if (id == null || id.imageDigest() == null && id.imageTag() == null) {
            throw Invalid.parameter("imageId", "a digest or a tag is required");
        }
        return id.find(repository)
                .orElseThrow(() -> new AwsError(
                        "ImageNotFoundException",
                        "The image with imageId {imageDigest:'" + id.imageDigest() + "', imageTag:'" + id.imageTag()
                                + "'} does not exist within the repository with name '" + repository.name + "'"));
    }

    ScanStatus status(Scan scan) {
        return world.now().isBefore(scan.completedAt())
                ? new ScanStatus("IN_PROGRESS", null)
                : new ScanStatus("COMPLETE", "The scan was completed successfully.");
    }

    /** How many of each severity there are; none of those there are none of. */
    static Map<String, Integer> counts(Scan scan) {
        Map<String, Integer> counts = new TreeMap<>();
        scan.findings().forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
        return counts;
    }

    record StartImageScanRequest(String registryId, String repositoryName, ImageIdentifier imageId) {}

    record StartImageScanResponse(
            String registryId, String repositoryName, ImageIdentifier imageId, ScanStatus imageScanStatus) {}

    record ScanStatus(String status, String description) {}

    record DescribeImageScanFindingsRequest(
            String registryId, String repositoryName, ImageIdentifier imageId, String nextToken, Integer maxResults) {}

    record DescribeImageScanFindingsResponse(
            String registryId,
            String repositoryName,
            ImageIdentifier imageId,
            ScanStatus imageScanStatus,
            Findings imageScanFindings,
            String nextToken) {}

    record Findings(
            Instant imageScanCompletedAt,
            Instant vulnerabilitySourceUpdatedAt,
            Map<String, Integer> findingSeverityCounts,
            List<Finding> findings) {}

    record Finding(String name, String description, String uri, String severity, List<Attribute> attributes) {

        static Finding of(ScanFinding finding) {
            return new Finding(
                    finding.name(),
                    finding.description(),
                    finding.uri(),
                    finding.severity(),
                    finding.attributes().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(attribute -> new Attribute(attribute.getKey(), attribute.getValue()))
                            .toList());
        }
    }

    record Attribute(String key, String value) {}
}
