package io.jenkins.plugins.ecscanary.localaws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Task definitions: kept as given, refused where they are wrong or would not do here what they do on Fargate. */
class TaskDefinitionTest {

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aRevisionComesBackAsRegisteredWithAwssDefaults() {
        aws.register(", 'user': '1000', 'readonlyRootFilesystem': true, 'dockerLabels': {'team': 'web'},"
                + " 'ulimits': [{'name': 'nofile', 'softLimit': 10, 'hardLimit': 20}],"
                + " 'linuxParameters': {'initProcessEnabled': true}");
        aws.register("");

        JsonNode first = describe("web:1");
        assertThat(first.get("revision").asInt()).isEqualTo(1);
        assertThat(first.get("status").asText()).isEqualTo("ACTIVE");
        assertThat(first.get("compatibilities").toString()).isEqualTo("[\"EC2\",\"FARGATE\"]");
        JsonNode container = first.at("/containerDefinitions/0");
        assertThat(container.get("user").asText()).isEqualTo("1000");
        assertThat(container.at("/ulimits/0/hardLimit").asInt()).isEqualTo(20);
        assertThat(container.at("/linuxParameters/initProcessEnabled").asBoolean())
                .isTrue();
        assertThat(container.at("/dockerLabels/team").asText()).isEqualTo("web");
        assertThat(container.get("essential").asBoolean()).isTrue();
        assertThat(container.get("portMappings").toString())
                .isEqualTo("[{\"containerPort\":3000,\"hostPort\":3000,\"protocol\":\"tcp\"}]");
        assertThat(container.has("logConfiguration")).isFalse();
        assertThat(describe("web").get("revision").asInt()).isEqualTo(2);
        assertThat(describe(first.get("taskDefinitionArn").asText())).isEqualTo(first);
        assertThat(aws.calls
                        .call("ListTaskDefinitions", "{'familyPrefix': 'web', 'sort': 'DESC'}")
                        .get("taskDefinitionArns"))
                .extracting(JsonNode::asText)
                .first()
                .asString()
                .endsWith("web:2");
    }

    @Test
    void tagsAreAnsweredOnlyWhenAskedFor() {
        aws.calls.call(
                "RegisterTaskDefinition",
                "{'family': 'tagged', 'networkMode': 'awsvpc', 'tags': [{'key': 'token', 'value': 'x'}],"
                        + " 'containerDefinitions': [{'name': 'a', 'image': 'b'}]}");
        assertThat(aws.calls
                        .call("DescribeTaskDefinition", "{'taskDefinition': 'tagged'}")
                        .has("tags"))
                .isFalse();
        assertThat(aws.calls
                        .call("DescribeTaskDefinition", "{'taskDefinition': 'tagged', 'include': ['TAGS']}")
                        .at("/tags/0/value")
                        .asText())
                .isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "web:7", "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"})
    void anUnknownRevisionCannotBeDescribed(String name) {
        aws.register("");
        aws.calls.refused(
                "ClientException",
                "Unable to describe task definition.",
                "DescribeTaskDefinition",
                "{'taskDefinition': '%s'}",
                name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'links': ['a'] | links",
                "'environmentFiles': [{'type': 's3', 'value': 'arn'}] | environmentFiles",
                "'dependsOn': [{'containerName': 'a', 'condition': 'HEALTHY'}] | dependsOn",
                "'resourceRequirements': [{'type': 'GPU', 'value': '1'}] | GPU",
                "'firelensConfiguration': {'type': 'fluentbit'} | firelensConfiguration",
                "'restartPolicy': {'enabled': true} | restartPolicy",
                "'logConfiguration': {'logDriver': 'splunk'} | splunk",
                "'healthCheck': {'command': ['CMD-SHELL', 'curl -f http://localhost']} | CMD-SHELL",
            })
    void whatWouldRunDifferentlyIsRefusedByName(String members, String named) {
        aws.calls.refused(
                "NotImplementedByLocalAws",
                named,
                "RegisterTaskDefinition",
                "{'family': 'web', 'networkMode': 'awsvpc',"
                        + " 'containerDefinitions': [{'name': 'web', 'image': 'b', %s}]}",
                members);
        aws.calls.refused("ClientException", "", "DescribeTaskDefinition", "{'taskDefinition': 'web'}");
    }

    @Test
    void volumesFromOutsideTheTaskAreRefusedItsOwnAreNot() {
        String volumes = "{'family': 'web', 'networkMode': 'awsvpc', 'volumes': [%s],"
                + " 'containerDefinitions': [{'name': 'web', 'image': 'b',"
                + " 'mountPoints': [{'sourceVolume': 'tmp', 'containerPath': '/tmp'}]}]}";
        aws.calls.call("RegisterTaskDefinition", volumes, "{'name': 'tmp', 'host': {}}");
        aws.calls.refused(
                "NotImplementedByLocalAws",
                "volume data: efsVolumeConfiguration",
                "RegisterTaskDefinition",
                volumes,
                "{'name': 'data', 'efsVolumeConfiguration': {'fileSystemId': 'fs-1'}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'cpu': '256' | Fargate requires that 'memory' be defined at the task level.",
                "'cpu': '256', 'memory': '100' | No Fargate configuration exists for given values: 256 CPU, 100 memory",
                "'cpu': '256', 'memory': '512' | execution role ARN to support ECR images",
            })
    void fargatesRulesAreAwss(String members, String message) {
        aws.calls.refused(
                "ClientException",
                message,
                "RegisterTaskDefinition",
                "{'family': 'web', 'networkMode': 'awsvpc', 'requiresCompatibilities': ['FARGATE'], %s,"
                        + " 'containerDefinitions': [{'name': 'web', 'image': '%s'}]}",
                members,
                message.contains("ECR") ? EcsHarness.IMAGE : "b");
    }

    @Test
    void sizesInGigabytesAreTakenToo() {
        assertThat(FargateSize.of("1 vCPU", "2 GB")).isEqualTo(new FargateSize(1024, 2048));
        assertThat(FargateSize.of(".5 vcpu", "1GB")).isEqualTo(new FargateSize(512, 1024));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | Container list cannot be empty.",
                "[{'image': 'b'}] | Container.name should not be null or empty.",
                "[{'name': '../up', 'image': 'b'}] | Invalid container name",
                "[{'name': 'a'}] | Container.image should not be null or empty.",
                "[{'name': 'a', 'image': 'b'}, {'name': 'a', 'image': 'b'}] | unique",
                "[{'name': 'a', 'image': 'b', 'essential': false}] | essential",
                "[{'name': 'a', 'image': 'b', 'portMappings': [{'containerPort': 1, 'hostPort': 2}]}] | must match",
                "[{'name': 'a', 'image': 'b', 'stopTimeout': 600}] | stopTimeout",
                "[{'name': 'a', 'image': 'b', 'healthCheck': {'command': ['curl']}}] | CMD",
                "[{'name': 'a', 'image': 'b', 'logConfiguration': {'logDriver': 'awslogs'}}] | awslogs-group",
            })
    void wrongContainersAreRefused(String containers, String message) {
        aws.calls.refused(
                "ClientException",
                message,
                "RegisterTaskDefinition",
                "{'family': 'web', 'networkMode': 'awsvpc', 'containerDefinitions': %s}",
                containers);
    }

    private JsonNode describe(String name) {
        return aws.calls
                .call("DescribeTaskDefinition", "{'taskDefinition': '%s'}", name)
                .get("taskDefinition");
    }
}
