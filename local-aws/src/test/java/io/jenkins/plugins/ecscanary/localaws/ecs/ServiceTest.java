package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STOPPED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.BLUE;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.GREEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A healthy service: its tasks come, are scaled, and go. */
class ServiceTest {

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void tasksGoThroughAllStatesUntilTheServiceIsSteady() {
        aws.loadBalancing.healthyAtOnce = false;
        aws.register("");
        JsonNode created = aws.createService(2, 0).get("service");
        assertThat(created.get("taskSets")).hasSize(1);
        assertThat(created.get("deployments")).isEmpty();

        List<String> walk = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            String status = aws.tasks("RUNNING").get(0).get("lastStatus").asText();
            if (walk.isEmpty() || !walk.get(walk.size() - 1).equals(status)) {
                walk.add(status);
            }
            aws.advance(Duration.ofSeconds(1));
        }
        assertThat(walk).containsExactly("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");
        assertThat(aws.loadBalancing.targets(BLUE)).hasSize(2).doesNotHaveDuplicates();
        assertThat(aws.primary().steady()).isFalse();
        assertThat(aws.service().at("/taskSets/0/stabilityStatus").asText()).isEqualTo("STABILIZING");

        aws.loadBalancing.become(BLUE, "healthy");
        aws.advance(Duration.ZERO);

        assertThat(aws.primary().steady()).isTrue();
        JsonNode service = aws.service();
        assertThat(service.get("runningCount").asInt()).isEqualTo(2);
        assertThat(service.get("pendingCount").asInt()).isZero();
        assertThat(service.at("/taskSets/0/status").asText()).isEqualTo("PRIMARY");
        assertThat(service.at("/taskSets/0/stabilityStatus").asText()).isEqualTo("STEADY_STATE");
        assertThat(service.at("/taskSets/0/externalId").isMissingNode()).isTrue();
        String set = service.at("/taskSets/0/id").asText();
        assertThat(aws.events().get(0)).isEqualTo("(service web) has reached a steady state.");
        assertThat(aws.events().get(aws.events().size() - 1))
                .startsWith("(service web, taskSet " + set + ") has started 2 tasks: (task ");
        assertThat(aws.log)
                .anyMatch(line -> line.matches(
                        "ecs web: task [0-9a-f]{8}… RUNNING on 127\\.0\\.\\d+\\.\\d+:3000 \\(web:1, primary\\)"));
    }

    @Test
    void aRunningTaskIsDescribedAsAwsDoes() {
        aws.startService(1);
        JsonNode task = aws.tasks("RUNNING").get(0);
        assertThat(task.get("group").asText()).isEqualTo("service:web");
        assertThat(task.get("startedBy").asText()).isEqualTo(aws.primary().id());
        assertThat(task.get("taskArn").asText())
                .matches("arn:aws:ecs:eu-central-1:123456789012:task/demo/[0-9a-f]{32}");
        assertThat(task.get("taskDefinitionArn").asText()).endsWith(":task-definition/web:1");
        assertThat(task.at("/attachments/0/details").toString())
                .contains("\"privateIPv4Address\",\"value\":\""
                        + aws.loadBalancing.targets(BLUE).get(0).ip() + "\"");
        assertThat(task.at("/containers/0/imageDigest").asText()).startsWith("sha256:aaa");
        assertThat(task.at("/containers/0/lastStatus").asText()).isEqualTo("RUNNING");
        assertThat(task.get("healthStatus").asText()).isEqualTo("UNKNOWN");
    }

    @Test
    void aContainerGetsImageThenDefinitionThenAddress() {
        aws.register(", 'command': ['--quiet']");
        aws.createService(1, 0);
        aws.advance(STARTED);
        TaskRuntime.ContainerSpec spec = aws.runtime.last().spec;
        assertThat(spec.environment())
                .containsEntry("COLOUR", "image")
                .containsEntry("VERSION", "definition")
                .containsEntry("HOST", spec.ip())
                .containsEntry("PORT", "3000");
        assertThat(spec.command()).containsExactly("java", "-jar", "app.jar", "--quiet");
    }

    @Test
    void desiredCountScalesOutAndIn() {
        aws.startService(1);
        aws.calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'desiredCount': 3}");
        aws.advance(STARTED);
        assertThat(aws.runtime.running()).hasSize(3);

        aws.calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'desiredCount': 1}");
        aws.advance(STOPPED);

        assertThat(aws.runtime.running()).hasSize(1);
        assertThat(aws.primary().steady()).isTrue();
        assertThat(aws.primary().failedTasks()).isZero();
        assertThat(aws.tasks("STOPPED")).hasSize(2).allSatisfy(task -> {
            assertThat(task.get("lastStatus").asText()).isEqualTo("STOPPED");
            assertThat(task.get("stopCode").asText()).isEqualTo("ServiceSchedulerInitiated");
            assertThat(task.get("stoppedReason").asText())
                    .isEqualTo("Scaling activity initiated by (deployment "
                            + aws.primary().id() + ")");
            assertThat(task.at("/containers/0/exitCode").asInt()).isEqualTo(143);
        });
    }

    @Test
    void aReplacementTaskSetTakesOverAndTheFormerOneDrains() {
        aws.startService(2);
        String original = aws.primary().id();
        String definition = aws.register("");
        String replacement =
                aws.world.call(() -> aws.ecs.createTaskSet(aws.info(), definition, GREEN, "web", 3000, "d-ABCDEFGHI"));
        aws.advance(STARTED);

        TaskSetInfo set = aws.world.call(() -> aws.ecs.taskSet(replacement).orElseThrow());
        assertThat(set.steady()).isTrue();
        assertThat(set.status()).isEqualTo("ACTIVE");
        assertThat(aws.loadBalancing.targets(GREEN)).hasSize(2);
        assertThat(aws.service().at("/taskSets/0/externalId").asText()).isEqualTo("d-ABCDEFGHI");
        assertThat(aws.service().at("/taskSets/0/startedBy").asText()).isEqualTo("CODE_DEPLOY");
        assertThat(aws.log).anyMatch(line -> line.endsWith("(web:2, replacement d-ABCDEFGHI)"));

        aws.world.run(() -> aws.ecs.makePrimary(replacement));
        assertThat(aws.service().get("taskDefinition").asText()).isEqualTo(definition);
        assertThat(aws.service().at("/loadBalancers/0/targetGroupArn").asText()).isEqualTo(GREEN);
        assertThat(aws.info().taskSets()).extracting(TaskSetInfo::status).containsExactly("PRIMARY", "ACTIVE");

        aws.loadBalancing.drainAtOnce = false;
        aws.world.run(() -> aws.ecs.drain(original));
        aws.advance(Duration.ofMinutes(1));

        assertThat(aws.loadBalancing.draining()).isEqualTo(2);
        assertThat(aws.runtime.running())
                .as("no SIGTERM before the targets have left")
                .hasSize(4);
        assertThat(aws.tasks("STOPPED"))
                .extracting(task -> task.get("lastStatus").asText())
                .containsOnly("DEACTIVATING");

        aws.runtime.obeysSigterm = false;
        aws.world.run(aws.loadBalancing::finishDraining);
        aws.advance(Duration.ofMinutes(1));
        assertThat(aws.runtime.started.get(0).asked).isEqualTo(Duration.ofSeconds(60));
        assertThat(aws.tasks("STOPPED"))
                .extracting(task -> task.get("lastStatus").asText())
                .containsOnly("STOPPING");

        aws.runtime.started.subList(0, 2).forEach(container -> container.exit.complete(137));
        aws.advance(STOPPED);
        assertThat(aws.info().taskSets()).extracting(TaskSetInfo::id).containsExactly(replacement);
        assertThat(aws.events())
                .anyMatch(event -> event.equals(
                        "(service web, taskSet " + original + ") has begun draining connections on 2 tasks."));
    }

    @Test
    void aStoppedTaskIsDescribableForAnHour() {
        aws.startService(1);
        String arn = aws.tasks("RUNNING").get(0).get("taskArn").asText();
        aws.calls.call("UpdateService", "{'cluster': 'demo', 'service': 'web', 'desiredCount': 0}");
        aws.advance(STOPPED);
        aws.advance(Duration.ofMinutes(59));
        assertThat(aws.task(arn).at("/tasks/0/lastStatus").asText()).isEqualTo("STOPPED");
        aws.advance(Duration.ofMinutes(1));
        assertThat(aws.task(arn).at("/failures/0/reason").asText()).isEqualTo("MISSING");
        assertThat(aws.task(arn).at("/failures/0/arn").asText()).isEqualTo(arn);
    }

    @Test
    void drainingWhileTasksAreStillComingStartsNothing() {
        aws.register("");
        aws.createService(2, 0);
        aws.world.run(() -> aws.ecs.drain(aws.primary().id()));
        aws.advance(STARTED);
        assertThat(aws.runtime.started).isEmpty();
        assertThat(aws.info().taskSets()).isEmpty();
    }

    @Test
    void addressesAreNotGivenTwiceWhileInUse() {
        aws.startService(3);
        aws.loadBalancing.drainAtOnce = false;
        aws.runtime.started.get(0).exit.complete(1);
        aws.advance(STARTED);
        assertThat(aws.runtime.started)
                .extracting(container -> container.spec.ip())
                .doesNotHaveDuplicates();
    }

    @Test
    void listenersHearOfChangesButNeverInsideACall() {
        aws.register("");
        AtomicInteger heard = new AtomicInteger();
        aws.world.run(() -> aws.ecs.onChange(heard::incrementAndGet));
        aws.calls.call("CreateCluster", "{'clusterName': 'other'}");
        assertThat(heard).hasValue(0);
        aws.createService(1, 0);
        int afterCreate = heard.get();
        assertThat(afterCreate).isPositive();
        aws.advance(STARTED);
        assertThat(heard.get()).isGreaterThan(afterCreate);
    }

    @Test
    void afterCloseNothingIsStartedAnyMore() {
        aws.register("");
        aws.createService(2, 0);
        aws.ecs.close();
        aws.advance(STARTED);
        assertThat(aws.runtime.started).isEmpty();
    }
}
