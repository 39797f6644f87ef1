package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.MetricWanted;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskWanted;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.NewDeployment;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import io.jenkins.plugins.ecscanary.engine.iam.Permission;
import io.jenkins.plugins.ecscanary.engine.iam.Permissions;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What goes over the wire is what permissions are asked for, call by call. */
class PermittedCallsTest {

    private static final CodeDeployGroup GROUP = new CodeDeployGroup("shop-app", "web-group", "my-config");
    private static final SuccessRateAlarm ALARM =
            new SuccessRateAlarm("a", "app/shop/1", "targetgroup/web-b/2", Criterion.REFERENCE);
    private static final String IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1";

    /** Each call, so that everything it asks of AWS is asked. */
    private static final Map<String, Consumer<Aws>> CALLS = new TreeMap<>(Map.ofEntries(
            call("service", aws -> aws.service("shop", "web")),
            call("taskDefinition", aws -> aws.taskDefinition("web:1")),
            call("taskDefinitionJson", aws -> aws.taskDefinitionJson("web:1")),
            call("taskDefinitionTags", aws -> aws.taskDefinitionTags("web:1")),
            call("activeRevisions", aws -> aws.activeRevisions("web")),
            call("taskDefinitionsInUse", aws -> aws.taskDefinitionsInUse("shop")),
            call(
                    "deregisterTaskDefinition",
                    aws -> aws.deregisterTaskDefinition("arn:aws:ecs:r:1:task-definition/web:1")),
            call("logGroupExists", aws -> aws.logGroupExists("/ecs/web")),
            call("containerLogs", aws -> aws.containerLogs("web:1")),
            call(
                    "registerTaskDefinition",
                    aws -> aws.registerTaskDefinition("{\"family\":\"web\",\"containerDefinitions\":[]}")),
            call("stoppedTasks", aws -> aws.stoppedTasks("shop", "web")),
            call("deploymentGroup", aws -> aws.deploymentGroup(GROUP)),
            call("deploymentConfig", aws -> aws.deploymentConfig("my-config")),
            call("listDeployments", aws -> aws.listDeployments(GROUP, Instant.EPOCH, 25)),
            call("deployments", aws -> aws.deployments(List.of("d-1"))),
            call("deploymentTarget", aws -> aws.deploymentTarget("d-1", "shop", "web")),
            call(
                    "createDeployment",
                    aws -> aws.createDeployment(
                            new NewDeployment(GROUP, "arn:12", "web", 3000, "text", List.of("alarm")))),
            call("stopAndRollBack", aws -> aws.stopAndRollBack("d-1")),
            call("continueDeployment", aws -> aws.continueDeployment("d-1", Wait.READY)),
            call(
                    "runTask",
                    aws -> aws.runTask(new TaskWanted("shop", "web", "web:1", "web", List.of("migrate"), "token"))),
            call("tasksStartedBy", aws -> aws.tasksStartedBy("shop", "web", "token")),
            call("taskRun", aws -> aws.taskRun("shop", "t1")),
            call("stopTask", aws -> aws.stopTask("shop", "t1", "late")),
            call("listeners", aws -> aws.listeners(List.of("arn:listener"))),
            call("targetGroups", aws -> aws.targetGroups(List.of("web-a"))),
            call("targetHealth", aws -> aws.targetHealth("arn:web-a")),
            call("alarms", aws -> aws.alarms(List.of("a"))),
            call("alarmDifferences", aws -> aws.alarmDifferences(ALARM)),
            call("createAlarm", aws -> aws.createAlarm(ALARM)),
            call(
                    "metrics",
                    aws -> aws.metrics(
                            List.of(new MetricWanted(
                                    "m", "RequestCount", "app/shop/1", "targetgroup/a/1", Duration.ofMinutes(1))),
                            Instant.EPOCH,
                            Instant.EPOCH.plusSeconds(60))),
            call("logTail", aws -> aws.logTail("/ecs/web", "s", 5)),
            call("imageDigest", aws -> aws.imageDigest(IMAGE)),
            call("imageManifest", aws -> aws.imageManifest(IMAGE))));

    private static Map.Entry<String, Consumer<Aws>> call(String name, Consumer<Aws> made) {
        return Map.entry(name, made);
    }

    @Test
    void everyCallAsksForWhatItsPermissionsSay() {
        Map<String, Set<String>> permitted = Permissions.ALL.stream()
                .filter(permission -> permission.implied() == null)
                .collect(Collectors.groupingBy(
                        Permission::call, TreeMap::new, Collectors.mapping(Permission::action, Collectors.toSet())));
        Map<String, Set<String>> made = new TreeMap<>();
        CALLS.forEach((name, call) -> made.put(name, asked(call)));
        assertThat(made)
                .isEqualTo(permitted.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                                .map(action -> action.substring(action.indexOf(':') + 1))
                                .collect(Collectors.toSet()))));
    }

    /** The operations a call asks for; the prefix of an action is the service's, which the wire does not name alike. */
    private static Set<String> asked(Consumer<Aws> call) {
        try (WireServer server = new WireServer();
                SdkAws aws = SdkAws.open(new AwsAccess(
                        "eu-central-1", server.uri(), () -> new AwsKeys("AKIDEXAMPLE", "secret", null)))) {
            // With a first answer that leads on to a second question.
            server.on("ListServices", Reply.json("{\"serviceArns\":[\"arn:web\"]}"));
            server.on("ListTasks", Reply.json("{\"taskArns\":[\"arn:task/shop/1\"]}"))
                    .on(
                            "DescribeServices",
                            Reply.json(
                                    "{\"services\":[{\"serviceArn\":\"arn:web\",\"serviceName\":\"web\",\"status\":\"ACTIVE\"}]}"));
            try {
                call.accept(aws);
            } catch (AwsFailure e) {
                // The other answers are refusals, which is none of this test's business.
                assertThat(server.requests()).as(e.getMessage()).isNotEmpty();
            }
            return server.requests().stream().map(WireServer.Request::operation).collect(Collectors.toSet());
        }
    }
}
