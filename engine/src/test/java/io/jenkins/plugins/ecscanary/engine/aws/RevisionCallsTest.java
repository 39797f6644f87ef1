package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionDiff;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the calls about revisions, and for verifying one, send and make of the answers. */
class RevisionCallsTest {

    private static final String WHOLE =
            """
            {"family":"web","taskDefinitionArn":"arn:12","revision":12,"status":"ACTIVE","networkMode":"awsvpc",
             "cpu":"256","memory":"512","requiresCompatibilities":["FARGATE"],"registeredAt":1795458600.5,
             "runtimePlatform":{"cpuArchitecture":"ARM64"},"ephemeralStorage":{"sizeInGiB":30},
             "containerDefinitions":[{"name":"web","image":"i","cpu":0,"essential":true,"readonlyRootFilesystem":true,
               "portMappings":[{"containerPort":3000,"hostPort":3000,"protocol":"tcp"}],
               "environment":[{"name":"A","value":"1"}],"secrets":[{"name":"S","valueFrom":"arn:s"}],
               "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/web"}},
               "healthCheck":{"command":["CMD","x"],"interval":30,"timeout":5,"retries":3}}],
             "volumes":[{"name":"v","host":{}}]}""";

    private final WireServer server = new WireServer();
    private final SdkAws aws =
            SdkAws.open(new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDEXAMPLE", "secret", null)));

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    @Test
    void aTaskDefinitionComesBackAsTheJsonItWas() throws Exception {
        server.on("DescribeTaskDefinition", Reply.json("{\"taskDefinition\":" + WHOLE + "}"));
        String json = aws.taskDefinitionJson("web:12").orElseThrow();
        ObjectMapper mapper = new ObjectMapper();
        JsonNode got = mapper.readTree(json);
        JsonNode sent = mapper.readTree(WHOLE);
        got.properties().forEach(member -> assertThat(member.getKey().equals("registeredAt")
                        || member.getValue().equals(sent.get(member.getKey())))
                .as(member.toString())
                .isTrue());
        assertThat(got.size()).isEqualTo(sent.size());
        assertThat(got.get("registeredAt").asText()).isEqualTo("2026-11-23T18:30:00.500Z");
        assertThat(TaskDefinitionDiff.of(WHOLE, json).changes()).isEmpty();
        assertThat(TaskDefinitionJson.problems(json))
                .as("it can be registered again")
                .isEmpty();
    }

    @Test
    void anAnswerWithoutItsTaskDefinitionIsAFailureInWords() {
        server.on("DescribeTaskDefinition", Reply.json("{}"), Reply.json("{}"), Reply.json("{}"));
        List<ThrowingCallable> readings = List.of(
                () -> aws.taskDefinition("web:12"),
                () -> aws.taskDefinitionJson("web:12"),
                () -> aws.containerLogs("web:12"));
        assertThat(readings).allSatisfy(reading -> assertThatThrownBy(reading)
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("the answer to ecs:DescribeTaskDefinition")
                .hasMessageContaining("is not AWS's"));
    }

    @Test
    void tagsAreAskedForOnlyWhereTheyAreWanted() {
        server.on(
                "DescribeTaskDefinition",
                Reply.json("{\"taskDefinition\":{\"taskDefinitionArn\":\"arn:12\"},\"tags\":"
                        + "[{\"key\":\"ecs-canary\",\"value\":\"t\"}]}"));
        assertThat(aws.taskDefinitionTags("arn:12")).isEqualTo(Map.of("ecs-canary", "t"));
        assertThat(server.last().json().toString()).isEqualTo("{\"taskDefinition\":\"arn:12\",\"include\":[\"TAGS\"]}");
    }

    @Test
    void activeRevisionsOverSeveralPages() {
        server.on(
                "ListTaskDefinitions",
                Reply.json("{\"taskDefinitionArns\":[\"web:3\",\"web:2\"],\"nextToken\":\"n\"}"),
                Reply.json("{\"taskDefinitionArns\":[\"web:1\"]}"));
        assertThat(aws.activeRevisions("web")).containsExactly("web:3", "web:2", "web:1");
        assertThat(server.requests().get(0).json().toString())
                .isEqualTo("{\"familyPrefix\":\"web\",\"status\":\"ACTIVE\",\"sort\":\"DESC\"}");
        assertThat(server.last().json().path("nextToken").asText()).isEqualTo("n");
    }

    @Test
    void whatServicesRunOrAreAboutTo() {
        List<String> twelve = java.util.stream.IntStream.range(0, 12)
                .mapToObj(i -> "\"s" + i + "\"")
                .toList();
        server.on("ListServices", Reply.json("{\"serviceArns\":[" + String.join(",", twelve) + "]}"))
                .on(
                        "DescribeServices",
                        Reply.json(
                                """
                        {"services":[{"taskDefinition":"td:1","taskSets":[{"taskDefinition":"td:2"},{"id":"x"}]}]}"""),
                        Reply.json(
                                """
                        {"services":[{"taskDefinition":"td:3","deployments":[{"taskDefinition":"td:4"}]}]}"""));
        assertThat(aws.taskDefinitionsInUse("shop")).containsExactlyInAnyOrder("td:1", "td:2", "td:3", "td:4");
        assertThat(server.last().json().path("services").size())
                .as("ten at a time")
                .isEqualTo(2);
    }

    @Test
    void deregistering() {
        server.on("DeregisterTaskDefinition", Reply.json("{\"taskDefinition\":{\"status\":\"INACTIVE\"}}"));
        aws.deregisterTaskDefinition("arn:3");
        assertThat(server.last().json().toString()).isEqualTo("{\"taskDefinition\":\"arn:3\"}");
        server.on(
                "DeregisterTaskDefinition",
                Reply.error(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}"));
        assertThatThrownBy(() -> aws.deregisterTaskDefinition("arn:3"))
                .hasMessageContaining("ecs:DeregisterTaskDefinition on task definition arn:3 is not allowed");
    }

    @Test
    void aLogGroupIsThereOnlyByItsWholeName() {
        server.on(
                "DescribeLogGroups",
                Reply.json("{\"logGroups\":[{\"logGroupName\":\"/ecs/web-2\"}]}"),
                Reply.json("{\"logGroups\":[{\"logGroupName\":\"/ecs/web\"},{\"logGroupName\":\"/ecs/web-2\"}]}"));
        assertThat(aws.logGroupExists("/ecs/web")).isFalse();
        assertThat(aws.logGroupExists("/ecs/web")).isTrue();
        assertThat(server.last().json().path("logGroupNamePrefix").asText()).isEqualTo("/ecs/web");
    }

    @Test
    void targetGroupsSayHowTheyCheckHealth() {
        server.on(
                "DescribeTargetGroups",
                Reply.xml(
                        200,
                        """
                <DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
                <DescribeTargetGroupsResult><TargetGroups><member><TargetGroupArn>arn-a</TargetGroupArn>
                <TargetGroupName>web-a</TargetGroupName><TargetType>ip</TargetType><Protocol>HTTP</Protocol>
                <HealthCheckPort>traffic-port</HealthCheckPort><HealthCheckPath>/health</HealthCheckPath>
                </member></TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>"""));
        assertThat(aws.targetGroups(List.of("web-a")))
                .containsExactly(new Aws.TargetGroupSeen("arn-a", "web-a", "ip", "HTTP", "traffic-port", "/health"));
    }
}
