package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.MetricWanted;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.SeriesSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetHealthSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.ConfigSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.NewDeployment;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the calls send and what they make of the answers, in the shapes AWS has on the wire. */
class SdkAwsTest {

    private static final CodeDeployGroup GROUP = new CodeDeployGroup("shop-app", "web-group", "my-config");
    private static final String NEW_ARN = "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:12";

    private final WireServer server = new WireServer();
    private final SdkAws aws =
            SdkAws.open(new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDEXAMPLE", "secret", null)));

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    @Test
    void identityTellsAwsClock() {
        server.on(
                "GetCallerIdentity",
                Reply.xml(
                        200,
                        """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                <Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
                </GetCallerIdentityResult></GetCallerIdentityResponse>"""));
        assertThat(aws.identity())
                .isEqualTo(new Aws.Identity(
                        "123456789012", "arn:aws:iam::123456789012:user/ann", Instant.parse("2026-11-23T18:30:00Z")));
    }

    private static final SuccessRateAlarm ALARM = SuccessRateAlarm.of(
            "web",
            "web-b",
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web-b/73e2d6bc24d8a067",
            "app/shop/50dc6c495c0c9188",
            Criterion.REFERENCE);

    @Test
    void anAlarmIsCreatedAsTheCriterionIs() {
        server.on("PutMetricAlarm", Reply.cbor(200, Map.of()));
        aws.createAlarm(ALARM);
        JsonNode sent = server.last().cbor();
        assertThat(sent.path("AlarmName").asText()).isEqualTo("web-web-b-success-rate");
        assertThat(sent.path("Threshold").asDouble()).isEqualTo(99.5);
        assertThat(sent.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(sent.path("DatapointsToAlarm").asInt()).isEqualTo(2);
        assertThat(sent.path("EvaluationPeriods").asInt()).isEqualTo(3);
        assertThat(sent.path("TreatMissingData").asText()).isEqualTo("notBreaching");
        assertThat(sent.path("Tags").toString()).isEqualTo("[{\"Key\":\"managed-by\",\"Value\":\"ecs-canary\"}]");
        assertThat(sent.at("/Metrics/0/Expression").asText())
                .isEqualTo("IF(req >= 50, 100*(1-(FILL(t5xx,0)+FILL(connErr,0))/req), 100)");
        assertThat(sent.path("Metrics").findValuesAsText("MetricName"))
                .containsExactly("RequestCount", "HTTPCode_Target_5XX_Count", "TargetConnectionErrorCount");
        assertThat(sent.path("Metrics").findValuesAsText("Stat")).containsOnly("Sum");
        assertThat(sent.at("/Metrics/1/MetricStat/Period").asInt()).isEqualTo(60);
        assertThat(sent.at("/Metrics/1/MetricStat/Metric/Dimensions").findValuesAsText("Value"))
                .containsExactly("targetgroup/web-b/73e2d6bc24d8a067", "app/shop/50dc6c495c0c9188");
    }

    @Test
    void silenceThatIsAcceptedIsNotDividedBy() {
        SuccessRateAlarm silent = new SuccessRateAlarm(
                "a", "app/x/1", "targetgroup/y/2", new Criterion(99, 1, 0, Duration.ofSeconds(60)));
        assertThat(silent.expression()).startsWith("IF(req >= 1, ");
    }

    @Test
    void anAlarmAsItWasCreatedDoesNotDiffer() throws IOException {
        server.on("PutMetricAlarm", Reply.cbor(200, Map.of()));
        aws.createAlarm(ALARM);
        ObjectNode sent = (ObjectNode) server.last().cbor();
        sent.remove("Tags");
        server.on("DescribeAlarms", described(sent));
        assertThat(aws.alarmDifferences(ALARM)).contains(List.of());

        sent.put("Threshold", 90.0).put("DatapointsToAlarm", 3);
        ((ObjectNode) sent.at("/Metrics/1/MetricStat")).put("Stat", "Average");
        server.on("DescribeAlarms", described(sent));
        assertThat(aws.alarmDifferences(ALARM).orElseThrow())
                .contains("threshold 90.0 instead of 99.5", "datapoints to alarm 3 instead of 2")
                .anyMatch(text ->
                        text.startsWith("metrics ") && text.contains("Average of AWS/ApplicationELB/RequestCount"));

        server.on("DescribeAlarms", Reply.cbor(200, Map.of("MetricAlarms", List.of())));
        assertThat(aws.alarmDifferences(ALARM)).isEmpty();
    }

    private static Reply described(ObjectNode alarm) {
        return Reply.cbor(200, Map.of("MetricAlarms", List.of(alarm)));
    }

    @Test
    void service() {
        server.on(
                "DescribeServices",
                Reply.json(
                        """
                {"services":[{"serviceArn":"arn:aws:ecs:eu-central-1:123456789012:service/shop/web","serviceName":"web",
                "status":"ACTIVE","deploymentController":{"type":"CODE_DEPLOY"},"desiredCount":2,
                "taskDefinition":"td:11","loadBalancers":[{"targetGroupArn":"tg-a","containerName":"web","containerPort":3000}],
                "taskSets":[{"id":"ecs-svc/1","status":"PRIMARY","taskDefinition":"td:11","computedDesiredCount":2,
                "runningCount":1,"pendingCount":1,"loadBalancers":[{"targetGroupArn":"tg-a","containerName":"web"}]},
                {"id":"ecs-svc/2","externalId":"d-1","status":"ACTIVE","taskDefinition":"td:12"}]}],"failures":[]}"""));
        assertThat(aws.service("shop", "web"))
                .contains(new ServiceSeen(
                        "arn:aws:ecs:eu-central-1:123456789012:service/shop/web",
                        "web",
                        "ACTIVE",
                        "CODE_DEPLOY",
                        2,
                        "td:11",
                        List.of(new Aws.LoadBalancerSeen("tg-a", "web", 3000)),
                        List.of(
                                new Aws.TaskSetSeen("ecs-svc/1", null, "PRIMARY", "td:11", 2, 1, 1, "tg-a"),
                                new Aws.TaskSetSeen("ecs-svc/2", "d-1", "ACTIVE", "td:12", 0, 0, 0, null))));
        assertThat(server.last().json().toString()).isEqualTo("{\"cluster\":\"shop\",\"services\":[\"web\"]}");
    }

    @Test
    void missingServiceIsEmpty() {
        server.on(
                "DescribeServices",
                Reply.json("{\"services\":[],\"failures\":[{\"arn\":\"web\",\"reason\":\"MISSING\"}]}"));
        assertThat(aws.service("shop", "web")).isEmpty();
    }

    @Test
    void taskDefinitionKeepsTheOrderOfContainers() {
        server.on(
                "DescribeTaskDefinition",
                Reply.json(
                        """
                {"taskDefinition":{"taskDefinitionArn":"arn:12","status":"INACTIVE","containerDefinitions":[
                {"name":"z","image":"i1"},{"name":"a","image":"i2"}]}}"""));
        Aws.TaskDefinitionSeen seen = aws.taskDefinition("web:12").orElseThrow();
        assertThat(seen.status()).isEqualTo("INACTIVE");
        assertThat(seen.images().keySet()).containsExactly("z", "a");
    }

    @Test
    void missingTaskDefinitionIsEmptyThoughAwsHasNoCodeForIt() {
        server.on(
                "DescribeTaskDefinition",
                Reply.error(
                        400, "{\"__type\":\"ClientException\",\"message\":\"Unable to describe task definition.\"}"));
        assertThat(aws.taskDefinition("web:99")).isEmpty();
    }

    @Test
    void stoppedTasksNewestFirstWithTheExitCodeThatTells() {
        server.on("ListTasks", Reply.json("{\"taskArns\":[\"arn:task/shop/1\",\"arn:task/shop/2\"]}"))
                .on(
                        "DescribeTasks",
                        Reply.json(
                                """
                        {"tasks":[{"taskArn":"arn:task/shop/1","taskDefinitionArn":"td:12","stoppedAt":1795458600,
                        "containers":[{"name":"side","exitCode":0},{"name":"web","exitCode":137}]},
                        {"taskArn":"arn:task/shop/2","taskDefinitionArn":"td:12","startedBy":"ecs-svc/2",
                        "stopCode":"EssentialContainerExited","stoppedReason":"Essential container in task exited",
                        "stoppedAt":1795458660.5,"containers":[{"name":"web"}]}],"failures":[]}"""));
        List<Aws.TaskSeen> tasks = aws.stoppedTasks("shop", "web");
        assertThat(tasks).extracting(Aws.TaskSeen::id).containsExactly("2", "1");
        assertThat(tasks).extracting(Aws.TaskSeen::exitCode).containsExactly(null, 137);
        assertThat(tasks).extracting(Aws.TaskSeen::container).containsExactly(null, "web");
        assertThat(tasks.get(0).stoppedAt()).isEqualTo(Instant.ofEpochMilli(1795458660500L));
        assertThat(server.requests().get(0).json().path("desiredStatus").asText())
                .isEqualTo("STOPPED");
    }

    private static final Aws.TaskWanted WANTED =
            new Aws.TaskWanted("shop", "web", "td:12", "web", List.of("migrate", "--all"), "token-1");

    @Test
    void aTaskRunsWhereAndHowTheServicesTasksDo() {
        server.on(
                        "DescribeServices",
                        Reply.json(
                                """
                        {"services":[{"serviceName":"web","launchType":"FARGATE","platformVersion":"1.4.0",
                        "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"],"securityGroups":["sg-1"],
                        "assignPublicIp":"DISABLED"}}}]}"""))
                .on("RunTask", Reply.json("{\"tasks\":[{\"taskArn\":\"arn:task/shop/1f0c\"}],\"failures\":[]}"));
        assertThat(aws.runTask(WANTED)).isEqualTo("1f0c");
        assertThat(server.last().json())
                .isEqualTo(
                        json(
                                """
                        {"cluster":"shop","taskDefinition":"td:12","count":1,"startedBy":"token-1","clientToken":"token-1",
                        "launchType":"FARGATE","platformVersion":"1.4.0",
                        "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"],"securityGroups":["sg-1"],
                        "assignPublicIp":"DISABLED"}},
                        "overrides":{"containerOverrides":[{"name":"web","command":["migrate","--all"]}]}}"""));
    }

    @Test
    void whatOnlyThePrimaryTaskSetSaysCountsToo() {
        server.on(
                        "DescribeServices",
                        Reply.json(
                                """
                        {"services":[{"serviceName":"web","taskSets":[{"status":"ACTIVE","launchType":"EC2"},
                        {"status":"PRIMARY","networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-2"]}},
                        "capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}]}]}]}"""))
                .on("RunTask", Reply.json("{\"tasks\":[{\"taskArn\":\"arn:task/shop/1f0c\"}],\"failures\":[]}"));
        aws.runTask(WANTED);
        assertThat(server.last()
                        .json()
                        .at("/capacityProviderStrategy/0/capacityProvider")
                        .asText())
                .isEqualTo("FARGATE_SPOT");
        assertThat(server.last()
                        .json()
                        .at("/networkConfiguration/awsvpcConfiguration/subnets/0")
                        .asText())
                .isEqualTo("subnet-2");
        assertThat(server.last().json().has("launchType")).isFalse();
    }

    @Test
    void aTaskThatEcsCouldNotPlaceIsAFailureWithItsReason() {
        server.on(
                        "DescribeServices",
                        Reply.json("{\"services\":[{\"serviceName\":\"web\",\"launchType\":\"FARGATE\"}]}"))
                .on(
                        "RunTask",
                        Reply.json(
                                "{\"tasks\":[],\"failures\":[{\"reason\":\"RESOURCE:MEMORY\",\"detail\":\"full\"}]}"));
        assertThatThrownBy(() -> aws.runTask(WANTED))
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("ran no task of td:12")
                .hasMessageContaining("RESOURCE:MEMORY (full)");
    }

    @Test
    void tasksAreFoundByTheirTokenRunningOrStopped() {
        server.on(
                        "ListTasks",
                        Reply.json("{\"taskArns\":[\"arn:task/shop/1\"]}"),
                        Reply.json("{\"taskArns\":[\"arn:task/shop/1\",\"arn:task/shop/2\"]}"))
                .on(
                        "DescribeTasks",
                        Reply.json(
                                """
                        {"tasks":[{"taskArn":"arn:task/shop/1","startedBy":"token-1","lastStatus":"STOPPED",
                        "stoppedReason":"Essential container in task exited","containers":[{"name":"web","exitCode":3}]},
                        {"taskArn":"arn:task/shop/2","startedBy":"ecs-svc/2","lastStatus":"STOPPED"}]}"""));
        assertThat(aws.tasksStartedBy("shop", "web", "token-1"))
                .containsExactly(new Aws.TaskRunSeen(
                        "1",
                        "STOPPED",
                        "Essential container in task exited",
                        List.of(new Aws.ContainerRunSeen("web", 3, null))));
        assertThat(server.requests().get(0).json().toString())
                .isEqualTo("{\"cluster\":\"shop\",\"startedBy\":\"token-1\"}");
        assertThat(server.requests().get(1).json().toString())
                .isEqualTo("{\"cluster\":\"shop\",\"family\":\"web\",\"desiredStatus\":\"STOPPED\"}");
    }

    @Test
    void aTaskThatEcsForgotIsEmptyAndStoppingSaysWhy() {
        server.on("DescribeTasks", Reply.json("{\"tasks\":[],\"failures\":[{\"reason\":\"MISSING\"}]}"))
                .on("StopTask", Reply.json("{}"));
        assertThat(aws.taskRun("shop", "1")).isEmpty();
        aws.stopTask("shop", "1", "ecs-canary: given up by ann");
        assertThat(server.last().json().toString())
                .isEqualTo("{\"cluster\":\"shop\",\"task\":\"1\",\"reason\":\"ecs-canary: given up by ann\"}");
    }

    @Test
    void whereAContainerLogsIsInItsTaskDefinition() {
        server.on(
                "DescribeTaskDefinition",
                Reply.json(
                        """
                {"taskDefinition":{"taskDefinitionArn":"arn:12","status":"ACTIVE","containerDefinitions":[
                {"name":"web","image":"i","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/web",
                "awslogs-region":"eu-central-1","awslogs-stream-prefix":"app"}}},
                {"name":"side","image":"i","logConfiguration":{"logDriver":"splunk"}}]}}"""));
        assertThat(aws.taskDefinition("web:12").orElseThrow().logs())
                .isEqualTo(Map.of("web", new Aws.LogsSeen("/ecs/web", "eu-central-1", "app")));
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whereContainersLogTo() {
        server.on(
                "DescribeTaskDefinition",
                Reply.json(
                        """
                {"taskDefinition":{"taskDefinitionArn":"arn:12","containerDefinitions":[
                {"name":"web","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/web",
                "awslogs-region":"eu-central-1","awslogs-stream-prefix":"app"}}},
                {"name":"agent","essential":false}]}}"""));
        assertThat(aws.containerLogs("web:12"))
                .containsExactly(
                        new Aws.ContainerLogSeen(
                                "web", true, "awslogs", new Aws.LogsSeen("/ecs/web", "eu-central-1", "app")),
                        new Aws.ContainerLogSeen("agent", false, null, null));
        server.on(
                "DescribeTaskDefinition",
                Reply.error(
                        400, "{\"__type\":\"ClientException\",\"message\":\"Unable to describe task definition.\"}"));
        assertThat(aws.containerLogs("web:99")).isEmpty();
    }

    @Test
    void theEndOfALogIsCleanedAndAnEmptyPageIsNotItsEnd() {
        server.on(
                "GetLogEvents",
                Reply.json("{\"events\":[],\"nextBackwardToken\":\"b/1\",\"nextForwardToken\":\"f/1\"}"),
                Reply.json(
                        """
                {"events":[{"timestamp":1795458600000,"message":"migrating\\u001b[31m 1\\u001b[0m\\tof 2\\r\\n"},
                {"timestamp":1795458601000,"message":"failed\\u0007"}],"nextBackwardToken":"b/2","nextForwardToken":"f/2"}"""));
        assertThat(aws.logTail("/ecs/web", "web/web/1f0c", 20)).containsExactly("migrating 1 of 2", "failed");
        assertThat(server.requests().get(0).json().toString())
                .isEqualTo("{\"logGroupName\":\"/ecs/web\",\"logStreamName\":\"web/web/1f0c\",\"limit\":20,"
                        + "\"startFromHead\":false}");
        assertThat(server.last().json().path("nextToken").asText()).isEqualTo("b/1");
    }

    @Test
    void aLogThatWasNeverWrittenIsEmpty() {
        server.on(
                "GetLogEvents",
                Reply.error(
                        400,
                        "{\"__type\":\"ResourceNotFoundException\",\"message\":\"The specified log stream does not exist.\"}"));
        assertThat(aws.logTail("/ecs/web", "web/web/1f0c", 20)).isEmpty();
    }

    @Test
    void aWaitIsEndedByItsNameAndACompletedDeploymentNeedsNone() {
        server.on(
                "ContinueDeployment",
                Reply.json("{}"),
                Reply.json("{}"),
                Reply.error(400, "{\"__type\":\"DeploymentAlreadyCompletedException\",\"message\":\"completed\"}"),
                Reply.error(
                        400,
                        "{\"__type\":\"DeploymentIsNotInReadyStateException\",\"message\":\"is not in the Ready state\"}"));
        aws.continueDeployment("d-1", Wait.READY);
        aws.continueDeployment("d-1", Wait.TERMINATION);
        assertThat(server.requests())
                .extracting(request -> request.json().toString())
                .containsExactly(
                        "{\"deploymentId\":\"d-1\",\"deploymentWaitType\":\"READY_WAIT\"}",
                        "{\"deploymentId\":\"d-1\",\"deploymentWaitType\":\"TERMINATION_WAIT\"}");
        aws.continueDeployment("d-1", Wait.TERMINATION);
        assertThatThrownBy(() -> aws.continueDeployment("d-1", Wait.READY))
                .isInstanceOfSatisfying(
                        AwsFailure.class, failure -> assertThat(failure.kind()).isEqualTo(AwsFailure.Kind.STATE))
                .hasMessageContaining("is in no state for codedeploy:ContinueDeployment");
    }

    @Test
    void deploymentGroup() {
        server.on(
                "GetDeploymentGroup",
                Reply.json(
                        """
                {"deploymentGroupInfo":{"applicationName":"shop-app","deploymentGroupName":"web-group","computePlatform":"ECS",
                "deploymentConfigName":"CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                "autoRollbackConfiguration":{"enabled":true,"events":["DEPLOYMENT_FAILURE"]},
                "alarmConfiguration":{"enabled":false,"alarms":[{"name":"x"}]},
                "blueGreenDeploymentConfiguration":{"terminateBlueInstancesOnDeploymentSuccess":
                {"action":"TERMINATE","terminationWaitTimeInMinutes":5}},
                "loadBalancerInfo":{"targetGroupPairInfoList":[{"targetGroups":[{"name":"web-a"},{"name":"web-b"}],
                "prodTrafficRoute":{"listenerArns":["l-1"]},"testTrafficRoute":{"listenerArns":["l-2"]}}]},
                "ecsServices":[{"serviceName":"web","clusterName":"shop"}]}}"""));
        assertThat(aws.deploymentGroup(GROUP))
                .contains(new GroupSeen(
                        "ECS",
                        "shop",
                        "web",
                        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                        List.of("web-a", "web-b"),
                        "l-1",
                        "l-2",
                        List.of("DEPLOYMENT_FAILURE"),
                        List.of(),
                        Duration.ofMinutes(5),
                        Duration.ZERO));
    }

    @Test
    void groupOfAnotherPlatformHasWhatItHas() {
        server.on("GetDeploymentGroup", Reply.json("{\"deploymentGroupInfo\":{\"computePlatform\":\"Server\"}}"));
        GroupSeen seen = aws.deploymentGroup(GROUP).orElseThrow();
        assertThat(seen.computePlatform()).isEqualTo("Server");
        assertThat(seen.targetGroups()).isEmpty();
        assertThat(seen.prodListenerArn()).isNull();
        assertThat(seen.terminationWait()).isZero();
    }

    @Test
    void missingGroupApplicationAndConfigAreEmpty() {
        server.on(
                        "GetDeploymentGroup",
                        Reply.error(400, "{\"__type\":\"ApplicationDoesNotExistException\",\"message\":\"no\"}"),
                        Reply.error(400, "{\"__type\":\"DeploymentGroupDoesNotExistException\",\"message\":\"no\"}"))
                .on(
                        "GetDeploymentConfig",
                        Reply.error(400, "{\"__type\":\"DeploymentConfigDoesNotExistException\",\"message\":\"no\"}"));
        assertThat(aws.deploymentGroup(GROUP)).isEmpty();
        assertThat(aws.deploymentGroup(GROUP)).isEmpty();
        assertThat(aws.deploymentConfig("x")).isEmpty();
    }

    @Test
    void deploymentConfigs() {
        server.on(
                "GetDeploymentConfig",
                Reply.json(
                        config(
                                "ECS",
                                """
                        {"type":"TimeBasedLinear","timeBasedLinear":{"linearPercentage":10,"linearInterval":3}}""")),
                Reply.json(
                        config(
                                "ECS",
                                """
                        {"type":"TimeBasedCanary","timeBasedCanary":{"canaryPercentage":20,"canaryInterval":5}}""")),
                Reply.json(config("ECS", "{\"type\":\"AllAtOnce\"}")),
                Reply.json(config("Lambda", "{\"type\":\"AllAtOnce\"}")));
        assertThat(List.of(
                        aws.deploymentConfig("c").orElseThrow(),
                        aws.deploymentConfig("c").orElseThrow(),
                        aws.deploymentConfig("c").orElseThrow(),
                        aws.deploymentConfig("c").orElseThrow()))
                .extracting(ConfigSeen::traffic)
                .containsExactly(
                        new TrafficPlan.Linear(10, Duration.ofMinutes(3)),
                        new TrafficPlan.Canary(20, Duration.ofMinutes(5)),
                        new TrafficPlan.AllAtOnce(),
                        null);
    }

    private static String config(String platform, String routing) {
        return "{\"deploymentConfigInfo\":{\"deploymentConfigName\":\"c\",\"computePlatform\":\"" + platform
                + "\",\"trafficRoutingConfig\":" + routing + "}}";
    }

    @Test
    void deploymentsAreListedOverPagesWhateverTheirStatus() {
        server.on(
                "ListDeployments",
                Reply.json("{\"deployments\":[\"d-2\"],\"nextToken\":\"t\"}"),
                Reply.json("{\"deployments\":[\"d-1\"]}"));
        assertThat(aws.listDeployments(GROUP, Instant.ofEpochSecond(1795458600), 25))
                .containsExactly("d-2", "d-1");
        assertThat(server.requests().get(0).json().path("includeOnlyStatuses").isMissingNode())
                .isTrue();
        assertThat(server.requests().get(0).json().at("/createTimeRange/start").decimalValue())
                .isEqualByComparingTo("1795458600");
    }

    @Test
    void noMorePagesAreAskedForThanAreWanted() {
        server.on(
                "ListDeployments",
                Reply.json("{\"deployments\":[\"d-6\",\"d-5\"],\"nextToken\":\"t\"}"),
                Reply.json("{\"deployments\":[\"d-4\",\"d-3\"],\"nextToken\":\"u\"}"),
                Reply.json("{\"deployments\":[\"d-2\",\"d-1\"]}"));
        assertThat(aws.listDeployments(GROUP, Instant.EPOCH, 3)).containsExactly("d-6", "d-5", "d-4");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void inAGroupThatIsNotThereNoDeploymentIsListed() {
        server.on(
                "ListDeployments",
                Reply.error(400, "{\"__type\":\"ApplicationDoesNotExistException\",\"message\":\"no\"}"),
                Reply.error(400, "{\"__type\":\"DeploymentGroupDoesNotExistException\",\"message\":\"no\"}"));
        assertThat(aws.listDeployments(GROUP, Instant.EPOCH, 25)).isEmpty();
        assertThat(aws.listDeployments(GROUP, Instant.EPOCH, 25)).isEmpty();
    }

    @Test
    void deployments() {
        server.on(
                "BatchGetDeployments",
                Reply.json(
                        """
                {"deploymentsInfo":[{"applicationName":"shop-app","deploymentGroupName":"web-group",
                "deploymentConfigName":"c","deploymentId":"d-1","status":"Stopped","description":"what","creator":"user",
                "createTime":1795458600.25,"completeTime":1795458660,
                "errorInformation":{"code":"ALARM_ACTIVE","message":"One or more alarms"},
                "rollbackInfo":{"rollbackDeploymentId":"d-2","rollbackMessage":"Deployment d-1 terminated."}}]}"""));
        assertThat(aws.deployments(List.of("d-1", "d-9")))
                .containsExactly(new AwsCodeDeploy.DeploymentSeen(
                        "d-1",
                        new CodeDeployGroup("shop-app", "web-group", "c"),
                        "Stopped",
                        "what",
                        "user",
                        Instant.ofEpochMilli(1795458600250L),
                        Instant.ofEpochSecond(1795458660),
                        "ALARM_ACTIVE",
                        "One or more alarms",
                        "d-2",
                        "Deployment d-1 terminated."));
        assertThat(aws.deployments(List.of())).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void deploymentTarget() {
        server.on(
                "GetDeploymentTarget",
                Reply.json(
                        """
                {"deploymentTarget":{"deploymentTargetType":"ECSTarget","ecsTarget":{"deploymentId":"d-1","targetId":"shop:web",
                "status":"InProgress","lifecycleEvents":[{"lifecycleEventName":"Install","status":"Failed",
                "startTime":1795458600,"endTime":1795458601,"diagnostics":{"errorCode":"UnknownError","message":"why"}},
                {"lifecycleEventName":"AfterInstall","status":"Pending"}],
                "taskSetsInfo":[{"identifer":"ecs-svc/2","desiredCount":2,"pendingCount":1,"runningCount":1,
                "status":"ACTIVE","trafficWeight":10.0,"targetGroup":{"name":"web-b"},"taskSetLabel":"Green"}]}}}"""));
        assertThat(aws.deploymentTarget("d-1", "shop", "web"))
                .contains(new AwsCodeDeploy.TargetSeen(
                        "InProgress",
                        List.of(
                                new AwsCodeDeploy.LifecycleSeen(
                                        "Install",
                                        "Failed",
                                        Instant.ofEpochSecond(1795458600),
                                        Instant.ofEpochSecond(1795458601),
                                        "why"),
                                new AwsCodeDeploy.LifecycleSeen("AfterInstall", "Pending", null, null, null)),
                        List.of(new AwsCodeDeploy.TargetTaskSetSeen(
                                "ecs-svc/2", "Green", "ACTIVE", 10, 2, 1, 1, "web-b"))));
        assertThat(server.last().json().path("targetId").asText()).isEqualTo("shop:web");
    }

    @Test
    void deploymentWithoutATargetYetIsEmpty() {
        server.on(
                "GetDeploymentTarget",
                Reply.error(400, "{\"__type\":\"DeploymentTargetDoesNotExistException\",\"message\":\"no\"}"),
                Reply.error(400, "{\"__type\":\"DeploymentNotStartedException\",\"message\":\"no\"}"));
        assertThat(aws.deploymentTarget("d-1", "shop", "web")).isEmpty();
        assertThat(aws.deploymentTarget("d-1", "shop", "web")).isEmpty();
    }

    @Test
    void createDeployment() throws Exception {
        server.on("CreateDeployment", Reply.json("{\"deploymentId\":\"d-A1B2C3D4E\"}"));
        assertThat(aws.createDeployment(
                        new NewDeployment(GROUP, NEW_ARN, "web", 3000, "ecs-canary t by ann", List.of("web-b-rate"))))
                .isEqualTo("d-A1B2C3D4E");
        String content = "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\","
                + "\"Properties\":{\"TaskDefinition\":\"" + NEW_ARN + "\",\"LoadBalancerInfo\":"
                + "{\"ContainerName\":\"web\",\"ContainerPort\":3000}}}}]}";
        assertThat(server.last().json())
                .isEqualTo(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(
                                """
                        {"applicationName":"shop-app","deploymentGroupName":"web-group","deploymentConfigName":"my-config",
                        "description":"ecs-canary t by ann",
                        "revision":{"revisionType":"AppSpecContent","appSpecContent":{"content":%s,"sha256":"%s"}},
                        "autoRollbackConfiguration":{"enabled":true,"events":["DEPLOYMENT_FAILURE",
                        "DEPLOYMENT_STOP_ON_ALARM","DEPLOYMENT_STOP_ON_REQUEST"]},
                        "overrideAlarmConfiguration":{"enabled":true,"alarms":[{"name":"web-b-rate"}]}}"""
                                        .formatted(
                                                new com.fasterxml.jackson.databind.ObjectMapper()
                                                        .writeValueAsString(content),
                                                AppSpec.sha256(content))));
    }

    @Test
    void withoutAlarmsOfItsOwnTheGroupsStand() {
        server.on("CreateDeployment", Reply.json("{\"deploymentId\":\"d-1\"}"));
        aws.createDeployment(
                new NewDeployment(new CodeDeployGroup("shop-app", "web-group", null), NEW_ARN, "web", 3000, "t", null));
        assertThat(server.last().json().has("overrideAlarmConfiguration")).isFalse();
        assertThat(server.last().json().has("deploymentConfigName")).isFalse();
    }

    @Test
    void sha256IsTheOneEverybodyHas() {
        assertThat(AppSpec.sha256("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void stoppingWhatHasEndedIsHarmless() {
        server.on(
                "StopDeployment",
                Reply.json("{\"status\":\"Pending\"}"),
                Reply.error(400, "{\"__type\":\"DeploymentAlreadyCompletedException\",\"message\":\"no\"}"));
        aws.stopAndRollBack("d-1");
        assertThat(server.last().json().toString())
                .isEqualTo("{\"deploymentId\":\"d-1\",\"autoRollbackEnabled\":true}");
        aws.stopAndRollBack("d-1");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void listenersTellWeightsInPercent() {
        server.on(
                "DescribeListeners",
                Reply.xml(
                        200,
                        """
                <DescribeListenersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
                <DescribeListenersResult><Listeners>
                <member><ListenerArn>l-1</ListenerArn><LoadBalancerArn>lb</LoadBalancerArn><DefaultActions><member>
                <Type>forward</Type><ForwardConfig><TargetGroups>
                <member><TargetGroupArn>a</TargetGroupArn><Weight>1</Weight></member>
                <member><TargetGroupArn>b</TargetGroupArn><Weight>3</Weight></member>
                </TargetGroups></ForwardConfig></member></DefaultActions></member>
                <member><ListenerArn>l-2</ListenerArn><LoadBalancerArn>lb</LoadBalancerArn><DefaultActions><member>
                <Type>forward</Type><TargetGroupArn>a</TargetGroupArn></member></DefaultActions></member>
                <member><ListenerArn>l-3</ListenerArn><LoadBalancerArn>lb</LoadBalancerArn><DefaultActions><member>
                <Type>fixed-response</Type></member></DefaultActions></member>
                </Listeners></DescribeListenersResult></DescribeListenersResponse>"""));
        assertThat(aws.listeners(List.of("l-1", "l-2", "l-3")))
                .extracting(Aws.ListenerSeen::weights)
                .containsExactly(Map.of("a", 25, "b", 75), Map.of("a", 100), Map.of());
        assertThat(server.last().form()).containsEntry("ListenerArns.member.2", "l-2");
    }

    @Test
    void aSmallPartOfTheTrafficIsNotRoundedAway() {
        server.on(
                "DescribeListeners",
                Reply.xml(
                        200,
                        """
                <DescribeListenersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
                <DescribeListenersResult><Listeners>
                <member><ListenerArn>l-1</ListenerArn><LoadBalancerArn>lb</LoadBalancerArn><DefaultActions><member>
                <Type>forward</Type><ForwardConfig><TargetGroups>
                <member><TargetGroupArn>a</TargetGroupArn><Weight>998</Weight></member>
                <member><TargetGroupArn>b</TargetGroupArn><Weight>1</Weight></member>
                <member><TargetGroupArn>c</TargetGroupArn><Weight>0</Weight></member>
                </TargetGroups></ForwardConfig></member></DefaultActions></member>
                </Listeners></DescribeListenersResult></DescribeListenersResponse>"""));
        assertThat(aws.listeners(List.of("l-1")).get(0).weights()).isEqualTo(Map.of("a", 99, "b", 1, "c", 0));
    }

    @Test
    void oneUnknownTargetGroupDoesNotHideTheOthers() {
        Reply missing = Reply.xml(
                400,
                """
                <ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error><Type>Sender</Type>
                <Code>TargetGroupNotFound</Code><Message>One or more target groups not found</Message></Error>
                <RequestId>req-7</RequestId></ErrorResponse>""");
        server.on(
                "DescribeTargetGroups",
                missing,
                Reply.xml(
                        200,
                        """
                <DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
                <DescribeTargetGroupsResult><TargetGroups><member><TargetGroupArn>arn-a</TargetGroupArn>
                <TargetGroupName>web-a</TargetGroupName></member></TargetGroups></DescribeTargetGroupsResult>
                </DescribeTargetGroupsResponse>"""),
                missing);
        assertThat(aws.targetGroups(List.of("web-a", "web-b"))).containsExactly(new TargetGroupSeen("arn-a", "web-a"));
    }

    @Test
    void targetHealth() {
        server.on(
                "DescribeTargetHealth",
                Reply.xml(
                        200,
                        """
                <DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
                <DescribeTargetHealthResult><TargetHealthDescriptions>
                <member><Target><Id>127.0.1.2</Id><Port>3000</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member>
                <member><Target><Id>127.0.1.3</Id><Port>3000</Port></Target><TargetHealth><State>unhealthy</State>
                <Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [503]</Description>
                </TargetHealth></member></TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>"""));
        assertThat(aws.targetHealth("arn-a"))
                .containsExactly(
                        new TargetHealthSeen("127.0.1.2:3000", "healthy", null),
                        new TargetHealthSeen(
                                "127.0.1.3:3000",
                                "unhealthy",
                                "Target.ResponseCodeMismatch: Health checks failed with these codes: [503]"));
    }

    @Test
    void alarmsInTheOrderAskedFor() {
        server.on(
                "DescribeAlarms",
                Reply.cbor(
                        200,
                        Map.of(
                                "MetricAlarms",
                                List.of(
                                        Map.of("AlarmName", "b", "StateValue", "ALARM", "StateReason", "2 datapoints"),
                                        Map.of("AlarmName", "a", "StateValue", "OK", "StateReason", "fine")),
                                "CompositeAlarms",
                                List.of(Map.of("AlarmName", "c", "StateValue", "INSUFFICIENT_DATA")))));
        assertThat(aws.alarms(List.of("a", "b", "gone", "c")))
                .containsExactly(
                        new AlarmSeen("a", "OK", "fine", null),
                        new AlarmSeen("b", "ALARM", "2 datapoints", null),
                        new AlarmSeen("c", "INSUFFICIENT_DATA", null, null));
        assertThat(server.last().cbor().path("AlarmNames")).hasSize(4);
    }

    @Test
    void metricsAskForASumPerPeriodOfOneTargetGroup() {
        server.on(
                "GetMetricData",
                Reply.cbor(
                        200,
                        Map.of(
                                "MetricDataResults",
                                List.of(Map.of("Id", "m1", "Values", List.of(), "Timestamps", List.of())))));
        List<SeriesSeen> series = aws.metrics(
                List.of(new MetricWanted(
                        "m0", "RequestCount", "app/shop/1", "targetgroup/web-a/2", Duration.ofMinutes(1))),
                Instant.ofEpochSecond(1795458600),
                Instant.ofEpochSecond(1795458660));
        assertThat(series).containsExactly(new SeriesSeen("m0", Map.of()));
        var query = server.last().cbor().path("MetricDataQueries").get(0);
        assertThat(query.at("/MetricStat/Metric/Namespace").asText()).isEqualTo("AWS/ApplicationELB");
        assertThat(query.at("/MetricStat/Stat").asText()).isEqualTo("Sum");
        assertThat(query.at("/MetricStat/Period").asInt()).isEqualTo(60);
        assertThat(query.at("/MetricStat/Metric/Dimensions").toString())
                .isEqualTo("[{\"Name\":\"TargetGroup\",\"Value\":\"targetgroup/web-a/2\"},"
                        + "{\"Name\":\"LoadBalancer\",\"Value\":\"app/shop/1\"}]");
    }

    @Test
    void imageDigestByTagAndByDigest() {
        String digest = "sha256:" + "c".repeat(64);
        server.on("DescribeImages", Reply.json("{\"imageDetails\":[{\"imageDigest\":\"" + digest + "\"}]}"));
        String repository = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web";
        assertThat(aws.imageDigest(repository + ":1.5.0")).contains(digest);
        assertThat(server.last().json().toString())
                .isEqualTo("{\"registryId\":\"123456789012\",\"repositoryName\":\"shop/web\","
                        + "\"imageIds\":[{\"imageTag\":\"1.5.0\"}]}");
        assertThat(aws.imageDigest(repository + "@" + digest)).contains(digest);
        assertThat(server.last().json().at("/imageIds/0/imageDigest").asText()).isEqualTo(digest);
    }

    @Test
    void missingImageAndRepositoryAreEmpty() {
        server.on(
                "DescribeImages",
                Reply.error(400, "{\"__type\":\"ImageNotFoundException\",\"message\":\"no\"}"),
                Reply.error(400, "{\"__type\":\"RepositoryNotFoundException\",\"message\":\"no\"}"));
        String image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:9";
        assertThat(aws.imageDigest(image)).isEmpty();
        assertThat(aws.imageDigest(image)).isEmpty();
    }

    @Test
    void anotherRegionsRegistryIsAskedInThatRegion() {
        server.on("DescribeImages", Reply.json("{\"imageDetails\":[]}"));
        aws.imageDigest("123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1");
        assertThat(server.last().authorization()).contains("/us-east-1/ecr/");
    }

    @Test
    void onlyEcrIsAsked() {
        assertThatThrownBy(() -> aws.imageDigest("docker.io/library/nginx:1"))
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("is not in ECR");
        assertThat(server.requests()).isEmpty();
    }
}
