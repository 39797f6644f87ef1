package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of clusters, services, tasks and task definitions. */
class TagTest {

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "service", "task", "task-definition"})
    void tagsComeChangeAndGo(String kind) {
        String arn = arn(kind);
        tag(arn, "{'key': 'a', 'value': '1'}, {'key': 'b', 'value': '2'}");
        tag(arn, "{'key': 'a', 'value': '3'}");
        assertThat(tags(arn)).containsExactlyInAnyOrder("b=2", "a=3");
        aws.calls.call("UntagResource", "{'resourceArn': '%s', 'tagKeys': ['b', 'none']}", arn);
        assertThat(tags(arn)).containsExactly("a=3");
    }

    @Test
    void theyAreAnsweredToThoseWhoAsk() {
        String service = arn("service");
        tag(service, "{'key': 'a', 'value': '1'}");
        assertThat(aws.service().has("tags")).isFalse();
        assertThat(aws.calls
                        .call("DescribeServices", "{'cluster': 'demo', 'services': ['web'], 'include': ['TAGS']}")
                        .at("/services/0/tags/0/key")
                        .asText())
                .isEqualTo("a");
        aws.calls.refused(
                "NotImplementedByLocalAws",
                "include TAG",
                "DescribeServices",
                "{'cluster': 'demo', 'services': ['web'], 'include': ['TAG']}");
    }

    @Test
    void tasksGetTheirServicesTagsIfAskedFor() {
        aws.startRollingService(1, "{}");
        tag(aws.service().get("serviceArn").asText(), "{'key': 'team', 'value': 'a'}");
        aws.calls.call(
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'propagateTags': 'SERVICE', 'enableECSManagedTags': true,"
                        + " 'forceNewDeployment': true}");
        aws.advance(STARTED);
        assertThat(tags(aws.tasks("RUNNING").get(0).get("taskArn").asText()))
                .containsExactly("aws:ecs:clusterName=demo", "aws:ecs:serviceName=web", "team=a");
    }

    @Test
    void fiftyAreTheMost() {
        String arn = arn("cluster");
        tag(arn, some(0, 50));
        aws.calls.refused(
                "InvalidParameterException",
                "50 tags at most",
                "TagResource",
                "{'resourceArn': '%s', 'tags': [%s]}",
                arn,
                some(50, 51));
        assertThat(tags(arn)).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'key': '', 'value': ''} | Tag keys must have 1 to 128 characters",
                "{'key': 'AWS:x', 'value': ''} | are reserved",
                "{'key': 'a', 'value': 'aws:x'} | are reserved",
                "{'key': 'a#', 'value': ''} | characters that are not allowed",
                "{'key': 'a', 'value': ''}, {'key': 'a', 'value': 'b'} | Duplicate tag keys",
            })
    void whatIsNoTagIsRefused(String tags, String message) {
        String arn = arn("cluster");
        aws.calls.refused(
                "InvalidParameterException", message, "TagResource", "{'resourceArn': '%s', 'tags': [%s]}", arn, tags);
        aws.calls.refused(
                "InvalidParameterException", message, "CreateCluster", "{'clusterName': 'x', 'tags': [%s]}", tags);
        assertThat(tags(arn)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, InvalidParameterException",
        "arn:aws:ecs:eu-central-1:123456789012:cluster/nope, ClusterNotFoundException",
        "arn:aws:ecs:eu-central-1:123456789012:service/demo/nope, ServiceNotFoundException",
        "arn:aws:ecs:eu-central-1:123456789012:service/nope/x, ClusterNotFoundException",
        "arn:aws:ecs:eu-central-1:123456789012:service/web, InvalidParameterException",
        "arn:aws:ecs:eu-central-1:123456789012:task/demo/nope, ResourceNotFoundException",
        "arn:aws:ecs:eu-central-1:123456789012:task-definition/nope:1, ResourceNotFoundException",
        "arn:aws:ecs:eu-central-1:123456789012:capacity-provider/x, NotImplementedByLocalAws"
    })
    void whatIsNotThereHasNoTags(String arn, String code) {
        aws.calls.refused(code, "", "ListTagsForResource", "{'resourceArn': '%s'}", arn);
    }

    private String arn(String kind) {
        aws.startRollingService(1, "{}");
        return switch (kind) {
            case "cluster" -> aws.service().get("clusterArn").asText();
            case "service" -> aws.service().get("serviceArn").asText();
            case "task" -> aws.tasks("RUNNING").get(0).get("taskArn").asText();
            default -> aws.service().get("taskDefinition").asText();
        };
    }

    private void tag(String arn, String tags) {
        aws.calls.call("TagResource", "{'resourceArn': '%s', 'tags': [%s]}", arn, tags);
    }

    private List<String> tags(String arn) {
        JsonNode tags = aws.calls
                .call("ListTagsForResource", "{'resourceArn': '%s'}", arn)
                .get("tags");
        return IntStream.range(0, tags.size())
                .mapToObj(i -> tags.get(i).get("key").asText() + "="
                        + tags.get(i).get("value").asText())
                .toList();
    }

    private static String some(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{'key': 'k" + i + "', 'value': ''}")
                .collect(Collectors.joining(","));
    }
}
