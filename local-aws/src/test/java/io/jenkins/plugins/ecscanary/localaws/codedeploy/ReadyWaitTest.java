package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;

/** A group that waits, with the test traffic on the replacement, to be continued. */
class ReadyWaitTest {

    private final CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void itWaitsWithTestTrafficOnlyAndGoesOnWhenContinued() {
        aws.withGroup(ReadyWaitTest::waiting);
        String id = aws.deploy();
        refused(() -> proceed(id), "DeploymentIsNotInReadyStateException");
        aws.untilStatus(id, "Ready");
        assertThat(aws.events(id)).isEqualTo("SSSSSPPP");
        assertThat(aws.target(id).statusAsString()).isEqualTo("Ready");
        assertThat(aws.elb.test()).isEqualTo("a 0, b 1");
        assertThat(aws.client
                        .listDeployments(r -> r.includeOnlyStatuses(DeploymentStatus.READY))
                        .deployments())
                .containsExactly(id);
        refused(aws::deploy, "DeploymentLimitExceededException");
        aws.advance(Duration.ofMinutes(14));
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.events(id)).isEqualTo("SSSSSPPP");

        proceed(id);
        assertThat(aws.get(id).statusAsString()).isEqualTo("InProgress");
        aws.untilProd("a 90, b 10");
        refused(() -> proceed(id), "DeploymentIsNotInReadyStateException");
        aws.untilStatus(id, "Succeeded");
        assertThat(aws.events(id)).isEqualTo("SSSSSSSS");
        refused(() -> proceed(id), "DeploymentAlreadyCompletedException");
    }

    @ParameterizedTest
    @CsvSource({"DEPLOYMENT_FAILURE, true", "DEPLOYMENT_STOP_ON_REQUEST, true", "DEPLOYMENT_STOP_ON_ALARM, false"})
    void withoutBeingContinuedItIsStopped(AutoRollbackEvent event, boolean rolledBack) {
        aws.withGroup(
                g -> waiting(g.autoRollbackConfiguration(a -> a.enabled(true).events(event))));
        String id = aws.deploy();
        aws.untilStatus(id, "Ready");
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Stopped")))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(aws.events(id)).isEqualTo("SSSSSKKK");
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("TIMEOUT");
        assertThat(aws.get(id).rollbackInfo() != null).isEqualTo(rolledBack);
        if (rolledBack) {
            aws.untilStatus(aws.get(id).rollbackInfo().rollbackDeploymentId(), "Succeeded");
            assertThat(aws.elb.test()).isEqualTo("a 1, b 0");
            assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 PRIMARY", "ecs-svc/2 DRAINING");
        }
    }

    @Test
    void anAlarmStopsItWhileItWaits() {
        aws.withGroup(ReadyWaitTest::waiting);
        String id = aws.deploy();
        aws.untilStatus(id, "Ready");
        aws.alarmStates.put("alarm-a", "ALARM");
        aws.untilStatus(id, "Stopped");
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("ALARM_ACTIVE");
        aws.untilStatus(aws.get(id).rollbackInfo().rollbackDeploymentId(), "Succeeded");
    }

    @Test
    void stoppedOnRequestWhileItWaits() {
        aws.withGroup(ReadyWaitTest::waiting);
        String id = aws.deploy();
        aws.untilStatus(id, "Ready");
        aws.client.stopDeployment(r -> r.deploymentId(id).autoRollbackEnabled(true));
        refused(() -> proceed(id), "DeploymentIsNotInReadyStateException");
        aws.untilStatus(id, "Stopped");
        assertThat(aws.events(id)).isEqualTo("SSSSSKKK");
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("MANUAL_STOP");
        aws.untilStatus(aws.get(id).rollbackInfo().rollbackDeploymentId(), "Succeeded");
        assertThat(aws.elb.test()).isEqualTo("a 1, b 0");
    }

    static CreateDeploymentGroupRequest.Builder waiting(CreateDeploymentGroupRequest.Builder group) {
        return group.blueGreenDeploymentConfiguration(b -> b.terminateBlueInstancesOnDeploymentSuccess(
                        t -> t.action("TERMINATE").terminationWaitTimeInMinutes(5))
                .deploymentReadyOption(o -> o.actionOnTimeout("STOP_DEPLOYMENT").waitTimeInMinutes(15)));
    }

    private void proceed(String id) {
        aws.client.continueDeployment(r -> r.deploymentId(id).deploymentWaitType("READY_WAIT"));
    }
}
