package io.jenkins.plugins.ecscanary.localaws.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.ecr.model.Image;

/**
 * The whole of it ends and starts again with its state, in an orderly way and as after a kill, wherever a deployment is just
 * then. Waits that a test has to hit are longer than it runs, however fast the clock.
 */
@Timeout(600)
@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
class InterruptedDeploymentTest {

    private static final double SPEED = 60;
    private static final ReferenceSettings SETTINGS =
            ReferenceSettings.defaults().withMinRequests(5).withTerminationWaitMinutes(2000);
    private static final List<String> ALL_SUCCEEDED = Collections.nCopies(8, "Succeeded");

    @TempDir
    Path directory;

    private final Set<String> tasksSeen = new HashSet<>();
    private Path state;
    private int copies;
    private LocalAwsFixture now;
    private ReferenceResources resources;
    private URI production;
    private Image image;
    private Instant lastTime = Instant.MIN;

    @AfterEach
    void stop() {
        if (now != null) {
            now.close();
        }
    }

    @Test
    void aDeploymentComesToItsEndWhereverItIsInterrupted() throws Exception {
        state = directory.resolve("state");
        start();
        waitBeforeTraffic();
        String good = now.deploy(Map.of("VERSION", "2"));

        now.log.await(good + " Install InProgress");
        restart();
        now.log.await(good + " is taken up again, InProgress");
        now.log.await(good + " Ready: waits 2000 min to be continued");

        startAfterKill("codedeploy", "\"READY\"");
        now.log.await(good + " is taken up again, Ready");
        assertThat(now.weights()).isEqualTo(Map.of("web-blue", 100, "web-green", 0));
        carryOn(good, DeploymentWaitType.READY_WAIT);

        now.log.await(good + " traffic shifted: web-blue 70, web-green 30");
        restart();
        now.log.await(good + " traffic shifted: ");
        startAfterKill("elb", "web-green");
        now.log.await(good + " waits 2000 min");

        startAfterKill("codedeploy", "\"TERMINATION\"");
        assertThat(now.deployment(good).statusAsString()).isEqualTo("InProgress");
        assertThat(now.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
        carryOn(good, DeploymentWaitType.TERMINATION_WAIT);
        now.log.await(good + " Succeeded");

        restart();
        requireEnded(good);
        assertThat(now.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
    }

    @Test
    void afterARestartInMidShiftTheAlarmStillRollsBack() throws Exception {
        state = directory.resolve("state");
        start();
        String bad = now.deploy(Map.of("VERSION", "3", "FAIL_EVERY", "2"));
        now.log.await(bad + " traffic shifted: web-blue 90, web-green 10");
        startAfterKill("elb", "web-green");
        String rollback;
        try (Traffic users = now.traffic()) {
            now.log.await(bad + " Stopped");
            assertThat(users.failures()).isNotEmpty();
            rollback = now.deployment(bad).rollbackInfo().rollbackDeploymentId();
            // Also the rollback goes on.
            restart();
        }
        if (!now.deployment(rollback).statusAsString().equals("Succeeded")) {
            now.log.await(rollback + " Succeeded");
        }

        restart();
        DeploymentInfo info = now.deployment(bad);
        assertThat(info.statusAsString()).isEqualTo("Stopped");
        assertThat(info.errorInformation().message()).endsWith("Activated alarms: web-green-success-rate");
        assertThat(now.deployment(rollback).statusAsString()).isEqualTo("Succeeded");
        assertThat(now.weights()).isEqualTo(Map.of("web-blue", 100, "web-green", 0));
        requireLogsAndMetrics();
    }

    private void start() throws Exception {
        now = new LocalAwsFixture(
                directory, SETTINGS, options -> options.withSpeed(SPEED).withState(state));
        resources = now.reference;
        production = now.aws.listener(resources.productionListenerArn());
        image = image();
        look();
    }

    /** Ends it in an orderly way and starts it again. */
    private void restart() throws Exception {
        look();
        LocalAwsFixture before = now;
        before.close();
        again();
        String weights = before.log.last("elb listener :80 ", "web-blue");
        // Told when the listener is opened, before anything can have shifted.
        assertThat(now.log.await("elb listener :80 of web is "))
                .endsWith(weights.substring(weights.indexOf("web-blue")));
    }

    /** Starts it with what a kill leaves, which is an earlier moment than the one it had come to. */
    private void startAfterKill(String part, String saved) throws Exception {
        Path left = directory.resolve("killed-" + ++copies);
        KilledState.copy(state, left, part, saved);
        look();
        now.close();
        state = left;
        again();
    }

    private void again() throws Exception {
        now = null;
        now = new LocalAwsFixture(
                directory, SETTINGS, options -> options.withSpeed(SPEED).withState(state));
        requireSameResources();
        assertThat(now.aws.listener(resources.productionListenerArn())).isEqualTo(production);
        Set<String> running = tasks();
        assertThat(running).isNotEmpty().doesNotContainAnyElementsOf(tasksSeen);
        look();
    }

    /** By their ARNs; the target group that serves comes first, whichever that is now. */
    private void requireSameResources() {
        assertThat(now.reference.loadBalancerArn()).isEqualTo(resources.loadBalancerArn());
        assertThat(now.reference.productionListenerArn()).isEqualTo(resources.productionListenerArn());
        assertThat(now.reference.testListenerArn()).isEqualTo(resources.testListenerArn());
        assertThat(now.reference.repositoryUri()).isEqualTo(resources.repositoryUri());
        assertThat(now.reference.targetGroups()).hasSameElementsAs(resources.targetGroups());
        assertThat(now.reference.alarms()).hasSameElementsAs(resources.alarms());
    }

    /** Time has not gone back; remembers it, and the tasks. */
    private void look() throws Exception {
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(now.aws.page().resolve("state")).build(),
                        HttpResponse.BodyHandlers.discarding());
        Instant time = Instant.ofEpochMilli(
                answer.headers().firstValueAsLong("Local-Now").orElseThrow());
        assertThat(time).isAfterOrEqualTo(lastTime);
        lastTime = time;
        tasksSeen.addAll(tasks());
    }

    private Set<String> tasks() {
        return Set.copyOf(now.ecs.listTasks(r -> r.cluster(resources.cluster())).taskArns());
    }

    private void waitBeforeTraffic() {
        now.codeDeploy.updateDeploymentGroup(r -> r.applicationName(resources.application())
                .currentDeploymentGroupName(resources.deploymentGroup())
                .blueGreenDeploymentConfiguration(configuration -> configuration
                        .terminateBlueInstancesOnDeploymentSuccess(
                                end -> end.action("TERMINATE").terminationWaitTimeInMinutes(2000))
                        .deploymentReadyOption(ready -> ready.actionOnTimeout(DeploymentReadyAction.STOP_DEPLOYMENT)
                                .waitTimeInMinutes(2000))));
    }

    private void carryOn(String id, DeploymentWaitType wait) {
        now.codeDeploy.continueDeployment(r -> r.deploymentId(id).deploymentWaitType(wait));
    }

    private void requireEnded(String id) {
        DeploymentInfo info = now.deployment(id);
        assertThat(info.statusAsString()).isEqualTo("Succeeded");
        assertThat(info.completeTime()).isAfter(info.createTime());
        assertThat(now.lifecycle(id)).isEqualTo(ALL_SUCCEEDED);
        assertThat(now.codeDeploy.listDeployments(r -> {}).deployments()).containsExactly(id);
        assertThat(image()).isEqualTo(image);
    }

    /** As a client gets it that pulls; that its layers are there too, the tasks show, which are started from it. */
    private Image image() {
        return now.ecr
                .batchGetImage(r -> r.repositoryName(resources.repository()).imageIds(i -> i.imageTag("1")))
                .images()
                .get(0);
    }

    /** From before the first restart, too. */
    private void requireLogsAndMetrics() {
        JsonNode logs = now.aws.calls().call("logs", "FilterLogEvents", Map.of("logGroupName", resources.logGroup()));
        assertThat(logs.path("events").findValuesAsText("message")).contains("version 1 listens");
        JsonNode metrics = now.aws
                .calls()
                .call(
                        "monitoring",
                        "ListMetrics",
                        Map.of("Namespace", "AWS/ApplicationELB", "MetricName", "HTTPCode_Target_5XX_Count"));
        assertThat(metrics.path("Metrics")).isNotEmpty();
    }
}
