package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.BLUE;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.GREEN;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.UNUSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CreateService, UpdateService and the Describe operations refuse, and how. */
class ServiceRulesTest {

    private static final String CREATE =
            "{'cluster': '%s', 'serviceName': 'web', 'taskDefinition': '%s', 'desiredCount': 1, 'launchType': 'FARGATE',"
                    + " 'deploymentController': {'type': '%s'},"
                    + " 'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['subnet-1']}},"
                    + " 'loadBalancers': [{'targetGroupArn': '%s', 'containerName': '%s', 'containerPort': %s}]}";

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope|web|CODE_DEPLOY|blue|web|3000|ClusterNotFoundException|Cluster not found.",
                "demo|nope|CODE_DEPLOY|blue|web|3000|ClientException|TaskDefinition not found.",
                "demo|web|OTHER|blue|web|3000|InvalidParameterException|Invalid deployment controller type 'OTHER'",
                "demo|web|EXTERNAL|blue|web|3000|NotImplementedByLocalAws|the deployment controller EXTERNAL",
                "demo|web|CODE_DEPLOY|blue|app|3000|InvalidParameterException|The container app does not exist in the task"
                        + " definition.",
                "demo|web|CODE_DEPLOY|blue|web|80|InvalidParameterException|The container web did not have a container port"
                        + " 80 defined.",
                "demo|web|CODE_DEPLOY|unused|web|3000|InvalidParameterException|does not have an associated load balancer.",
                "demo|web|CODE_DEPLOY|none|web|3000|InvalidParameterException|Unable to find target group: none.",
            })
    void createServiceRefuses(
            String cluster,
            String definition,
            String controller,
            String group,
            String container,
            String port,
            String code,
            String message) {
        aws.register("");
        String arn =
                switch (group) {
                    case "blue" -> BLUE;
                    case "unused" -> UNUSED;
                    default -> group;
                };
        aws.calls.refused(
                code, message, "CreateService", CREATE, cluster, definition, controller, arn, container, port);
        assertThat(aws.calls
                        .call("DescribeServices", "{'cluster': 'demo', 'services': ['web']}")
                        .get("failures"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'platformVersion': '1.3.0' | NotImplementedByLocalAws | platformVersion 1.3.0; only LATEST, which is 1.4.0",
                "'desiredCount': 2000 | NotImplementedByLocalAws | 50 of a service at most",
                "'deploymentConfiguration': {'strategy': 'CANARY'} | NotImplementedByLocalAws | deploymentConfiguration.strategy",
                "'deploymentConfiguration': {'bakeTimeInMinutes': 5, 'strategy': 'LINEAR'} | NotImplementedByLocalAws |"
                        + " ECS-native blue/green, linear and canary deployments are not made here",
                "'serviceRegistries': [{'registryArn': 'x'}] | InvalidParameterException | Invalid service registry 'x'",
                "'serviceRegistries': [{'registryArn': 'arn:aws:servicediscovery:r:1:service/srv-1', 'containerName': 'x'}] |"
                        + " InvalidParameterException | The container x does not exist in the task definition.",
                "'deploymentConfiguration': {'bogus': 1} | NotImplementedByLocalAws | deploymentConfiguration.bogus",
                "'deploymentConfiguration': {'maximumPercent': 'x'} | InvalidParameterException | whole number"
            })
    void whatCannotBeRunIsRefusedByName(String members, String code, String message) {
        aws.startService(1);
        aws.calls.refused(
                code,
                message,
                "CreateService",
                CREATE.replace("'desiredCount': 1,", members + ","),
                "demo",
                "web",
                "CODE_DEPLOY",
                BLUE,
                "web",
                "3000");
    }

    @Test
    void aNameInCloudMapIsKeptAndAnsweredAndCanNotBeChanged() {
        aws.register("");
        String registries = "[{'registryArn': 'arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-1',"
                + " 'containerName': 'web'}]";
        aws.calls.call(
                "CreateService",
                CREATE.replace("'desiredCount': 1,", "'desiredCount': 1, 'serviceRegistries': " + registries + ","),
                "demo",
                "web",
                "CODE_DEPLOY",
                BLUE,
                "web",
                "3000");
        assertThat(aws.service().at("/serviceRegistries/0/registryArn").asText())
                .endsWith("service/srv-1");
        aws.calls.call(
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'desiredCount': 2, 'serviceRegistries': " + registries + "}");
        aws.calls.refused(
                "NotImplementedByLocalAws",
                "a change of serviceRegistries",
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'serviceRegistries': [{'registryArn': 'other'}]}");
    }

    @Test
    void aSecondServiceOfTheSameNameIsRefused() {
        aws.startService(1);
        aws.calls.refused(
                "InvalidParameterException",
                "Creation of service was not idempotent.",
                "CreateService",
                CREATE,
                "demo",
                "web",
                "CODE_DEPLOY",
                BLUE,
                "web",
                "3000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'taskDefinition': 'web:2' | Unable to update task definition on services",
                "'loadBalancers': [{'targetGroupArn': 'x'}] | Unable to update load balancers on services",
                "'networkConfiguration': {'awsvpcConfiguration': {'subnets': ['s']}} | Unable to update network parameters",
                "'forceNewDeployment': true | Cannot force a new deployment on services",
                "'platformVersion': '1.3.0' | Unable to update platform version on services",
            })
    void whatCodeDeployOwnsCannotBeUpdated(String members, String message) {
        aws.startService(1);
        aws.register("");
        aws.calls.refused(
                "InvalidParameterException",
                message,
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'desiredCount': 5, %s}",
                members);
        assertThat(aws.info().desiredCount())
                .as("nothing of a refused update is done")
                .isEqualTo(1);
    }

    @Test
    void aRefusedUpdateUsesAwssWholeSentence() {
        aws.startService(1);
        aws.calls.refused(
                "InvalidParameterException",
                "Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to"
                        + " trigger a new deployment.",
                "UpdateService",
                "{'cluster': 'demo', 'service': 'web', 'taskDefinition': 'other'}");
    }

    @Test
    void anUpdateMayRepeatWhatIsThere() {
        aws.startService(1);
        JsonNode service = aws.calls
                .call(
                        "UpdateService",
                        "{'cluster': 'demo', 'service': '%s', 'taskDefinition': 'web:1', 'desiredCount': 2,"
                                + " 'healthCheckGracePeriodSeconds': 90,"
                                + " 'deploymentConfiguration': {'minimumHealthyPercent': 50}}",
                        aws.info().serviceArn())
                .get("service");
        assertThat(service.get("desiredCount").asInt()).isEqualTo(2);
        assertThat(service.get("healthCheckGracePeriodSeconds").asInt()).isEqualTo(90);
        assertThat(service.at("/deploymentConfiguration/minimumHealthyPercent").asInt())
                .isEqualTo(50);
        assertThat(service.at("/deploymentConfiguration/maximumPercent").asInt())
                .isEqualTo(200);
    }

    @Test
    void unknownNamesAreFailuresNotErrors() {
        aws.startService(1);
        JsonNode answer = aws.calls.call("DescribeServices", "{'cluster': 'demo', 'services': ['web', 'nope']}");
        assertThat(answer.get("services")).hasSize(1);
        assertThat(answer.at("/failures/0/arn").asText())
                .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:service/demo/nope");
        assertThat(answer.at("/failures/0/reason").asText()).isEqualTo("MISSING");
        assertThat(aws.calls
                        .call("DescribeTaskSets", "{'cluster': 'demo', 'service': 'web', 'taskSets': ['x']}")
                        .at("/failures/0/reason")
                        .asText())
                .isEqualTo("MISSING");
        assertThat(aws.calls
                        .call("DescribeClusters", "{'clusters': ['demo', 'x']}")
                        .at("/failures/0/reason")
                        .asText())
                .isEqualTo("MISSING");
    }

    @Test
    void unknownServicesAndClustersAreErrorsElsewhere() {
        String noService = "ServiceNotFoundException";
        aws.calls.refused(noService, "Service not found.", "UpdateService", "{'cluster': 'demo', 'service': 'x'}");
        aws.calls.refused(noService, "Service not found.", "ListTasks", "{'cluster': 'demo', 'serviceName': 'x'}");
        aws.calls.refused(noService, "Service not found.", "DescribeTaskSets", "{'cluster': 'demo', 'service': 'x'}");
        aws.calls.refused("ClusterNotFoundException", "Cluster not found.", "ListTasks", "{}");
        aws.calls.refused(
                "InvalidParameterException", "Tasks cannot be empty.", "DescribeTasks", "{'cluster': 'demo'}");
        aws.calls.refused(
                "InvalidParameterException", "Services cannot be empty.", "DescribeServices", "{'cluster': 'demo'}");
    }

    @Test
    void tasksAreListedByServiceStarterAndFamilyPageByPage() {
        aws.startService(3);
        String set = aws.primary().id();
        assertThat(list("'serviceName': 'web'")).hasSize(3);
        assertThat(list("'startedBy': '" + set + "'")).hasSize(3);
        assertThat(list("'startedBy': 'ecs-svc/0'")).isEmpty();
        assertThat(list("'family': 'web'")).hasSize(3);
        assertThat(list("'family': 'other'")).isEmpty();
        assertThat(list("'desiredStatus': 'STOPPED'")).isEmpty();
        JsonNode page = aws.calls.call("ListTasks", "{'cluster': 'demo', 'maxResults': 2}");
        assertThat(page.get("taskArns")).hasSize(2);
        JsonNode rest = aws.calls.call(
                "ListTasks",
                "{'cluster': 'demo', 'nextToken': '%s'}",
                page.get("nextToken").asText());
        assertThat(rest.get("taskArns")).hasSize(1);
        assertThat(rest.has("nextToken")).isFalse();
    }

    @Test
    void theServiceIsFoundByNameAndArn() {
        aws.startService(1);
        String cluster = "arn:aws:ecs:eu-central-1:123456789012:cluster/demo";
        String arn = aws.info().serviceArn();
        aws.world.run(() -> {
            assertThat(aws.ecs.service(cluster, arn)).isPresent();
            assertThat(aws.ecs.service("demo", "web")).isPresent();
            assertThat(aws.ecs.service("demo", "nope")).isEmpty();
            assertThat(aws.ecs.service("nope", "web")).isEmpty();
        });
    }

    @Test
    void aRevisionThatCannotServeIsRefusedWithAReason() {
        String definition = aws.register("");
        aws.world.run(() -> {
            assertThat(aws.ecs.refusal(definition, "web", 3000)).isEmpty();
            assertThat(aws.ecs.refusal(definition, "app", 3000))
                    .hasValue("The container app does not exist in the task definition.");
            assertThat(aws.ecs.refusal(definition, "web", 80))
                    .hasValue("The container web did not have a container port 80 defined.");
            assertThat(aws.ecs.refusal(definition + "9", "web", 3000)).isPresent();
        });
    }

    @Test
    void runningTasksCountInTheCluster() {
        aws.startService(2);
        JsonNode cluster =
                aws.calls.call("DescribeClusters", "{'clusters': ['demo']}").at("/clusters/0");
        assertThat(cluster.get("runningTasksCount").asInt()).isEqualTo(2);
        assertThat(cluster.get("activeServicesCount").asInt()).isEqualTo(1);
        String green =
                aws.world.call(() -> aws.ecs.createTaskSet(aws.info(), "web:1", GREEN, "web", 3000, "d-ABCDEFGHI"));
        aws.advance(Duration.ZERO);
        assertThat(aws.calls
                        .call("DescribeClusters", "{'clusters': ['demo']}")
                        .at("/clusters/0/pendingTasksCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(green).startsWith("ecs-svc/");
    }

    private JsonNode list(String filter) {
        return aws.calls.call("ListTasks", "{'cluster': 'demo', %s}", filter).get("taskArns");
    }
}
