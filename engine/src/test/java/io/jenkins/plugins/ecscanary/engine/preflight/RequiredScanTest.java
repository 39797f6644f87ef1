package io.jenkins.plugins.ecscanary.engine.preflight;

import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.CLUSTER;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.GROUP;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.REGION;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.REPOSITORY;
import static io.jenkins.plugins.ecscanary.engine.aws.FakeAws.SERVICE;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.PASSED;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.REFUSED;
import static io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome.WARNED;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.DOCKER;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.DOCKER_LIST;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.OCI;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.OCI_INDEX;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.attestation;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.digest;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.entry;
import static io.jenkins.plugins.ecscanary.engine.preflight.Manifests.index;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ManifestSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskDefinitionSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure.Kind;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Registered;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Rendered;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Source;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScan;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanned image is the deployed one, or nothing is deployed. */
class RequiredScanTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:30:00Z");
    private static final String TAGGED = REPOSITORY + ":1.6.0";

    private final FakeAws aws = FakeAws.shop();
    private final Map<String, KnownScan> known = new HashMap<>();
    private final KnownScans scans = new KnownScans() {
        @Override
        public Optional<KnownScan> newest(String imageId) {
            return Optional.ofNullable(known.get(imageId));
        }

        @Override
        public String where() {
            return "in this build";
        }
    };

    private List<Scanner> lookedFor = List.of(Scanner.VULN, Scanner.SECRET);
    private ScanRequirement required = ScanRequirement.OF_ANY_AGE;
    private String runtimePlatform = "";

    private void scanned(String imageId, boolean passed, Duration age) {
        String cause = passed ? "nothing at or above HIGH" : "2 of severity CRITICAL, 0 allowed";
        known.put(imageId, new KnownScan(imageId, passed, cause, NOW.minus(age), age, lookedFor));
    }

    private Source source(String image) {
        return new Rendered(
                """
                {"family":"web",%s"containerDefinitions":[{"name":"web","image":"%s",
                "portMappings":[{"containerPort":3000}]}]}"""
                        .formatted(runtimePlatform, image),
                image,
                null);
    }

    private List<Check> checks(Source source, KnownScans scans) {
        DeploymentRequest request = new DeploymentRequest(
                CLUSTER,
                SERVICE,
                source,
                GROUP,
                null,
                Criterion.REFERENCE,
                List.of(),
                List.of(),
                Duration.ofHours(1),
                "ann",
                "deploy",
                null,
                DeploymentOptions.DEFAULT.withRequireScan(required));
        PreflightResult result = new Preflight(aws, REGION, NOW).check(request, aws.identity(), scans);
        assertThat(result.ready().isPresent())
                .as("ready exactly if nothing refused: %s", result.checks())
                .isEqualTo(result.checks().stream().noneMatch(check -> check.outcome() == REFUSED));
        return result.checks();
    }

    private Check check(Source source) {
        List<Check> scan = checks(source, scans).stream()
                .filter(check -> check.name().equals("scan"))
                .toList();
        assertThat(scan).hasSize(1);
        return scan.get(0);
    }

    private void passes() {
        Check check = check(source(TAGGED));
        assertThat(check.outcome()).as(check.toString()).isEqualTo(PASSED);
    }

    private void refuses(String... words) {
        refuses(source(TAGGED), words);
    }

    private void refuses(Source source, String... words) {
        Check check = check(source);
        assertThat(check.outcome()).as(check.toString()).isEqualTo(REFUSED);
        assertThat(check.detail() + " -> " + check.remedy())
                .startsWith("a scan is required: ")
                .contains(words);
    }

    @Test
    void withoutTheDemandNothingIsAskedAndNothingIsChecked() {
        required = null;
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        assertThat(checks(source(TAGGED), scans)).extracting(Check::name).doesNotContain("scan");
        assertThat(aws.count("imageManifest")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCKER, OCI})
    void anImageThatPassedItsScanMayBeDeployed(String type) {
        String pushed = aws.push(
                REPOSITORY,
                "1.6.0",
                type,
                type.equals(OCI) ? Manifests.oci(digest('c')) : Manifests.docker(digest('c')));
        scanned(digest('c'), true, Duration.ofDays(400));
        Check check = check(source(TAGGED));
        assertThat(check.outcome()).isEqualTo(PASSED);
        assertThat(check.detail())
                .contains(
                        REPOSITORY + "@" + pushed,
                        "image id " + digest('c'),
                        "400 days ago",
                        "nothing at or above HIGH",
                        "looked for: vuln, secret");
    }

    @Test
    void aScanThatDidNotLookForVulnerabilitiesIsToldToBeOne() {
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        lookedFor = List.of(Scanner.SECRET, Scanner.LICENSE);
        scanned(digest('c'), true, Duration.ofHours(1));
        Check check = check(source(TAGGED));
        assertThat(check.outcome()).isEqualTo(WARNED);
        assertThat(check.detail()).contains("looked for: secret, license", "did not look for vulnerabilities");

        lookedFor = null;
        scanned(digest('c'), true, Duration.ofHours(1));
        Check unknown = check(source(TAGGED));
        assertThat(unknown.outcome()).isEqualTo(PASSED);
        assertThat(unknown.detail()).contains("looked for: not recorded");
    }

    @Test
    void ofAnotherImageOrOfNoneIsNotEnough() {
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        scanned(digest('d'), true, Duration.ZERO);
        refuses("no scan in this build is of " + REPOSITORY + "@", "image id " + digest('c'), "scan this very image");

        List<Check> unknown = checks(source(TAGGED), KnownScans.NONE);
        assertThat(unknown)
                .filteredOn(check -> check.outcome() == REFUSED)
                .extracting(Check::name)
                .containsExactly("scan");
    }

    @Test
    void theNewestScanCounts() {
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        scanned(digest('c'), false, Duration.ofHours(3));
        refuses("the newest scan in this build", "did not pass: 2 of severity CRITICAL, 0 allowed", "scan again");
    }

    @ParameterizedTest
    @CsvSource({"P7D, P6D, true", "P7D, P7D, true", "P7D, P7DT1S, false", "PT1H, -PT4M, true", "PT1H, -PT6M, false"})
    void itMayBeTooOldOrOfNoKnownAge(Duration most, Duration age, boolean passes) {
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        required = new ScanRequirement(most);
        scanned(digest('c'), true, age);
        if (passes) {
            passes();
        } else if (age.isNegative()) {
            refuses("is dated in the future");
        } else {
            refuses("is older than 7 days", "at 2026-11-16T18:29:59Z", "scan it again");
        }
    }

    @Test
    void aScanThatNobodyCanDateIsNoneOfAnyAge() {
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        known.put(digest('c'), new KnownScan(digest('c'), true, "nothing found", null, null, lookedFor));
        assertThat(check(source(TAGGED)).detail()).contains("nobody knows how long ago: nothing found");
        required = new ScanRequirement(Duration.ofDays(7));
        refuses("does not say when it was made, so that nobody knows how old it is -> scan it again");
    }

    @Test
    void aRequirementThatNoScanCanMeetIsNone() {
        assertThatThrownBy(() -> new ScanRequirement(Duration.ZERO)).hasMessageContaining("above zero");
        assertThatThrownBy(() -> new ScanRequirement(Duration.ofDays(-1))).hasMessageContaining("above zero");
    }

    @Test
    void scansThatCanNotBeReadAreNone() {
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        List<Check> checks = checks(source(TAGGED), new KnownScans() {
            @Override
            public Optional<KnownScan> newest(String imageId) {
                throw new UncheckedIOException(new IOException("no such device"));
            }

            @Override
            public String where() {
                return "in /state/scans";
            }
        });
        assertThat(checks)
                .filteredOn(check -> check.name().equals("scan"))
                .singleElement()
                .satisfies(check -> assertThat(check.detail())
                        .contains("the scans in /state/scans can't be read", "no such device"));
    }

    /** An image for several platforms, each scanned or not. */
    private void pushIndex(String type, String... platforms) {
        String[] entries = new String[platforms.length + 1];
        for (int i = 0; i < platforms.length; i++) {
            String digest = aws.push(REPOSITORY, "part" + i, OCI, Manifests.oci(digest((char) ('a' + i))));
            entries[i] = entry(digest, platforms[i]);
        }
        entries[platforms.length] = attestation(digest('f'), digest('a'));
        aws.push(REPOSITORY, "1.6.0", type, index(type, entries));
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCKER_LIST, OCI_INDEX})
    void ofSeveralPlatformsTheTasksCounts(String type) {
        pushIndex(type, "linux/arm64/v8", "linux/amd64", "windows/amd64");
        scanned(digest('b'), true, Duration.ofHours(1));
        passes();
        assertThat(aws.count("imageManifest"))
                .as("the index and one of its images")
                .isEqualTo(2);

        runtimePlatform = "\"runtimePlatform\":{\"cpuArchitecture\":\"ARM64\",\"operatingSystemFamily\":\"LINUX\"},";
        refuses("image id " + digest('a'));
        runtimePlatform = "\"runtimePlatform\":{\"operatingSystemFamily\":\"WINDOWS_SERVER_2022_CORE\"},";
        refuses("image id " + digest('c'));
        scanned(digest('c'), true, Duration.ofHours(1));
        passes();
    }

    @Test
    void everyImageThatATaskMayGetHasToPass() {
        pushIndex(OCI_INDEX, "linux/amd64", "linux/amd64/v3", "");
        scanned(digest('a'), true, Duration.ofHours(1));
        refuses("image id " + digest('b'));
        scanned(digest('b'), true, Duration.ofHours(1));
        refuses("image id " + digest('c'));
        scanned(digest('c'), true, Duration.ofHours(1));
        passes();
    }

    @Test
    void otherNamesOfAPlatformAreTheSamePlatform() {
        pushIndex(OCI_INDEX, "Linux/x86_64", "linux/amd64");
        scanned(digest('b'), true, Duration.ofHours(1));
        refuses("image id " + digest('a'));
    }

    @Test
    void anAttestationIsNoneWhereItSaysThatItRuns() {
        String hidden = aws.push(REPOSITORY, "hidden", OCI, Manifests.oci(digest('a')));
        String shown = aws.push(REPOSITORY, "shown", OCI, Manifests.oci(digest('b')));
        String disguised = attestation(hidden, shown)
                .replace("unknown\",\"arch", "linux\",\"arch")
                .replace("\"unknown\"}", "\"amd64\"}");
        aws.push(REPOSITORY, "1.6.0", OCI_INDEX, index(OCI_INDEX, disguised, entry(shown, "linux/amd64")));
        scanned(digest('b'), true, Duration.ofHours(1));
        refuses("image id " + digest('a'));
    }

    @Test
    void anIndexWithoutTheTasksPlatform() {
        pushIndex(OCI_INDEX, "linux/arm64", "windows/amd64");
        scanned(digest('a'), true, Duration.ofHours(1));
        refuses("has no image for linux/amd64, which the tasks need; it has linux/arm64, windows/amd64");
        aws.push(REPOSITORY, "1.6.0", OCI_INDEX, index(OCI_INDEX, attestation(digest('f'), digest('e'))));
        refuses("it has none at all");
    }

    @Test
    void anIndexOfWhatIsNotThereOrAnIndexAgain() {
        aws.push(REPOSITORY, "1.6.0", OCI_INDEX, index(OCI_INDEX, entry(digest('e'), "linux/amd64")));
        refuses(REPOSITORY + "@" + digest('e') + " is not in ECR any more, or never was");
        String inner = aws.push(REPOSITORY, "inner", OCI_INDEX, index(OCI_INDEX, entry(digest('e'), "linux/amd64")));
        aws.push(REPOSITORY, "1.6.0", OCI_INDEX, index(OCI_INDEX, entry(inner, "linux/amd64")));
        refuses("is an index within an index");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.docker.distribution.manifest.v1+prettyjws | {} | it is of the kind",
                "application/vnd.oci.image.manifest.v1+json | {\"config\": {\"mediaType\": \"application/vnd.cncf.helm.config.v1+json\"}} | of no container image",
                "application/vnd.oci.image.manifest.v1+json | {\"config\": {\"mediaType\": \"application/vnd.oci.image.config.v1+json\", \"digest\": \"md5:1\"}} | \"md5:1\" is no SHA-256 digest",
                "application/vnd.oci.image.manifest.v1+json | {\"config\": {}, \"manifests\": []} | can be taken for an image and for an index",
                "application/vnd.oci.image.manifest.v1+json | {\"mediaType\": \"application/vnd.oci.image.index.v1+json\"} | can be taken for an image and for an index",
                "application/vnd.oci.image.index.v1+json | {\"manifests\": 7} | an index without manifests",
                "application/vnd.oci.image.index.v1+json | {\"manifests\": [{\"platform\": {\"os\": \"linux\", \"architecture\": \"amd64\"}}]} | is no SHA-256 digest",
                "application/vnd.oci.image.manifest.v1+json | {\"config\": {}, \"config\": {}} | it is no JSON",
                "application/vnd.oci.image.manifest.v1+json | {} {} | it is no JSON",
                "application/vnd.oci.image.manifest.v1+json | [] | it is no JSON object",
                "                                           | {} | does not say of what kind it is",
            })
    void aManifestThatDoesNotTellIsRefused(String type, String json, String words) {
        aws.push(REPOSITORY, "1.6.0", type, json);
        refuses("it can't be told which image that is", words);
    }

    @Test
    void aManifestThatIsAnotherOnesIsRefused() {
        String pushed = aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        aws.forge(REPOSITORY + "@" + pushed, new ManifestSeen(pushed, DOCKER, Manifests.docker(digest('d'))));
        scanned(digest('d'), true, Duration.ZERO);
        refuses("what ECR answers has the digest sha256:");
    }

    @Test
    void aFailureToAskIsARefusal() {
        aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        aws.failAlways("imageManifest", FakeAws.failure(Kind.DENIED, "AccessDenied"));
        Check check = check(source(TAGGED));
        assertThat(check.outcome()).isEqualTo(REFUSED);
        assertThat(check.detail()).contains("AccessDenied");
    }

    @Test
    void whatCanNotBeLookedAtCanNotBeCompared() {
        refuses(source("ghcr.io/shop/web@" + digest('c')), "is not in ECR", "push it to ECR");

        aws.failAlways("imageDigest", FakeAws.failure(Kind.DENIED, "AccessDenied"));
        refuses(source("210987654321.dkr.ecr.eu-west-1.amazonaws.com/web:7"), "may not be looked at in ECR");
    }

    @Test
    void aRegisteredRevisionIsLookedAtAsItIs() {
        String digest = aws.push(REPOSITORY, "1.6.0", DOCKER, Manifests.docker(digest('c')));
        registered(12, REPOSITORY + "@" + digest);
        refuses(new Registered("web:12", digest), "image id " + digest('c'));
        scanned(digest('c'), true, Duration.ofHours(1));
        assertThat(check(new Registered("web:12", digest)).outcome()).isEqualTo(PASSED);
        registered(13, TAGGED);
        refuses(new Registered("web:13", null), "has " + TAGGED + ", whose tag can be moved", "by digest");
    }

    @Test
    void aRegisteredRevisionsPlatformIsItsOwn() {
        runtimePlatform = "\"runtimePlatform\":{\"cpuArchitecture\":\"ARM64\"},";
        pushIndex(OCI_INDEX, "linux/arm64", "linux/amd64");
        String index = aws.imageDigest(TAGGED).orElseThrow();
        String arn = aws.registerTaskDefinition(((Rendered) source(REPOSITORY + "@" + index)).json())
                .arn();
        scanned(digest('b'), true, Duration.ofHours(1));
        refuses(new Registered(arn, index), "image id " + digest('a'));
        scanned(digest('a'), true, Duration.ofHours(1));
        assertThat(check(new Registered(arn, index)).outcome()).isEqualTo(PASSED);
    }

    private void registered(int revision, String image) {
        aws.put(new TaskDefinitionSeen(FakeAws.taskDefinitionArn("web", revision), "ACTIVE", Map.of("web", image)));
    }
}
