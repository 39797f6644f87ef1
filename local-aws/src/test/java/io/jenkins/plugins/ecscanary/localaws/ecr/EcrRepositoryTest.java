package io.jenkins.plugins.ecscanary.localaws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags that stay, findings that were stored, images and repositories that are deleted, and what is kept of it all. */
class EcrRepositoryTest {

    private static final String WEB = "{'repositoryName': 'web'}";
    private static final String ARN = "arn:aws:ecr:eu-central-1:123456789012:repository/web";

    @TempDir
    Path directory;

    private EcrFixture aws;

    @BeforeEach
    void open() {
        aws = new EcrFixture(directory);
        aws.calls.call("CreateRepository", WEB);
    }

    @Test
    void mutabilityIsPutAndExceptionsArePossible() {
        aws.push("web", "one", "1", "dev-1");
        mutability("'IMMUTABLE'");
        refusedTag("1");
        refusedTag("dev-1");
        mutability("'IMMUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters':"
                + " [{'filterType': 'WILDCARD', 'filter': 'dev-*'}]");
        refusedTag("1");
        aws.push("web", "two", "dev-1");
        mutability("'MUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters':"
                + " [{'filterType': 'WILDCARD', 'filter': '1'}]");
        refusedTag("1");
        aws.push("web", "three", "dev-1");
        assertThat(aws.calls
                        .call("DescribeRepositories", "{}")
                        .at("/repositories/0/imageTagMutabilityExclusionFilters/0/filter")
                        .asText())
                .isEqualTo("1");
        for (String bad : List.of(
                "'IMMUTABLE', 'imageTagMutabilityExclusionFilters': [{'filterType': 'WILDCARD', 'filter': 'x'}]",
                "'IMMUTABLE_WITH_EXCLUSION'",
                "'IMMUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters': [{'filterType': 'REGEX', 'filter': 'x'}]",
                "'IMMUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters':"
                        + " [{'filterType': 'WILDCARD', 'filter': '***'}]",
                "'SOMETIMES'")) {
            aws.calls.refused(
                    "InvalidParameterException",
                    "imageTagMutability",
                    "PutImageTagMutability",
                    "{'repositoryName': 'web', 'imageTagMutability': " + bad + "}");
        }
    }

    private void mutability(String mode) {
        aws.calls.call("PutImageTagMutability", "{'repositoryName': 'web', 'imageTagMutability': " + mode + "}");
    }

    private void refusedTag(String tag) {
        JarImage other = aws.image("other");
        aws.upload("web", other);
        aws.calls.refused("ImageTagAlreadyExistsException", tag, "PutImage", EcrFixture.put("web", other, tag));
    }

    @Test
    void findingsAreAnsweredAsStored() {
        String digest = aws.push("web", "one", "1");
        String id = "{'repositoryName': 'web', 'imageId': {'imageTag': '1'}}";
        aws.calls.refused("ScanNotFoundException", "scan does not exist", "DescribeImageScanFindings", id);
        aws.calls.refused("NotImplementedByLocalAws", "no stored findings", "StartImageScan", id);

        aws.ecr.storeScanFindings(
                "web",
                digest,
                List.of(
                        new ScanFinding("CVE-1", "HIGH", "bad", "https://example.com", Map.of("package_name", "zlib")),
                        new ScanFinding("CVE-2", "LOW", null, null, null),
                        new ScanFinding("CVE-3", "HIGH", null, null, null)));
        JsonNode answer = aws.calls.call("DescribeImageScanFindings", id);
        assertThat(answer.at("/imageScanStatus/status").asText()).isEqualTo("COMPLETE");
        assertThat(answer.at("/imageScanFindings/findingSeverityCounts").toString())
                .isEqualTo("{\"HIGH\":2,\"LOW\":1}");
        assertThat(answer.at("/imageScanFindings/findings/0/attributes/0/value").asText())
                .isEqualTo("zlib");
        assertThat(aws.calls
                        .call("DescribeImages", WEB)
                        .at("/imageDetails/0/imageScanFindingsSummary/findingSeverityCounts/HIGH")
                        .asInt())
                .isEqualTo(2);
        JsonNode page = aws.calls.call("DescribeImageScanFindings", id.replace("}}", "}, 'maxResults': 2}"));
        assertThat(page.at("/imageScanFindings/findings")).hasSize(2);
        JsonNode rest = aws.calls.call(
                "DescribeImageScanFindings",
                id.replace("}}", "}, 'nextToken': '" + page.get("nextToken").asText() + "'}"));
        assertThat(rest.at("/imageScanFindings/findings/0/name").asText()).isEqualTo("CVE-3");
    }

    @Test
    void aScanTakesItsTimeAndComesOnceADay() {
        String digest = aws.push("web", "one", "1");
        aws.ecr.storeScanFindings("web", digest, List.of());
        String id = "{'repositoryName': 'web', 'imageId': {'imageDigest': '" + digest + "'}}";
        assertThat(aws.calls
                        .call("StartImageScan", id)
                        .at("/imageScanStatus/status")
                        .asText())
                .isEqualTo("IN_PROGRESS");
        JsonNode running = aws.calls.call("DescribeImageScanFindings", id);
        assertThat(running.at("/imageScanStatus/status").asText()).isEqualTo("IN_PROGRESS");
        assertThat(running.has("imageScanFindings")).isFalse();
        aws.calls.refused("LimitExceededException", "quota", "StartImageScan", id);
        aws.time.advance(Duration.ofHours(1));
        assertThat(aws.calls.call("DescribeImageScanFindings", id).at("/imageScanFindings/findings"))
                .isEmpty();
        aws.time.advance(Duration.ofHours(23));
        aws.calls.call("StartImageScan", id);
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> aws.ecr.storeScanFindings("web", "sha256:0", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScanFinding("CVE", "AWFUL", null, null, null));
    }

    @Test
    void imagesAreDeletedByTagAndByDigest() {
        String one = aws.push("web", "one", "1", "first");
        String two = aws.push("web", "two", "2");
        JsonNode answer = aws.calls.call(
                "BatchDeleteImage",
                "{'repositoryName': 'web', 'imageIds': [{'imageTag': 'first'}, {'imageTag': '9'}, {}, {'imageDigest': 'x'},"
                        + " {'imageTag': '1', 'imageDigest': '%s'}]}",
                two);
        assertThat(answer.get("imageIds").findValuesAsText("imageTag")).containsExactly("first");
        assertThat(answer.get("failures").findValuesAsText("failureCode"))
                .containsExactly(
                        "ImageNotFound", "MissingDigestAndTag", "InvalidImageDigest", "ImageTagDoesNotMatchDigest");
        assertThat(aws.tags("web")).containsExactly("1", "2");
        aws.calls.call("BatchDeleteImage", "{'repositoryName': 'web', 'imageIds': [{'imageTag': '1'}]}");
        assertThat(aws.tags("web")).as("its last tag").containsExactly("2");
        aws.calls.call("BatchDeleteImage", "{'repositoryName': 'web', 'imageIds': [{'imageDigest': '%s'}]}", two);
        assertThat(aws.tags("web")).isEmpty();
        aws.calls.refused(
                "InvalidParameterException",
                "1 to 100",
                "BatchDeleteImage",
                "{'repositoryName': 'web', 'imageIds': []}");
        aws.push("web", "one", "again");
        assertThat(aws.tags("web")).containsExactly("again");
        assertThat(aws.calls
                        .call("DescribeImages", WEB)
                        .at("/imageDetails/0/imageDigest")
                        .asText())
                .isEqualTo(one);
    }

    @Test
    void aRepositoryIsDeletedWhenEmptyOrByForce() {
        aws.push("web", "one", "1");
        aws.calls.refused("RepositoryNotEmptyException", "still contains images", "DeleteRepository", WEB);
        aws.calls.call("DeleteRepository", "{'repositoryName': 'web', 'force': true}");
        aws.calls.refused("RepositoryNotFoundException", "'web'", "DeleteRepository", WEB);
        aws.calls.call("CreateRepository", WEB);
        aws.calls.call("DeleteRepository", WEB);
    }

    @Test
    void repositoriesAndImagesAreListedInPages() {
        IntStream.range(0, 30)
                .forEach(i -> aws.calls.call("CreateRepository", "{'repositoryName': 'r%02d'}".formatted(i)));
        JsonNode first = aws.calls.call("DescribeRepositories", "{'maxResults': 20}");
        assertThat(first.get("repositories")).hasSize(20);
        assertThat(aws.calls
                        .call(
                                "DescribeRepositories",
                                "{'maxResults': 20, 'nextToken': '%s'}",
                                first.get("nextToken").asText())
                        .get("repositories"))
                .hasSize(11);
        aws.push("web", "one", "1", "2", "3");
        JsonNode ids = aws.calls.call("ListImages", "{'repositoryName': 'web', 'maxResults': 2}");
        assertThat(ids.get("imageIds")).hasSize(2);
        assertThat(ids.get("nextToken").asText()).isNotEmpty();
        String bad = "InvalidParameterException";
        aws.calls.refused(bad, "maxResults", "ListImages", "{'repositoryName': 'web', 'maxResults': 0}");
        aws.calls.refused(bad, "tagStatus", "ListImages", "{'repositoryName': 'web', 'filter': {'tagStatus': 'SOME'}}");
        aws.calls.refused(
                bad, "repositoryNames", "DescribeRepositories", "{'repositoryNames': ['web'], 'maxResults': 1}");
        aws.calls.refused(
                bad,
                "imageIds",
                "DescribeImages",
                "{'repositoryName': 'web', 'imageIds': [{'imageTag': '1'}], 'maxResults': 1}");
    }

    @Test
    void resourceTagsAndScanningConfiguration() {
        aws.calls.call("CreateRepository", "{'repositoryName': 'tagged', 'tags': [{'Key': 'team', 'Value': 'web'}]}");
        assertThat(tags(ARN.replace("/web", "/tagged"))).isEqualTo("[{\"Key\":\"team\",\"Value\":\"web\"}]");
        aws.calls.call("TagResource", "{'resourceArn': '%s', 'tags': [{'Key': 'a', 'Value': '1'}]}", ARN);
        aws.calls.call("TagResource", "{'resourceArn': '%s', 'tags': [{'Key': 'a', 'Value': '2'}]}", ARN);
        assertThat(tags(ARN)).isEqualTo("[{\"Key\":\"a\",\"Value\":\"2\"}]");
        aws.calls.call("UntagResource", "{'resourceArn': '%s', 'tagKeys': ['a']}", ARN);
        assertThat(tags(ARN)).isEqualTo("[]");
        aws.calls.refused(
                "InvalidTagParameterException",
                "aws:",
                "TagResource",
                "{'resourceArn': '%s', 'tags': [{'Key': 'aws:x', 'Value': '1'}]}",
                ARN);
        aws.calls.refused(
                "InvalidParameterException", "resourceArn", "ListTagsForResource", "{'resourceArn': 'arn:aws:s3:::x'}");

        aws.calls.call(
                "PutImageScanningConfiguration",
                "{'repositoryName': 'web', 'imageScanningConfiguration': {'scanOnPush': true}}");
        assertThat(aws.calls
                        .call("DescribeRepositories", "{'repositoryNames': ['web']}")
                        .at("/repositories/0/imageScanningConfiguration/scanOnPush")
                        .asBoolean())
                .isTrue();
    }

    private String tags(String arn) {
        return aws.calls
                .call("ListTagsForResource", "{'resourceArn': '%s'}", arn)
                .get("tags")
                .toString();
    }

    @Test
    void allIsKeptAcrossARestart() throws IOException {
        String one = aws.push("web", "one", "1", "latest");
        aws.push("web", "two", "latest");
        aws.ecr.storeScanFindings("web", one, List.of(new ScanFinding("CVE-1", "HIGH", null, null, null)));
        aws.calls.call("TagResource", "{'resourceArn': '%s', 'tags': [{'Key': 'a', 'Value': '1'}]}", ARN);
        mutability("'IMMUTABLE'");
        String policy = ("{'rules': [{'rulePriority': 1, 'selection': {'tagStatus': 'any', 'countType':"
                        + " 'imageCountMoreThan', 'countNumber': 1}, 'action': {'type': 'expire'}}]}")
                .replace('\'', '"');
        aws.calls.call(
                "PutLifecyclePolicy",
                "{'repositoryName': 'web', 'lifecyclePolicyText': " + TextNode.valueOf(policy) + "}");
        String before = everything();
        aws.calls.call("CreateRepository", "{'repositoryName': 'gone'}");
        aws.push("gone", "three", "3");
        aws.calls.call("DeleteRepository", "{'repositoryName': 'gone', 'force': true}");

        restart();
        assertThat(everything()).isEqualTo(before);
        refusedTag("1");
        try (var blobs = Files.list(directory.resolve("images/blobs/sha256"))) {
            // Jar and configuration of two images and of the one just uploaded; those of the deleted repository are
            // gone.
            assertThat(blobs.count()).isEqualTo(6);
        }
        aws.time.advance(Duration.ofHours(1));
        assertThat(aws.tags("web")).as("the policy goes on").containsExactly("latest");
    }

    private String everything() {
        return aws.calls
                        .call("DescribeRepositories", "{'repositoryNames': ['web']}")
                        .toString()
                + aws.calls.call("DescribeImages", WEB)
                + aws.calls.call("GetLifecyclePolicy", WEB)
                + tags(ARN);
    }

    private void restart() throws JsonProcessingException {
        ObjectMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        String kept = json.writeValueAsString(aws.world.call(aws.ecr.kept()::snapshot));
        aws = new EcrFixture(directory);
        restore(aws.ecr.kept(), json, kept);
    }

    private <S> void restore(Kept<S> kept, ObjectMapper json, String text) throws JsonProcessingException {
        S state = json.readValue(text, kept.type());
        aws.world.run(() -> kept.restore(state));
    }
}
