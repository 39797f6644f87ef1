package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.GateView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ending AWS's waits and rolling back, by the owner and from elsewhere. */
class PromotingTest {

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
    }

    @Test
    void promotingEndsTheTerminationWaitOnce() {
        Running running = world.deploy();
        world.shiftEverything();
        running.promote("ann", "looks good");
        running.promote("ben", null);
        assertThat(aws.continued()).containsExactly(ID + " TERMINATION");
        assertThat(aws.count("continueDeployment")).isEqualTo(1);
        aws.status(ID, "Succeeded", null, null);
        world.advance(30);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(running.view().log())
                .anyMatch(line -> line.text().equals("ann asks to promote without waiting any longer: looks good"));
    }

    /** Whoever clicks again and again makes no record longer. */
    @Test
    void whatIsAskedForAgainIsOnRecordOnceForEachPerson() {
        Running running = world.deploy();
        world.shiftEverything();
        for (int i = 0; i < 3; i++) {
            running.promote("ann", "looks good");
            running.promote("ben", null);
        }
        assertThat(lines(running, "asks to promote")).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            running.rollBack("cleo", "no it doesn't");
            running.rollBack("dan", null);
        }
        assertThat(lines(running, "asks to roll back")).isEqualTo(2);
        assertThat(aws.count("stopAndRollBack")).isEqualTo(1);
    }

    private static long lines(Running running, String words) {
        return running.view().log().stream()
                .filter(line -> line.text().contains(words))
                .count();
    }

    /** Whatever swallows connections, stopping does not queue behind it. */
    @Test
    void aRollBackWaitsForNoLook() {
        QueuedExecutor hanging = new QueuedExecutor();
        Running running = world.engine(hanging, new DirectExecutor(), new DirectExecutor(), new DirectExecutor())
                .deploy(world.request(DeploymentOptions.DEFAULT));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        running.rollBack("ann", "it is bad");
        assertThat(aws.count("stopAndRollBack")).isEqualTo(1);
    }

    @Test
    void whileTrafficShiftsThereIsNothingToPromote() {
        Running running = world.deploy();
        aws.weights(FakeAws.LISTENER, 90, 10);
        world.advance(10);
        assertThatThrownBy(() -> running.promote("ann", null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing to promote")
                .hasMessageContaining(ID + " is shifting");
        assertThat(aws.continued()).isEmpty();
    }

    @Test
    void aPromotionForOneWaitDoesNotEndAnotherOne() {
        Running running = world.deploy();
        running.promote(Wait.READY, "ann", null);
        world.shiftEverything();
        assertThat(aws.continued()).isEmpty();
        running.promote(Wait.TERMINATION, "ann", null);
        assertThat(aws.continued()).containsExactly(ID + " TERMINATION");
    }

    @Test
    void aWaitThatAwsHasNotBegunYetIsEndedAMomentLater() {
        Running running = world.deploy();
        world.shiftEverything();
        aws.failNext(
                "continueDeployment", FakeAws.failure(AwsFailure.Kind.STATE, "DeploymentIsNotInReadyStateException"));
        running.promote("ann", null);
        assertThat(aws.continued()).isEmpty();
        world.advance(6);
        assertThat(aws.continued()).containsExactly(ID + " TERMINATION");
        assertThat(running.view().warnings()).singleElement().satisfies(warning -> assertThat(warning.text())
                .contains("the promotion could not be asked for"));
    }

    @Test
    void aGroupThatWaitsForSomeoneHasAGateThatIsPassedByWhoPromotes() {
        aws.group(group -> readyWait(group, Duration.ofMinutes(30)));
        Running running = world.deploy();
        aws.status(ID, "Ready", null, null);
        world.advance(10);
        assertThat(gate(running).state()).isEqualTo("WAITING");
        assertThat(running.view().next().dueAt())
                .isEqualTo(gate(running).openedAt().plus(Duration.ofMinutes(30)));

        running.promote("ben", "looks fine");
        assertThat(aws.continued()).containsExactly(ID + " READY");
        world.shiftEverything();
        assertThat(gate(running).state()).isEqualTo("PASSED");
        assertThat(gate(running).who()).isEqualTo("ben");
        assertThat(gate(running).note()).isEqualTo("looks fine");
        assertThat(running.view().log())
                .extracting(DeploymentView.LogLine::text)
                .contains("gate ready passed by ben: looks fine");
        assertThat(aws.continued()).as("the termination wait is another one").hasSize(1);
    }

    @Test
    void aGateThatNobodyPassesInTimeIsRefusedByTheTimeOut() {
        aws.group(group -> readyWait(group, Duration.ofMinutes(30)));
        Running running = world.deploy();
        aws.status(ID, "Ready", null, null);
        world.advance(10);
        world.advance(Duration.ofMinutes(30).toSeconds());
        aws.now(world.time.now()).status(ID, "Stopped", null, "nobody came");
        world.advance(120);
        assertThat(gate(running).state()).isEqualTo("REFUSED");
        assertThat(gate(running).who()).isEqualTo("the time-out of the wait");
        assertThat(gate(running).note()).isEqualTo("nobody came");
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void rollingBackAtTheGateRefusesIt() {
        aws.group(group -> readyWait(group, Duration.ofMinutes(30)));
        Running running = world.deploy();
        aws.status(ID, "Ready", null, null);
        world.advance(10);
        running.rollBack("ann", "smoke test");
        assertThat(aws.stopped()).containsExactly(ID);
        aws.now(world.time.now()).status(ID, "Stopped", "MANUAL_STOP", "stopped");
        world.advance(120);
        assertThat(gate(running).who()).isEqualTo("ann");
        assertThat(gate(running).note()).isEqualTo("smoke test");
        assertThat(verdict(running).cause()).isEqualTo("asked for by ann: smoke test");
    }

    @Test
    void anotherProcessPromotesThroughTheOwner() {
        Running owner = world.deploy();
        world.shiftEverything();
        world.engine().watch(ID).promote(Wait.TERMINATION, "ben", "from elsewhere");
        assertThat(aws.continued()).isEmpty();
        world.advance(3);
        assertThat(aws.continued()).containsExactly(ID + " TERMINATION");
        assertThat(acted(owner)).singleElement().satisfies(act -> {
            assertThat(act.who()).isEqualTo("ben");
            assertThat(act.waiting()).isEqualTo(Wait.TERMINATION);
            assertThat(act.request()).isEqualTo(1);
        });
        world.advance(60);
        assertThat(aws.count("continueDeployment")).isEqualTo(1);
    }

    @Test
    void anotherProcessRollsBackAtOnceAndTheTimelineTellsWhoItWas() {
        Running owner = world.deploy();
        world.shiftEverything();
        world.engine().watch(ID).rollBack("ben", "pager");
        assertThat(aws.stopped()).containsExactly(ID);
        aws.now(world.time.now())
                .status(ID, "Stopped", "MANUAL_STOP", "stopped")
                .weights(FakeAws.LISTENER, 100, 0);
        world.advance(120);
        assertThat(verdict(owner).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(verdict(owner).cause()).isEqualTo("asked for by ben: pager");
    }

    @Test
    void whereNobodyOwnsItWhoPromotesTakesItOver() {
        Running first = world.deploy();
        world.shiftEverything();
        first.leave();
        CanaryEngine other = world.engine();
        assertThat(other.present(ID)).get().extracting(Present::waits).isEqualTo(Wait.TERMINATION);
        Running taken = other.watch(ID);
        taken.promote(Wait.TERMINATION, "ben", null);
        assertThat(aws.continued()).containsExactly(ID + " TERMINATION");
        aws.status(ID, "Succeeded", null, null);
        world.advance(30);
        assertThat(verdict(taken).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(acted(taken)).extracting(OperatorActed::who).containsExactly("ben");
    }

    @Test
    void aRequestIsTakenUpOnceHoweverManyLookForItAtATime() {
        Running owner = world.deploy();
        world.shiftEverything();
        OperatorRequests requests =
                world.records.requests(owner.view().service(), owner.view().id());
        requests.add(new OperatorRequests.Request(world.time.now(), "ben", "PROMOTE", Wait.TERMINATION, "first"));
        requests.add(new OperatorRequests.Request(world.time.now(), "ben", "PROMOTE", Wait.TERMINATION, "second"));
        owner.listen(entry -> {
            if (entry.event() instanceof OperatorActed acted && acted.request() == 1) {
                aws.status(ID, "Succeeded", null, null);
                world.advance(30); // meanwhile an observation finds the second one
            }
        });
        world.advance(3);
        assertThat(acted(owner)).extracting(OperatorActed::note).containsExactly("first", "second");
    }

    @Test
    void aRequestThatMakesNoSenseIsToldOnceAndHoldsUpNoOther() throws Exception {
        Running owner = world.deploy();
        world.shiftEverything();
        Files.writeString(world.records.timelineFile(owner.view().id()).resolveSibling("requests.jsonl"), "nonsense\n");
        world.engine().watch(ID).promote(Wait.TERMINATION, "ben", null);
        world.advance(30);
        assertThat(acted(owner)).singleElement().satisfies(act -> assertThat(act.request())
                .isEqualTo(2));
        assertThat(owner.view().warnings())
                .filteredOn(warning -> warning.text().contains("makes no sense"))
                .hasSize(1);
    }

    @Test
    void aRequestIsTakenUpOnceWhoeverOwnsTheRecord() {
        Running first = world.deploy();
        world.shiftEverything();
        world.engine().watch(ID).promote(Wait.TERMINATION, "ben", null);
        world.advance(3);
        first.leave();
        Running second = world.engine().watch(first.view().id());
        world.advance(10);
        assertThat(acted(second)).hasSize(1);
    }

    @Test
    void thePresentIsWhatAwsSaysNotWhatTheRecordKnows() {
        world.deploy().leave();
        aws.status(ID, "Stopped", "MANUAL_STOP", "stopped by hand");
        Present present = world.engine().present(ID).orElseThrow();
        assertThat(present.over()).isTrue();
        assertThat(present.waits()).isNull();
        assertThat(present.words()).contains(ID + " is Stopped (stopped by hand)", "0 % of traffic");
        aws.identity("999999999999", "arn:aws:iam::999999999999:user/wrong");
        CanaryEngine wrong = world.engine();
        assertThatThrownBy(() -> wrong.present(ID)).hasMessageContaining("999999999999");
    }

    @Test
    void aWaitingGateIsLookedAtSeldom() {
        aws.group(group -> readyWait(group, Duration.ofHours(10)));
        world.engine().deploy(world.request(DeploymentOptions.DEFAULT));
        aws.status(ID, "Ready", null, null);
        world.advance(60);
        int before = aws.calls().size();
        world.advance(600);
        assertThat(aws.calls().size() - before).isLessThan(140);
    }

    private List<OperatorActed> acted(Running running) {
        return world.records.timeline(running.view().id()).stream()
                .map(TimelineEntry::event)
                .filter(OperatorActed.class::isInstance)
                .map(OperatorActed.class::cast)
                .toList();
    }

    private static GateView gate(Running running) {
        assertThat(running.view().gates()).hasSize(1);
        GateView gate = running.view().gates().get(0);
        assertThat(gate.name()).isEqualTo(DeploymentEvent.READY_GATE);
        return gate;
    }

    private static GroupSeen readyWait(GroupSeen group, Duration wait) {
        return new GroupSeen(
                group.computePlatform(),
                group.cluster(),
                group.service(),
                group.config(),
                group.targetGroups(),
                group.prodListenerArn(),
                group.testListenerArn(),
                group.autoRollback(),
                group.alarms(),
                group.terminationWait(),
                wait);
    }
}
