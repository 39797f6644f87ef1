package io.jenkins.plugins.ecscanary.engine.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusReaderTest {

    @TempDir
    Path state;

    private final FakeAws aws = FakeAws.shop();
    private RecordStore records;

    @BeforeEach
    void open() {
        records = new RecordStore(state);
    }

    @Test
    void aQuietServiceIsToldWithoutAnyRecord() {
        ServiceStatus status = read();
        assertThat(status.problems()).isEmpty();
        assertThat(status.notes()).isEmpty();
        assertThat(status.serving()).isEqualTo("web:11");
        assertThat(status.targetGroups())
                .containsExactly(
                        new ServiceStatus.TargetGroup("web-a", 100, 2, 2, List.of()),
                        new ServiceStatus.TargetGroup("web-b", 0, 0, 0, List.of()));
        assertThat(status.taskSets()).singleElement().satisfies(set -> assertThat(set.targetGroup())
                .isEqualTo("web-a"));
        assertThat(status.alarms()).hasSize(2);
        assertThat(status.deployment()).isNull();
        assertThat(status.record()).isNull();
        assertThat(status.links().keySet())
                .containsExactly(
                        "service web",
                        "task definition web:11",
                        "target group web-a",
                        "target group web-b",
                        "load balancer shop",
                        "alarm web-a-success-rate",
                        "alarm web-b-success-rate");
    }

    @Test
    void splitWeightsAreWrongOnlyWhileNobodyShiftsThem() {
        aws.weights(FakeAws.LISTENER, 80, 20).health(FakeAws.GROUP_B, "healthy");
        assertThat(read().problems())
                .singleElement()
                .asString()
                .startsWith("no deployment is active, but the listener sends 80 % to web-a, 20 % to web-b");
        aws.deployment("d-NOW", "InProgress", "ecs-canary token by ann");
        ServiceStatus status = read();
        assertThat(status.problems()).isEmpty();
        assertThat(status.deployment().active()).isTrue();
        assertThat(status.deployment().startedBy()).isEqualTo("ann");
    }

    @Test
    void weightsOnTheOtherTaskSetAreWrong() {
        aws.weights(FakeAws.LISTENER, 0, 100).health(FakeAws.GROUP_B, "healthy");
        assertThat(read().problems())
                .singleElement()
                .asString()
                .contains("everything to web-b, but the PRIMARY task set (web:11) is in web-a");
    }

    @Test
    void illTargetsMissingTasksAndRedAlarmsAreWrong() {
        aws.health(FakeAws.GROUP_A, "healthy", "unhealthy")
                .alarm("web-b-success-rate", "ALARM")
                .service(service -> new ServiceSeen(
                        service.arn(),
                        service.name(),
                        service.status(),
                        service.controller(),
                        2,
                        service.taskDefinition(),
                        service.loadBalancers(),
                        List.of(new TaskSetSeen(
                                "ecs-svc/1", null, "PRIMARY", service.taskDefinition(), 2, 1, 1, FakeAws.GROUP_A))));
        assertThat(read().problems())
                .containsExactly(
                        "1 of 2 targets of web-a are healthy: Target.FailedHealthChecks: Health checks failed",
                        "1 of 2 tasks of web:11 run",
                        "alarm web-b-success-rate is in ALARM since 2026-11-23T18:30:00Z: a reason for ALARM");
    }

    @Test
    void aRollbackStandsForWhatItRolledBack() {
        DeploymentSeen bad = new DeploymentSeen(
                "d-BAD",
                FakeAws.GROUP,
                "Stopped",
                "ecs-canary token by ann",
                "user",
                Timelines.at(0),
                Timelines.at(60),
                "ALARM_ACTIVE",
                "One or more alarms",
                "d-BACK",
                "rolled back");
        aws.put(bad).now(Timelines.at(61)).deployment("d-BACK", "Succeeded", null);
        ServiceStatus.Deployment deployment = read().deployment();
        assertThat(deployment.id()).isEqualTo("d-BAD");
        assertThat(deployment.error()).isEqualTo("ALARM_ACTIVE: One or more alarms");
        assertThat(deployment.rollbackId()).isEqualTo("d-BACK");
        assertThat(deployment.active()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Succeeded, promoted for good",
        "Stopped, AWS has not completed it",
        "InProgress, AWS can still roll it back",
        "'', AWS does not know d-1 any more"
    })
    void whatBecameOfAProvisionalPromotion(String status, String words) {
        record(true);
        if (!status.isEmpty()) {
            aws.deployment("d-1", status, null);
        }
        assertThat(read().becameOf()).contains(words);
    }

    @Test
    void aPromotionForGoodBecameNothingElse() {
        record(false);
        assertThat(read().becameOf()).isNull();
        assertThat(read().record().startedBy()).isEqualTo("ann");
    }

    @Test
    void whatMayNotBeReadIsNotedAndLeftOut() {
        AwsFailure denied = FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException");
        aws.failAlways("listeners", denied).failAlways("alarms", denied).failAlways("listDeployments", denied);
        ServiceStatus status = read();
        assertThat(status.notes()).hasSize(3).allMatch(note -> note.contains("could not be read"));
        assertThat(status.problems()).isEmpty();
        assertThat(status.taskSets()).hasSize(1);
    }

    @Test
    void withoutADeploymentGroupTheServiceIsToldAllTheSame() {
        ServiceStatus status = reader(true).read("shop", "web", new CodeDeployGroup("none", "none", null));
        assertThat(status.notes()).singleElement().asString().contains("no deployment group none/none");
        assertThat(status.targetGroups()).isEmpty();
        assertThat(status.problems()).isEmpty();
    }

    @Test
    void anAwsWithoutAConsoleHasNoLinks() {
        assertThat(reader(false).read("shop", "web", FakeAws.GROUP).links()).isEmpty();
    }

    @Test
    void aMissingServiceIsAFailure() {
        assertThatThrownBy(() -> reader(true).read("shop", "wbe", FakeAws.GROUP))
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("there is no service shop/wbe in eu-central-1");
    }

    private void record(boolean provisional) {
        records.create(Timelines.SERVICE, "r1").close();
        records.index(new RecordSummary(
                "r1",
                Timelines.SERVICE,
                "deploy",
                null,
                "ann",
                Timelines.START,
                Timelines.NEW,
                Timelines.OLD,
                "d-1",
                new Verdict(Outcome.PROMOTED, "all traffic", Timelines.at(600), provisional, 0, 100)));
    }

    private ServiceStatus read() {
        return reader(true).read(FakeAws.CLUSTER, FakeAws.SERVICE, FakeAws.GROUP);
    }

    private StatusReader reader(boolean console) {
        return new StatusReader(aws, FakeAws.REGION, records, console);
    }
}
