package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/** Deployments that are stopped: by an alarm, by someone, by a replacement that never comes up. */
@SuppressWarnings("unchecked") // the SDK takes consumers as varargs
class StoppedDeploymentTest {

    private final CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SIPPPPPP, 'a 100, b 0', SFKKKKKK",
        "SSSSSSIP, 'a 90, b 10', SSSSSSFK",
        "SSSSSSIP, 'a 50, b 50', SSSSSSFK",
        "SSSSSSSS, 'a 0, b 100', SSSSSSSS"
    })
    void anAlarmStopsItAndItIsRolledBack(String eventsBefore, String weights, String eventsAfter) {
        aws.withGroup();
        String id = aws.deploy();
        aws.until(() -> aws.elb.prod().equals(weights) && aws.events(id).equals(eventsBefore));
        aws.alarmStates.put("alarm-b", "ALARM");

        Duration stopped = aws.until(() -> aws.get(id).statusAsString().equals("Stopped"));
        assertThat(stopped).isLessThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(aws.events(id)).isEqualTo(eventsAfter);
        DeploymentInfo info = aws.get(id);
        assertThat(info.errorInformation().codeAsString()).isEqualTo("ALARM_ACTIVE");
        assertThat(info.errorInformation().message())
                .isEqualTo("One or more alarms have been activated according to the Amazon CloudWatch metrics you"
                        + " selected, and the affected deployments have been stopped. Activated alarms: alarm-b");
        assertThat(info.deploymentOverview().failed()).isEqualTo(1);

        String rollbackId = info.rollbackInfo().rollbackDeploymentId();
        assertThat(info.rollbackInfo().rollbackMessage())
                .isEqualTo("Deployment " + id + " terminated. Automatic rollback is triggered with a DeploymentId "
                        + rollbackId + ".");
        Duration undone = aws.until(() -> aws.get(rollbackId).statusAsString().equals("Succeeded"));
        assertThat(stopped.plus(undone)).isLessThanOrEqualTo(Duration.ofSeconds(26));
        DeploymentInfo rollback = aws.get(rollbackId);
        assertThat(rollback.creatorAsString()).isEqualTo("codeDeployRollback");
        assertThat(rollback.deploymentConfigName()).isEqualTo("CodeDeployDefault.ECSAllAtOnce");
        assertThat(rollback.rollbackInfo().rollbackTriggeringDeploymentId()).isEqualTo(id);
        assertThat(rollback.rollbackInfo().rollbackMessage())
                .isEqualTo("Deployment " + rollbackId + " is triggered to roll back deployment " + id + ".");
        assertThat(rollback.revision().appSpecContent().content()).contains("task-definition/web:1");
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.elb.test()).isEqualTo("a 1, b 0");
        // No new task set: the original is primary, the replacement drains.
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 PRIMARY", "ecs-svc/2 DRAINING");
        assertThat(aws.events(rollbackId)).isEqualTo("SSSSSSSS");
        assertThat(aws.taskSets(rollbackId)).containsExactly("Blue PRIMARY a 100.0 2/2", "Green DRAINING b 0.0 0/0");
    }

    @Test
    void anAlarmThatIsRedAtTheStartStopsItWithinASecond() {
        aws.withGroup();
        aws.alarmStates.put("alarm-a", "ALARM");
        String id = aws.deploy();
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Stopped")))
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(aws.events(id)).isEqualTo("KKKKKKKK");
        String rollback = aws.get(id).rollbackInfo().rollbackDeploymentId();
        aws.until(() -> aws.get(rollback).statusAsString().equals("Succeeded"));
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 PRIMARY");
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
    }

    @Test
    void insufficientDataStopsNothing() {
        aws.withGroup();
        aws.alarmStates.put("alarm-a", "INSUFFICIENT_DATA");
        String id = aws.deploy();
        aws.until(() -> aws.get(id).statusAsString().equals("Succeeded"));
    }

    @Test
    void overrideAlarmsReplaceTheGroups() {
        aws.withGroup();
        aws.alarmStates.put("alarm-a", "ALARM");
        aws.alarmStates.put("own", "OK");
        String id = aws.deploy(
                r -> r.overrideAlarmConfiguration(a -> a.enabled(true).alarms(x -> x.name("own"))));
        aws.untilProd("a 70, b 30");
        aws.alarmStates.put("own", "ALARM");
        aws.until(() -> aws.get(id).statusAsString().equals("Stopped"));
        assertThat(aws.get(id).errorInformation().message()).endsWith("Activated alarms: own");
        assertThat(aws.get(id).overrideAlarmConfiguration().alarms()).hasSize(1);
    }

    @Test
    void alarmsSwitchedOffByTheDeployment() {
        aws.withGroup();
        aws.alarmStates.put("alarm-a", "ALARM");
        String id = aws.deploy(r -> r.overrideAlarmConfiguration(a -> a.enabled(false)));
        aws.until(() -> aws.get(id).statusAsString().equals("Succeeded"));
    }

    @Test
    void anAlarmStopWithoutItsRollbackEventLeavesTheWeightsSplit() {
        aws.withGroup(
                g -> g.autoRollbackConfiguration(a -> a.enabled(true).events(AutoRollbackEvent.DEPLOYMENT_FAILURE)));
        String id = aws.deploy();
        aws.untilProd("a 60, b 40");
        aws.alarmStates.put("alarm-b", "ALARM");
        aws.until(() -> aws.get(id).statusAsString().equals("Stopped"));
        aws.advance(Duration.ofMinutes(10));
        assertThat(aws.get(id).rollbackInfo()).isNull();
        assertThat(aws.elb.prod()).isEqualTo("a 60, b 40");
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 PRIMARY", "ecs-svc/2 ACTIVE");

        aws.alarmStates.put("alarm-b", "OK");
        String next = aws.deploy();
        aws.until(() -> aws.events(next).equals("SIPPPPPP"));
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 PRIMARY", "ecs-svc/2 DRAINING", "ecs-svc/3 ACTIVE");
    }

    @ParameterizedTest
    @CsvSource({
        "IPPPPPPP, FKKKKKKK",
        "SIPPPPPP, SFKKKKKK",
        "SSIPPPPP, SSFKKKKK",
        "SSSIPPPP, SSSFKKKK",
        "SSSSIPPP, SSSSFKKK",
        "SSSSSIPP, SSSSSFKK",
        "SSSSSSIP, SSSSSSFK",
        "SSSSSSSS, SSSSSSSS"
    })
    void stoppedOnRequestAtEachLifecycleEvent(String before, String after) {
        aws.withGroup();
        String id = aws.deploy();
        // Events without work last a moment only, and a stop takes effect a moment later: it hits that event or the
        // next.
        aws.until(() -> aws.events(id).equals(before));
        assertThat(aws.client
                        .stopDeployment(r -> r.deploymentId(id).autoRollbackEnabled(true))
                        .statusAsString())
                .isEqualTo("Pending");
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Stopped")))
                .isLessThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(aws.events(id)).doesNotContain("P", "I");
        assertThat(aws.events(id).indexOf('F') >= after.indexOf('F')).isTrue();
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("MANUAL_STOP");
        String rollback = aws.get(id).rollbackInfo().rollbackDeploymentId();
        aws.until(() -> aws.get(rollback).statusAsString().equals("Succeeded"));
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.ecs.statuses()).contains("ecs-svc/1 PRIMARY").doesNotContain("ecs-svc/2 ACTIVE");
        assertThatExceptionOfType(DeploymentAlreadyCompletedException.class)
                .isThrownBy(() -> aws.client.stopDeployment(r -> r.deploymentId(id)));
    }

    @ParameterizedTest
    @CsvSource({"false, false", ", true"})
    void withoutRollbackTheWeightsStay(Boolean autoRollback, boolean rolledBack) {
        aws.withGroup();
        String id = aws.deploy();
        aws.untilProd("a 80, b 20");
        aws.client.stopDeployment(r -> r.deploymentId(id).autoRollbackEnabled(autoRollback));
        aws.until(() -> aws.get(id).statusAsString().equals("Stopped"));
        aws.advance(Duration.ofMinutes(1));
        assertThat(aws.get(id).rollbackInfo() != null).isEqualTo(rolledBack);
        assertThat(aws.elb.prod()).isEqualTo(rolledBack ? "a 100, b 0" : "a 80, b 20");
    }

    @Test
    void aReplacementThatNeverGetsSteadyFailsAfterAnHour() {
        aws.withGroup();
        aws.ecs.steady = false;
        String id = aws.deploy();
        Duration took = aws.until(() -> aws.get(id).statusAsString().equals("Failed"));
        assertThat(took).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
        assertThat(aws.events(id)).isEqualTo("SFKKKKKK");
        assertThat(aws.get(id).errorInformation().message())
                .contains("timed out while waiting for the replacement task set", "60 minutes")
                .endsWith("Last stopped task: Essential container in task exited");
        String rollback = aws.get(id).rollbackInfo().rollbackDeploymentId();
        aws.until(() -> aws.get(rollback).statusAsString().equals("Succeeded"));
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 PRIMARY", "ecs-svc/2 DRAINING");
    }

    @Test
    void aRevisionThatCannotRunFailsAtInstall() {
        aws.withGroup();
        aws.ecs.refusal = "The container web does not exist in the task definition.";
        String id = aws.deploy();
        aws.until(() -> aws.get(id).statusAsString().equals("Failed"));
        assertThat(aws.get(id).errorInformation().codeAsString()).isEqualTo("ECS_UPDATE_ERROR");
        assertThat(aws.get(id).errorInformation().message()).endsWith(aws.ecs.refusal);
        assertThat(aws.events(id)).isEqualTo("SFKKKKKK");
    }
}
