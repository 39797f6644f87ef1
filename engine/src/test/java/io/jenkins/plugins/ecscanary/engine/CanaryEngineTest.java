package io.jenkins.plugins.ecscanary.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.driver.CodeDeployDriver;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.time.ManualTime;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole deployments through the facade, on a clock that stands still until it is advanced. */
class CanaryEngineTest {

    private static final String ID = "d-000000001";
    private static final String REPLACEMENT_DIMENSION = "targetgroup/web-b/73e2d6bc24d8a067";

    @TempDir
    Path state;

    private final ManualTime time = new ManualTime();
    private final FakeAws aws = FakeAws.shop();
    private RecordStore records;
    private CanaryEngine engine;

    @BeforeEach
    void open() {
        records = new RecordStore(state);
        engine = engine();
    }

    @Test
    void aGoodReleaseIsPromoted() {
        Running running = engine.deploy(request("1.5.0"));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        List<TimelineEntry> told = new ArrayList<>();
        running.listen(told::add);
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofSeconds(30));

        Verdict verdict = verdict(running);
        assertThat(verdict.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(verdict.replacementWeight()).isEqualTo(100);
        assertThat(records.find(ID)).get().extracting(RecordSummary::verdict).isEqualTo(verdict);
        assertThat(records.timeline(running.view().id())).isEqualTo(told);
        assertThat(ViewFold.fold(told)).isEqualTo(running.view());
        assertThat(running.view().replacement().judged().requests()).isPositive();
    }

    @Test
    void shiftedIsEnoughWhereThatIsWantedAndNothingIsAskedOfAwsAfterIt() {
        Running running = engine.deploy(request("1.5.0", DeploymentOptions.DEFAULT.withWaitFor(WaitFor.SHIFTED)));
        aws.health(FakeAws.GROUP_B, "healthy", "healthy").status(ID, "InProgress", null, null);
        shiftEverything();

        Verdict verdict = verdict(running);
        assertThat(verdict.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(verdict.provisional()).isTrue();
        assertThat(records.find(ID).orElseThrow().verdict()).isEqualTo(verdict);
        int calls = aws.calls().size();
        time.advance(Duration.ofMinutes(10));
        assertThat(aws.calls()).hasSize(calls);
    }

    @Test
    void theOriginalKeepsItsTagAlsoWhereTheAlarmsCannotBeOverridden() {
        List<DeploymentEvent> earlier = List.of(
                Timelines.planned("earlier", Timelines.START.minusSeconds(3600)),
                new DeploymentEvent.RevisionRegistered(Timelines.START.minusSeconds(3599), Timelines.OLD),
                new DeploymentEvent.Ended(
                        Timelines.START.minusSeconds(3000),
                        new Verdict(Outcome.PROMOTED, "shifted", Timelines.START.minusSeconds(3000), false, 0, 100)));
        try (TimelineFile file = records.create(Timelines.SERVICE, "earlier")) {
            earlier.forEach(file::append);
            records.index(RecordStore.summary(ViewFold.fold(file.entries())));
        }
        aws.failNext(
                "createDeployment",
                new AwsFailure(
                        AwsFailure.Kind.DENIED, "lacks codedeploy:UpdateDeploymentGroup", "Denied", "r", false, null));
        Running running = engine.deploy(request("1.5.0"));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(running.view().warnings()).as("the group's alarms watch it").hasSize(1);
        assertThat(running.view().working().originalRevision()).isEqualTo(Timelines.OLD);
        assertThat(records.find(ID).orElseThrow().original()).isEqualTo(Timelines.OLD);
    }

    @Test
    void whatChangesIsRecordedBeforeAnythingIsCreated() {
        aws.before("registerTaskDefinition", () -> assertThat(aws.count("taskDefinitionJson"))
                .isEqualTo(1));
        Running running = engine.deploy(request("1.5.0"));
        assertThat(running.view().changes().against()).isEqualTo("web:11");
        assertThat(running.view().changes().items())
                .containsExactly(new RevisionChange(
                        "containerDefinitions[web].image",
                        FakeAws.REPOSITORY + "@" + FakeAws.OLD_DIGEST,
                        FakeAws.REPOSITORY + "@" + FakeAws.NEW_DIGEST));
    }

    @Test
    void aRecordStaysSmallHoweverMuchChanges() {
        String variables = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> "{\"name\":\"V" + i + "\",\"value\":\"" + "x".repeat(1000) + "\"}")
                .collect(java.util.stream.Collectors.joining(","));
        aws.json(
                FakeAws.taskDefinitionArn("web", 11),
                "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"environment\":[" + variables
                        + "]}]}");
        Running running = engine.deploy(request("1.5.0"));
        assertThat(running.view().changes().items()).hasSize(40);
        assertThat(running.view().changes().more()).isBetween(1, 70);
    }

    @Test
    void whatCannotBeComparedIsDeployedAllTheSame() {
        aws.failAlways("taskDefinitionJson", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running running = engine.deploy(request("1.5.0"));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(running.view().changes()).isNull();
        assertThat(running.view().warnings().get(0).text()).startsWith("what changes could not be told");
    }

    @Test
    void verifyingChecksWhatDeployingWouldAndMoreAndChangesNothing() {
        List<Check> checks = engine.verify(request("1.5.0"), KnownScans.NONE);
        assertThat(checks).extracting(Check::name).contains("group-free", "image", "roles", "health-check");
        assertThat(checks).noneMatch(check -> check.outcome() == Check.CheckOutcome.REFUSED);
        assertThat(aws.created()).isEmpty();
        assertThat(aws.registered()).isEmpty();
        assertThat(records.history()).isEmpty();
        aws.failAlways("identity", FakeAws.failure(AwsFailure.Kind.CREDENTIALS, "ExpiredToken"));
        assertThat(engine.verify(request("1.5.0"), KnownScans.NONE))
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(Check.CheckOutcome.REFUSED));
    }

    @Test
    void anAlarmThatStopsItIsARollbackWithItsCause() {
        Running running = engine.deploy(request("1.5.0"));
        time.advance(Duration.ofSeconds(140));
        aws.weights(FakeAws.LISTENER, 90, 10);
        time.advance(Duration.ofSeconds(60));
        aws.alarm("web-b-success-rate", "ALARM");
        time.advance(Duration.ofSeconds(40));
        aws.put(stopped("ALARM_ACTIVE", "d-ROLLBACK1")).deployment("d-ROLLBACK1", "InProgress", null);
        time.advance(Duration.ofSeconds(20));
        assertThat(running.view().rollback().deploymentId()).isEqualTo("d-ROLLBACK1");
        assertThat(running.verdict().toCompletableFuture()).isNotDone();
        aws.weights(FakeAws.LISTENER, 100, 0).status("d-ROLLBACK1", "Succeeded", null, null);
        time.advance(Duration.ofSeconds(10));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(verdict(running).cause()).contains("web-b-success-rate").contains("a reason for ALARM");
    }

    @Test
    void rollingBackOnDemandAsksAwsOnceAndWaits() {
        Running running = engine.deploy(request("1.5.0"));
        time.advance(Duration.ofSeconds(140));
        running.rollBack("ann", "smoke test failed");
        running.rollBack("ben", "me too");
        assertThat(aws.stopped()).containsExactly(ID);
        assertThat(aws.count("stopAndRollBack")).isEqualTo(1);
        aws.put(stopped("MANUAL_STOP", null));
        time.advance(Duration.ofSeconds(60)); // no rollback is named: these might be the weights of before
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(verdict(running).cause()).isEqualTo("asked for by ann: smoke test failed");
    }

    @Test
    void aRollBackThatCouldNotBeAskedForIsAskedForAgain() {
        Running running = engine.deploy(request("1.5.0"));
        aws.failNext("stopAndRollBack", FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException"));
        running.rollBack("ann", null);
        assertThat(aws.stopped()).isEmpty();
        time.advance(Duration.ofSeconds(6));
        assertThat(aws.stopped()).containsExactly(ID);
        assertThat(running.view().warnings()).hasSize(1);
    }

    @Test
    void aRollBackBeforeTheDeploymentExistsCreatesNone() {
        List<Running> started = new ArrayList<>();
        aws.before("deploymentGroup", () -> started.get(0).rollBack("ann", "second thoughts"));
        QueuedExecutor queue = new QueuedExecutor();
        try (CanaryEngine queued = new CanaryEngine(
                aws,
                new CodeDeployDriver(aws, FakeAws.REGION, true, time::now),
                FakeAws.REGION,
                records,
                time,
                queue)) {
            started.add(queued.deploy(request("1.5.0")));
            queue.runAll();
            assertThat(verdict(started.get(0)).outcome()).isEqualTo(Outcome.ABORTED);
            assertThat(aws.created()).isEmpty();
        }
    }

    @Test
    void anotherProcessGoesOnWhereAKilledOneWas() {
        Running first = engine.deploy(request("1.5.0"));
        time.advance(Duration.ofSeconds(140));
        aws.weights(FakeAws.LISTENER, 80, 20);
        time.advance(Duration.ofSeconds(10));
        first.leave(); // what dying does: the lock is gone, nothing more is written
        assertThatThrownBy(() -> first.verdict().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LeftException.class);

        CanaryEngine second = engine();
        Running running = second.watch(first.view().id());
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofSeconds(30));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(aws.created()).hasSize(1);
    }

    @Test
    void theSameRequestAgainGoesOnWithTheUnfinishedOne() {
        Running first = engine.deploy(request("1.5.0"));
        first.leave();
        Running again = engine().deploy(request("1.5.0"));
        assertThat(again.view().id()).isEqualTo(first.view().id());
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.created()).hasSize(1);
    }

    @Test
    void aDeploymentCreatedButNeverNotedIsFoundByItsToken() {
        Running dying = killedAt("createDeployment");
        assertThat(aws.created()).hasSize(1);
        assertThat(records.history().get(0).deploymentId()).isNull();

        Running again = engine().deploy(request("1.5.0"));
        assertThat(again.view().id()).isEqualTo(dying.view().id());
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(again.view().plan().steps()).hasSize(10);
        assertThat(aws.created()).hasSize(1);
    }

    @Test
    void watchingFindsItByItsTokenToo() {
        Running dying = killedAt("createDeployment");
        Running watched = engine().watch(dying.view().id());
        assertThat(watched.view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void aRecordWhoseDeploymentWasNeverCreatedIsClosedAndTheNextOneBegins() {
        DeploymentEvent.Planned planned = Timelines.planned("20261123T182900Z-dead", time.now());
        try (TimelineFile file = records.create(planned.service(), planned.id())) {
            records.index(RecordStore.summary(ViewFold.fold(List.of(file.append(planned)))));
        }
        Running next = engine.deploy(request("1.5.0"));
        assertThat(next.view().deploymentId()).isEqualTo(ID);
        assertThat(records.find(planned.id()).orElseThrow().verdict().outcome()).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void soIsOneThatNamesAGroupThatIsNotThere() {
        DeploymentEvent.Planned planned = Timelines.planned("20261123T182900Z-dead", time.now());
        try (TimelineFile file = records.create(planned.service(), planned.id())) {
            records.index(RecordStore.summary(ViewFold.fold(List.of(file.append(planned)))));
        }
        aws.deployment("d-ELSE00001", "InProgress", "not seen in a group that is gone")
                .removeGroup(FakeAws.GROUP);
        assertThat(verdict(engine.watch(planned.id())).outcome()).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void aThrottledReadWhileResumingCostsOnlyThePlan() {
        Running dying = killedAt("createDeployment");
        aws.failAlways("deploymentConfig", FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException"));
        Running watched = engine().watch(dying.view().id());
        assertThat(watched.view().deploymentId()).isEqualTo(ID);
        assertThat(watched.verdict().toCompletableFuture()).isNotDone();
        assertThat(watched.view().warnings()).hasSize(1);
    }

    @Test
    void aThrottledGroupWhileResumingCostsOnlyThePlanToo() {
        Running dying = killedAt("createDeployment");
        aws.failAlways("deploymentGroup", FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException"));
        Running watched = engine().watch(dying.view().id());
        assertThat(watched.view().deploymentId()).isEqualTo(ID);
        assertThat(watched.verdict().toCompletableFuture()).isNotDone();
    }

    @Test
    void aCreationThatIsNotListedYetIsWaitedForBeforeAnythingIsConcluded() {
        Running dying = killedAt("createDeployment");
        aws.hideDeployments(true); // the list lags behind
        Running again = engine().deploy(request("1.5.0"));
        assertThat(again.verdict().toCompletableFuture()).isNotDone();
        aws.hideDeployments(false);
        time.advance(Duration.ofSeconds(10));
        assertThat(again.view().id()).isEqualTo(dying.view().id());
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.created()).hasSize(1);
    }

    @Test
    void anEndThatTheIndexWasNeverToldIsNoUnfinishedDeployment() {
        Running running = engine.deploy(request("1.5.0"));
        RecordSummary unfinished = records.find(ID).orElseThrow();
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofMinutes(1));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
        records.index(unfinished); // as a process killed right after the timeline's last line leaves it

        assertThat(verdict(engine().watch(ID))).isEqualTo(verdict(running));
        assertThat(records.find(ID).orElseThrow().verdict()).isEqualTo(verdict(running));
        records.index(unfinished);
        aws.weights(FakeAws.LISTENER, 100, 0).health(FakeAws.GROUP_A, "healthy", "healthy");
        assertThat(engine().deploy(request("1.5.0")).view().deploymentId()).isEqualTo("d-000000002");
    }

    @Test
    void keysForAnotherAccountTouchNoRecord() {
        Running first = engine.deploy(request("1.5.0"));
        first.leave();
        aws.identity("999999999999", "arn:aws:iam::999999999999:user/wrong");
        Running watched = engine().watch(ID);
        assertThatThrownBy(() -> watched.verdict().toCompletableFuture().join())
                .hasMessageContaining("999999999999")
                .hasMessageContaining(FakeAws.ACCOUNT);
        assertThat(records.find(ID).orElseThrow().verdict()).isNull();
        aws.identity(FakeAws.ACCOUNT, "arn:aws:iam::123456789012:user/right");
        assertThat(engine().watch(ID).view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void aTagThatNamesAnotherImageByNowIsAnotherRequest() {
        Running first = engine.deploy(request("1.5.0"));
        first.leave();
        aws.image(FakeAws.REPOSITORY, "1.5.0", "sha256:" + "c".repeat(64));
        Running again = engine().deploy(request("1.5.0"));
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(again).cause()).contains("under way", ID);
    }

    @Test
    void anUnfinishedRecordWhoseDeploymentIsOverDoesNotHoldUpTheNextOne() {
        Running first = engine.deploy(request("1.5.0"));
        first.leave();
        aws.status(ID, "Succeeded", null, null);
        Running next = engine().deploy(request("1.5.0"));
        assertThat(next.view().deploymentId()).isEqualTo("d-000000002");
    }

    @Test
    void rightsThatAreMissingCostExplanationsNotTheVerdict() {
        AwsFailure denied = FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException");
        aws.failAlways("deploymentTarget", denied).failAlways("stoppedTasks", denied);
        Running running = engine.deploy(request("1.5.0"));
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofMinutes(1));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(running.view().warnings()).as("said once").hasSize(1);
    }

    @Test
    void withoutTheRightToStopTheTimelineDoesNotFillUp() {
        aws.failAlways("stopAndRollBack", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running running = engine.deploy(request("1.5.0"));
        running.rollBack("ann", null);
        time.advance(Duration.ofMinutes(30));
        assertThat(aws.count("stopAndRollBack")).isBetween(20L, 40L);
        assertThat(running.view().log()).hasSizeLessThan(40);
    }

    @Test
    void anUnwritableIndexHoldsUpNothing() throws Exception {
        Running running = engine.deploy(request("1.5.0"));
        Path index = records.timelineFile(running.view().id()).getParent().resolveSibling("index.jsonl");
        Files.delete(index);
        Files.createDirectory(index); // nothing can be appended to a folder
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofMinutes(1));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void closingLeavesEveryRecordToWhoeverComesNext() {
        Running running = engine.deploy(request("1.5.0"));
        engine.close();
        assertThat(running.verdict().toCompletableFuture()).isCompletedExceptionally();
        Running next = new CanaryEngine(
                        aws,
                        new CodeDeployDriver(aws, FakeAws.REGION, true, time::now),
                        FakeAws.REGION,
                        records,
                        new ManualTime(),
                        new DirectExecutor())
                .watch(ID);
        assertThat(next.view().log()).anyMatch(line -> line.text().startsWith("followed by"));
    }

    @Test
    void anOutageRightAfterCreationIsSatOutUntilTheTokenTells() {
        aws.failNextAfter("createDeployment", FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "reset"))
                .before(
                        "createDeployment",
                        () -> aws.failNext("listDeployments", FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "refused")));
        Running running = engine.deploy(request("1.5.0"));
        assertThat(running.view().deploymentId()).isNull();
        time.advance(Duration.ofSeconds(10));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.created()).hasSize(1);
    }

    @Test
    void aCreationThatNeverHappenedIsRefusedOnceThatIsCertain() {
        aws.failNext("createDeployment", FakeAws.failure(AwsFailure.Kind.SERVER, "InternalFailure"));
        Running running = engine.deploy(request("1.5.0"));
        time.advance(Duration.ofSeconds(60));
        assertThat(running.verdict().toCompletableFuture()).isNotDone();
        time.advance(Duration.ofSeconds(90));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("no deployment was created", "InternalFailure");
        assertThat(aws.count("createDeployment")).isEqualTo(1);
    }

    @Test
    void aLostAnswerToCreateDeploymentStartsNoSecondOne() {
        aws.failNextAfter("createDeployment", FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "reset"));
        Running running = engine.deploy(request("1.5.0"));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
        assertThat(running.view().log()).anyMatch(line -> line.text().contains("found by its token"));
    }

    @Test
    void twoAtOnceOneRunsTheOtherIsRefusedWithWhoWhatAndSinceWhen() {
        engine.deploy(request("1.5.0"));
        Running second = engine().deploy(request("1.5.0"));
        assertThat(verdict(second).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(second).cause()).contains("by ann", ID, "2026-11-23T18:30:00Z");
        assertThat(aws.created()).hasSize(1);
    }

    @Test
    void awsNotAnsweringForAWhileIsToldAndSurvived() {
        Running running = engine.deploy(request("1.5.0"));
        time.advance(Duration.ofSeconds(30));
        aws.failEverything(FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "connection refused"));
        time.advance(Duration.ofMinutes(3));
        assertThat(running.view().warnings()).hasSize(1);
        aws.heal();
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofMinutes(1));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(running.view().log()).anyMatch(line -> line.text().contains("answers again"));
    }

    @Test
    void aRoleThatCannotBeAssumedForAWhileIsToldAndThenItGoesOn() {
        Running running = engine.deploy(request("1.5.0"));
        time.advance(Duration.ofSeconds(60));
        aws.failEverything(FakeAws.failure(AwsFailure.Kind.CREDENTIALS, "sts:AssumeRole is not allowed"));
        time.advance(Duration.ofMinutes(3));
        assertThat(running.view().warnings())
                .filteredOn(warning -> warning.text().contains("sts:AssumeRole is not allowed"))
                .hasSize(1);
        aws.heal();
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofSeconds(60));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(running.view().log()).anyMatch(line -> line.text().contains("answers again"));
    }

    @Test
    void withoutKeysNothingIsRecordedAndTheReasonIsTheVerdict() {
        aws.failAlways("identity", FakeAws.failure(AwsFailure.Kind.CREDENTIALS, "UnrecognizedClientException"));
        Running running = engine.deploy(request("1.5.0"));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(records.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"identity, identity", "listDeployments, other-deployments"})
    void whatCouldNotBeAskedIsTheCheckThatRefuses(String call, String check) {
        killedAt("createDeployment");
        aws.failAlways(call, FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running running = engine().deploy(request("1.5.0"));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(running.view().checks()).extracting(Check::name).containsExactly(check);
    }

    @Test
    void anOnlookerSeesWhatTheOwnerWritesAndTakesOverWhenItIsGone() {
        Running owner = engine.deploy(request("1.5.0"));
        CanaryEngine second = engine();
        Running onlooker = second.watch(ID);
        List<TimelineEntry> told = new ArrayList<>();
        onlooker.listen(told::add);
        time.advance(Duration.ofSeconds(140));
        aws.weights(FakeAws.LISTENER, 90, 10);
        time.advance(Duration.ofSeconds(10));
        assertThat(onlooker.view().replacement().weight()).isEqualTo(10);
        owner.leave();
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofMinutes(1));
        assertThat(verdict(onlooker).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(told).extracting(TimelineEntry::seq).doesNotHaveDuplicates().isSorted();
        assertThat(told.get(told.size() - 1).event()).isInstanceOf(DeploymentEvent.Ended.class);
    }

    @Test
    void aFinishedRecordIsToldToItsEnd() {
        Running running = engine.deploy(request("1.5.0"));
        shiftEverything();
        aws.now(time.now()).status(ID, "Succeeded", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofMinutes(1));
        Running again = engine().watch(running.view().id());
        assertThat(again.view()).isEqualTo(running.view());
        assertThat(verdict(again)).isEqualTo(verdict(running));
    }

    /** Starts a deployment whose process dies during a call: what AWS does in it happens, nothing is noted after it. */
    private Running killedAt(String call) {
        List<Running> started = new ArrayList<>();
        aws.before(call, () -> started.get(0).leave());
        QueuedExecutor queue = new QueuedExecutor();
        try (CanaryEngine dying = new CanaryEngine(
                aws,
                new CodeDeployDriver(aws, FakeAws.REGION, true, time::now),
                FakeAws.REGION,
                records,
                time,
                queue)) {
            started.add(dying.deploy(request("1.5.0")));
            queue.runAll();
        }
        aws.before(call, () -> {});
        return started.get(0);
    }

    /** Ten shifts of 10 %, a minute each, with 200 requests on the replacement in each of them. */
    private void shiftEverything() {
        for (int weight = 10; weight <= 100; weight += 10) {
            aws.weights(FakeAws.LISTENER, 100 - weight, weight);
            aws.metric("RequestCount", REPLACEMENT_DIMENSION, time.now().truncatedTo(ChronoUnit.MINUTES), 200);
            time.advance(Duration.ofSeconds(61));
        }
    }

    private DeploymentSeen stopped(String code, String rollbackId) {
        return new DeploymentSeen(
                ID,
                FakeAws.GROUP,
                "Stopped",
                null,
                "user",
                time.now(),
                time.now(),
                code,
                "One or more alarms have been activated",
                rollbackId,
                null);
    }

    private CanaryEngine engine() {
        return new CanaryEngine(
                aws,
                new CodeDeployDriver(aws, FakeAws.REGION, true, time::now),
                FakeAws.REGION,
                records,
                time,
                new DirectExecutor());
    }

    private static DeploymentRequest request(String tag) {
        return request(tag, DeploymentOptions.DEFAULT);
    }

    private static DeploymentRequest request(String tag, DeploymentOptions options) {
        String image = FakeAws.REPOSITORY + ":" + tag;
        String json = "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"" + image
                + "\",\"portMappings\":[{\"containerPort\":3000}]}]}";
        return new DeploymentRequest(
                FakeAws.CLUSTER,
                FakeAws.SERVICE,
                new DeploymentRequest.Rendered(json, image, "web"),
                FakeAws.GROUP,
                null,
                Criterion.REFERENCE,
                List.of(),
                DeploymentRequest.REFERENCE_MILESTONES,
                Duration.ofMinutes(60),
                "ann",
                "deploy",
                null,
                options);
    }

    private static Verdict verdict(Running running) {
        assertThat(running.verdict().toCompletableFuture()).isDone();
        return running.verdict().toCompletableFuture().join();
    }
}
