package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.IMAGE;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STARTED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.EcsHarness.STOPPED;
import static io.jenkins.plugins.ecscanary.localaws.ecs.FakeLoadBalancing.BLUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.DirectCalls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with tasks, in AWS's words, and how they are replaced. */
class TaskFailureTest {

    private static final String LOGS =
            ", 'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group': '/ecs/web',"
                    + " 'awslogs-region': 'eu-central-1', 'awslogs-stream-prefix': 'ecs' %s}}";
    private static final String HEALTH_CHECK =
            ", 'healthCheck': {'command': ['CMD', 'java', '-cp', 'app.jar', 'HealthCheck'], 'interval': 10,"
                    + " 'retries': 2, 'startPeriod': %d}";

    private final EcsHarness aws = new EcsHarness();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aCrashedTaskIsReplaced() {
        aws.startService(2);
        aws.runtime.started.get(0).exit.complete(3);
        aws.advance(STARTED);

        JsonNode stopped = onlyStopped();
        assertThat(stopped.get("stopCode").asText()).isEqualTo("EssentialContainerExited");
        assertThat(stopped.get("stoppedReason").asText()).isEqualTo("Essential container in task exited");
        assertThat(stopped.at("/containers/0/exitCode").asInt()).isEqualTo(3);
        assertThat(aws.runtime.running()).hasSize(2);
        assertThat(aws.primary().steady()).isTrue();
        assertThat(aws.primary().failedTasks()).isEqualTo(1);
        assertThat(aws.primary().lastFailure()).isEqualTo("Essential container in task exited");
        assertThat(aws.loadBalancing.targets(BLUE)).hasSize(2);
    }

    @Test
    void aTaskTheLoadBalancerFindsUnhealthyIsReplacedAfterTheGracePeriod() {
        aws.loadBalancing.healthyAtOnce = false;
        aws.register("");
        aws.createService(1, 300);
        aws.advance(STARTED);
        aws.loadBalancing.become(BLUE, "unhealthy");
        aws.advance(Duration.ofSeconds(200));
        assertThat(aws.tasks("STOPPED")).as("within the grace period").isEmpty();

        aws.advance(Duration.ofSeconds(100));
        aws.advance(STOPPED);

        JsonNode stopped = onlyStopped();
        assertThat(stopped.get("stoppedReason").asText())
                .isEqualTo("Task failed ELB health checks in (target-group " + BLUE + ")");
        assertThat(stopped.get("stopCode").asText()).isEqualTo("ServiceSchedulerInitiated");
        assertThat(aws.events())
                .contains("(service web) (port 3000) is unhealthy in (target-group " + BLUE
                        + ") due to (reason Health checks failed with these codes: [404])");
        assertThat(aws.tasks("RUNNING")).hasSize(1);
    }

    @Test
    void aMissingImageStopsTheTaskAndFurtherAttemptsGetRarer() {
        aws.images.clear();
        aws.register("");
        aws.createService(1, 0);
        aws.advance(Duration.ofMinutes(5));

        JsonNode stopped = aws.tasks("STOPPED").get(0);
        assertThat(stopped.get("stopCode").asText()).isEqualTo("TaskFailedToStart");
        assertThat(stopped.get("stoppedReason").asText())
                .startsWith(
                        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve"
                                + " ref " + IMAGE)
                .endsWith("not found");
        int inFiveMinutes = aws.primary().failedTasks();
        assertThat(inFiveMinutes).isBetween(3, 6);
        aws.advance(Duration.ofMinutes(30));
        assertThat(aws.primary().failedTasks() - inFiveMinutes).isLessThan(6);
        assertThat(aws.events())
                .anyMatch(
                        event -> event.startsWith("(service web) is unable to consistently start tasks successfully."));
        assertThat(aws.primary().lastFailure()).startsWith("CannotPullContainerError");
    }

    @Test
    void aServiceRecoversFromBackoffOnceTheCauseIsGone() {
        aws.runtime.cannotStart = true;
        aws.register("");
        aws.createService(2, 0);
        aws.advance(Duration.ofMinutes(10));
        assertThat(aws.primary().lastFailure()).isEqualTo("CannotStartContainerError: no such thing");
        aws.runtime.cannotStart = false;
        aws.advance(Duration.ofMinutes(20));
        assertThat(aws.primary().steady()).isTrue();
        assertThat(aws.runtime.running()).hasSize(2);
    }

    @Test
    void aMissingLogGroupStopsTheTask() {
        aws.register(LOGS.formatted(""));
        aws.createService(1, 0);
        aws.advance(STARTED);
        assertThat(aws.tasks("STOPPED").get(0).get("stoppedReason").asText())
                .startsWith("ResourceInitializationError: failed to validate logger args")
                .contains("ResourceNotFoundException: The specified log group does not exist.", "/ecs/web");
        assertThat(aws.runtime.started).isEmpty();
    }

    @Test
    void theLogDriverCreatesTheGroupIfAskedTo() {
        aws.register(LOGS.formatted(", 'awslogs-create-group': 'true'"));
        aws.createService(1, 0);
        aws.advance(STARTED);
        aws.runtime.last().output.accept("hello");
        String task = aws.runtime.last().spec.taskId();
        JsonNode events = new DirectCalls(aws.world, aws.logs.api())
                .call("GetLogEvents", "{'logGroupName': '/ecs/web', 'logStreamName': 'ecs/web/%s'}", task);
        assertThat(events.at("/events/0/message").asText()).isEqualTo("hello");
    }

    @Test
    void theContainersOwnHealthCheckGatesSteadyAndItsFailureReplacesTheTask() {
        aws.register(HEALTH_CHECK.formatted(0));
        aws.createService(1, 0);
        aws.runtime.healthCheckExit = 0;
        aws.advance(STARTED);
        assertThat(aws.runtime.last().execs).contains(List.of("java", "-cp", "app.jar", "HealthCheck"));
        assertThat(aws.tasks("RUNNING").get(0).get("healthStatus").asText()).isEqualTo("HEALTHY");
        assertThat(aws.primary().steady()).isTrue();

        aws.runtime.healthCheckHangs = true;
        aws.advance(Duration.ofSeconds(10));
        assertThat(aws.tasks("STOPPED")).as("one failure of two").isEmpty();
        aws.advance(Duration.ofSeconds(20));

        assertThat(aws.tasks("STOPPED").get(0).get("stoppedReason").asText())
                .isEqualTo("Task failed container health checks");
        assertThat(aws.events()).anyMatch(event -> event.endsWith("failed container health checks."));
    }

    @Test
    void failuresWithinTheStartPeriodDoNotCount() {
        aws.register(HEALTH_CHECK.formatted(120));
        aws.runtime.healthCheckExit = 1;
        aws.createService(1, 0);
        aws.advance(Duration.ofSeconds(130));
        assertThat(aws.tasks("STOPPED")).isEmpty();
        assertThat(aws.tasks("RUNNING").get(0).get("healthStatus").asText()).isEqualTo("UNKNOWN");
        aws.runtime.healthCheckExit = 0;
        aws.advance(Duration.ofSeconds(20));
        assertThat(aws.tasks("RUNNING").get(0).get("healthStatus").asText()).isEqualTo("HEALTHY");
    }

    @Test
    void anImageThatListensNowhereIsRefusedWithThatReason() {
        aws.runtime.listens = false;
        aws.register("");
        aws.createService(1, 0);
        aws.advance(Duration.ofSeconds(200));
        assertThat(aws.primary().lastFailure())
                .contains("nothing listens on 127.0.", "the image must bind the address in HOST and the port in PORT");
        assertThat(aws.runtime.started.get(0).exit).isDone();
    }

    @Test
    void theLoadBalancersVerdictSaysSoWhenNothingEverListened() {
        aws.runtime.listens = false;
        aws.loadBalancing.healthyAtOnce = false;
        aws.register("");
        aws.createService(1, 0);
        aws.advance(STARTED);
        aws.loadBalancing.become(BLUE, "unhealthy");
        aws.advance(STOPPED);
        assertThat(aws.primary().lastFailure())
                .startsWith("Task failed ELB health checks in (target-group " + BLUE + ")")
                .contains("nothing listens on 127.0.");
    }

    @Test
    void anImageThatBindsAllAddressesIsRefusedWithThatReason() {
        aws.runtime.listensEverywhere = true;
        aws.register("");
        aws.createService(1, 0);
        aws.advance(STARTED);
        assertThat(aws.primary().lastFailure())
                .contains("the image binds port 3000 on all addresses; it must bind the address in HOST");
    }

    @Test
    void aPortThatAnotherProcessHoldsOnAllAddressesIsNamed() {
        aws.runtime.portTakenOn = LoopbackAddresses.UNASSIGNED;
        aws.register("");
        aws.createService(1, 0);
        aws.advance(STARTED);
        assertThat(aws.runtime.started).isEmpty();
        assertThat(aws.primary().lastFailure())
                .isEqualTo("ResourceInitializationError: port 3000 is taken on all addresses of this machine by another"
                        + " process");
    }

    @Test
    void aContainerThatIsNotEssentialMayExit() {
        aws.register("}, {'name': 'sidecar', 'image': '" + IMAGE + "', 'essential': false");
        aws.createService(1, 0);
        aws.advance(STARTED);
        assertThat(aws.runtime.started).hasSize(2);
        aws.runtime.last().exit.complete(0);
        aws.advance(STARTED);
        assertThat(aws.tasks("STOPPED")).isEmpty();
        JsonNode containers = aws.tasks("RUNNING").get(0).get("containers");
        assertThat(containers.findValuesAsText("lastStatus")).containsExactly("RUNNING", "STOPPED");
    }

    @Test
    void theOtherContainersOfACrashedTaskAreStopped() {
        aws.register("}, {'name': 'sidecar', 'image': '" + IMAGE + "', 'essential': false");
        aws.createService(1, 0);
        aws.advance(STARTED);
        aws.runtime.started.get(0).exit.complete(1);
        aws.advance(STOPPED);
        assertThat(aws.runtime.started.get(1).asked).isEqualTo(Duration.ofSeconds(30));
        assertThat(onlyStopped().get("lastStatus").asText()).isEqualTo("STOPPED");
    }

    private JsonNode onlyStopped() {
        List<JsonNode> stopped = aws.tasks("STOPPED");
        assertThat(stopped).hasSize(1);
        return stopped.get(0);
    }
}
