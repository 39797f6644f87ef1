package io.jenkins.plugins.ecscanary.engine.rollout;

import static io.jenkins.plugins.ecscanary.engine.timeline.Timelines.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Health;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Status;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Weights;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutTest {

    private static final Status SUCCEEDED =
            new Status(Progress.SUCCEEDED, "Succeeded", null, null, null, null, null, null);
    private static final Status RUNNING =
            new Status(Progress.RUNNING, "InProgress", null, null, null, null, null, null);

    @Test
    void seeingTheSameAgainIsNoEvent() {
        Timelines timeline = Timelines.started().weight(140, 10);
        Decision decision =
                Rollout.decide(timeline.view(), Observation.ofWeights(at(150), new Weights(90, 10)), at(150));
        assertThat(decision.events()).isEmpty();
        assertThat(decision.command()).isInstanceOf(Decision.Nothing.class);
    }

    @Test
    void aShiftIsAnEvent() {
        Decision decision = Rollout.decide(
                Timelines.started().view(), Observation.ofWeights(at(140), new Weights(90, 10)), at(140));
        assertThat(decision.events()).containsExactly(new DeploymentEvent.TrafficShifted(at(140), 90, 10));
    }

    @Test
    void succeededAloneIsNoVerdict() {
        Decision decision =
                Rollout.decide(judgedAndShifted().view(), Observation.ofStatus(at(1000), SUCCEEDED), at(1000));
        assertThat(decision.events()).hasSize(1).first().isInstanceOf(DeploymentEvent.StatusChanged.class);
    }

    /** AWS's word, rollback, weights and health read back, requests of the best period → verdict. */
    static Stream<Arguments> endings() {
        Timelines good = judgedAndShifted().status(990, "Succeeded", null, null);
        Timelines silent = Timelines.started().weight(140, 10).weight(692, 100).status(990, "Succeeded", null, null);
        Timelines red = Timelines.started()
                .weight(140, 10)
                .weight(200, 20)
                .then(new DeploymentEvent.AlarmChanged(
                        at(300), "web-b-success-rate", "ALARM", "97.1 and 96.2 were less than 99.5", at(299)))
                .status(310, "Stopped", "ALARM_ACTIVE", "One or more alarms have been activated");
        Timelines redAndNamed =
                red.then(new DeploymentEvent.RollbackStarted(at(311), "d-ROLLBACK1", "alarm web-b-success-rate"));
        Timelines byHand = Timelines.started().weight(140, 10).status(310, "Stopped", "MANUAL_STOP", "stopped");
        Timelines asked = Timelines.started()
                .weight(140, 10)
                .then(new DeploymentEvent.OperatorActed(at(200), "ann", "ROLL_BACK", "smoke test"))
                .status(310, "Stopped", "MANUAL_STOP", "stopped");
        Timelines neverSteady = Timelines.started()
                .then(new DeploymentEvent.TaskStopped(
                        at(100), Side.REPLACEMENT, "1f0c", "Essential container in task exited", 3))
                .status(3700, "Failed", "TIMEOUT", "The deployment timed out");
        return Stream.of(
                ending("good", good, SUCCEEDED, 0, 100, 2, Outcome.PROMOTED, "2 of 2 targets healthy"),
                ending("superseded", good, SUCCEEDED, 100, 0, 2, Outcome.UNKNOWN, "someone else has moved traffic"),
                ending("split after success", good, SUCCEEDED, 50, 50, 2, Outcome.UNKNOWN, "50 %"),
                ending("silent", silent, SUCCEEDED, 0, 100, 2, Outcome.INCONCLUSIVE, "50 requests"),
                ending("no target healthy", good, SUCCEEDED, 0, 100, 0, Outcome.INCONCLUSIVE, "none of the 2"),
                ending(
                        "alarm",
                        redAndNamed,
                        stopped("ALARM_ACTIVE", Progress.SUCCEEDED),
                        100,
                        0,
                        0,
                        Outcome.ROLLED_BACK,
                        "alarm web-b-success-rate: 97.1 and 96.2"),
                ending(
                        "rollback over but weights mixed",
                        redAndNamed,
                        stopped("ALARM_ACTIVE", Progress.SUCCEEDED),
                        80,
                        20,
                        0,
                        Outcome.ROLLBACK_FAILED,
                        "80 % to the original"),
                ending(
                        "rollback failed",
                        redAndNamed,
                        stopped("ALARM_ACTIVE", Progress.FAILED),
                        0,
                        100,
                        0,
                        Outcome.ROLLBACK_FAILED,
                        "is over (failed)"),
                ending(
                        "stopped by hand, never rolled back",
                        byHand,
                        stopped("MANUAL_STOP", null),
                        90,
                        10,
                        2,
                        Outcome.ROLLBACK_FAILED,
                        "AWS started no rollback"),
                ending(
                        "stopped by hand before any shift mattered",
                        byHand,
                        stopped("MANUAL_STOP", null),
                        100,
                        0,
                        2,
                        Outcome.ROLLED_BACK,
                        "someone stopped the deployment in AWS"),
                ending(
                        "asked for",
                        asked,
                        stopped("MANUAL_STOP", null),
                        100,
                        0,
                        2,
                        Outcome.ROLLED_BACK,
                        "asked for by ann: smoke test"),
                ending(
                        "never steady",
                        neverSteady,
                        new Status(
                                Progress.FAILED,
                                "Failed",
                                "TIMEOUT",
                                "The deployment timed out",
                                null,
                                null,
                                null,
                                null),
                        100,
                        0,
                        0,
                        Outcome.ROLLED_BACK,
                        "1 task of the replacement stopped, last: Essential container in task exited, exit code 3"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void theVerdictRestsOnWhatIsReadBack(
            String name, Timelines timeline, Status status, Weights weights, int healthy, Outcome outcome, String why) {
        Observation readBack = new Observation(
                at(5000),
                status,
                null,
                weights,
                null,
                List.of(
                        new Health(Side.ORIGINAL, 2, 2, List.of()),
                        new Health(Side.REPLACEMENT, healthy, 2, List.of())),
                null,
                List.of(),
                List.of());
        DeploymentView readBefore =
                timeline.copy().weight(4960, weights.replacement()).view();
        Decision decision = Rollout.decide(readBefore, readBack, at(5000));
        assertThat(decision.events()).last().isInstanceOf(Ended.class);
        Ended ended = (Ended) decision.events().get(decision.events().size() - 1);
        assertThat(ended.verdict().outcome()).isEqualTo(outcome);
        assertThat(ended.verdict().cause()).contains(why);
        assertThat(ended.verdict().originalWeight()).isEqualTo(weights.original());
        assertThat(ended.verdict().replacementWeight()).isEqualTo(weights.replacement());
    }

    /** {@code waitFor: shifted}, AWS still keeps the original: what is read back → verdict, or none yet. */
    static Stream<Arguments> shiftedEndings() {
        Timelines silent = shiftedIsEnough().weight(140, 10).weight(692, 100);
        Timelines good = silent.copy().then(new DeploymentEvent.Measured(at(400), Side.REPLACEMENT, at(180), 200, 0));
        Timelines red = good.copy()
                .then(new DeploymentEvent.AlarmChanged(at(700), "web-b-success-rate", "ALARM", "97.1", at(699)));
        Timelines asked = good.copy().then(new DeploymentEvent.OperatorActed(at(700), "ann", "ROLL_BACK", null));
        Timelines unnoticed = shiftedIsEnough().weight(140, 10);
        return Stream.of(
                Arguments.of("good", good, at(700), new Weights(0, 100), 2, Outcome.PROMOTED, "2 of 2 targets healthy"),
                Arguments.of("one of two healthy", good, at(700), new Weights(0, 100), 1, Outcome.PROMOTED, "1 of 2"),
                Arguments.of("not all shifted", good, at(700), new Weights(10, 90), 2, null, null),
                Arguments.of("shift is news", unnoticed, at(700), new Weights(0, 100), 2, null, null),
                Arguments.of("an alarm is red", red, at(700), new Weights(0, 100), 2, null, null),
                Arguments.of("roll back asked for", asked, at(700), new Weights(0, 100), 2, null, null),
                Arguments.of("silent, metrics may be late", silent, at(700), new Weights(0, 100), 2, null, null),
                Arguments.of(
                        "silent", silent, at(692 + 241), new Weights(0, 100), 2, Outcome.INCONCLUSIVE, "50 requests"),
                Arguments.of("not healthy yet", good, at(700), new Weights(0, 100), 0, null, null),
                Arguments.of(
                        "none healthy",
                        good,
                        at(692 + 241),
                        new Weights(0, 100),
                        0,
                        Outcome.INCONCLUSIVE,
                        "all traffic is shifted, but none of the 2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shiftedEndings")
    void shiftedIsAProvisionalVerdictOnceItIsReadBack(
            String name, Timelines timeline, Instant when, Weights weights, int healthy, Outcome outcome, String why) {
        Status running = new Status(Progress.RUNNING, "InProgress", null, null, null, null, null, null);
        Observation readBack = new Observation(
                when,
                running,
                null,
                weights,
                null,
                List.of(new Health(Side.REPLACEMENT, healthy, 2, List.of())),
                null,
                List.of(),
                null);
        List<Ended> ended = Rollout.decide(timeline.view(), readBack, when).events().stream()
                .filter(Ended.class::isInstance)
                .map(Ended.class::cast)
                .toList();
        if (outcome == null) {
            assertThat(ended).isEmpty();
            return;
        }
        assertThat(ended).singleElement().extracting(Ended::verdict).satisfies(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(outcome);
            assertThat(verdict.provisional()).isTrue();
            assertThat(verdict.cause()).contains(why, "provisional");
        });
    }

    @Test
    void shiftedButNotReadBackIsNoVerdict() {
        Timelines good = shiftedIsEnough()
                .weight(140, 10)
                .weight(692, 100)
                .then(new DeploymentEvent.Measured(at(400), Side.REPLACEMENT, at(180), 200, 0));
        assertThat(Rollout.decide(good.view(), Observation.ofWeights(at(700), new Weights(0, 100)), at(700))
                        .events())
                .isEmpty();
    }

    @Test
    void whatAwsHasCompletedMeanwhileIsNotProvisional() {
        Timelines good = shiftedIsEnough()
                .weight(140, 10)
                .weight(692, 100)
                .then(new DeploymentEvent.Measured(at(400), Side.REPLACEMENT, at(180), 200, 0));
        Decision decision = Rollout.decide(good.view(), readBack(at(700), SUCCEEDED, new Weights(0, 100)), at(700));
        assertThat(decision.events())
                .last()
                .extracting(event -> ((Ended) event).verdict())
                .satisfies(verdict -> {
                    assertThat(verdict.outcome()).isEqualTo(Outcome.PROMOTED);
                    assertThat(verdict.provisional()).isFalse();
                });
    }

    @Test
    void whoWaitsForCompletionGetsNoVerdictFromTheShift() {
        Status running = new Status(Progress.RUNNING, "InProgress", null, null, null, null, null, null);
        Observation readBack = readBack(at(700), running, new Weights(0, 100));
        assertThat(Rollout.decide(judgedAndShifted().view(), readBack, at(700)).events())
                .noneMatch(Ended.class::isInstance);
    }

    @Test
    void aRollbackThatIsNotOverIsWaitedFor() {
        Timelines timeline = Timelines.started()
                .weight(140, 10)
                .status(310, "Stopped", "ALARM_ACTIVE", "alarms")
                .then(new DeploymentEvent.RollbackStarted(at(311), "d-ROLLBACK1", "alarm"));
        Observation readBack = readBack(at(320), stopped("ALARM_ACTIVE", Progress.RUNNING), new Weights(100, 0));
        assertThat(Rollout.decide(timeline.view(), readBack, at(320)).events()).noneMatch(Ended.class::isInstance);
    }

    @Test
    void aRollbackThatIsNotNamedYetIsWaitedForWhileWeightsAreMixed() {
        Timelines timeline = Timelines.started().weight(140, 10).status(310, "Stopped", "ALARM_ACTIVE", "alarms");
        Observation readBack = readBack(at(320), stopped("ALARM_ACTIVE", null), new Weights(90, 10));
        assertThat(Rollout.decide(timeline.view(), readBack, at(320)).events()).noneMatch(Ended.class::isInstance);
        assertThat(Rollout.decide(timeline.view(), readBack, at(372)).events()).anyMatch(Ended.class::isInstance);
    }

    @Test
    void oneAnswerWithOtherWeightsLongAfterASuccessIsNoVerdict() {
        Timelines good = judgedAndShifted().status(990, "Succeeded", null, null);
        Observation other = readBack(at(1100), SUCCEEDED, new Weights(90, 10));
        assertThat(Rollout.decide(good.view(), other, at(1100)).events())
                .anyMatch(DeploymentEvent.TrafficShifted.class::isInstance)
                .noneMatch(Ended.class::isInstance);

        Timelines readOnce = good.copy().weight(1100, 10);
        assertThat(Rollout.decide(readOnce.view(), other, at(1115)).events()).noneMatch(Ended.class::isInstance);
        assertThat(Rollout.decide(readOnce.view(), other, at(1130)).events())
                .last()
                .extracting(event -> ((Ended) event).verdict().outcome())
                .isEqualTo(Outcome.UNKNOWN);
        Observation asPromised = readBack(at(1115), SUCCEEDED, new Weights(0, 100));
        assertThat(Rollout.decide(readOnce.view(), asPromised, at(1115)).events())
                .last()
                .extracting(event -> ((Ended) event).verdict().outcome())
                .isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void oneAnswerWithMixedWeightsLongAfterARollbackIsNoVerdict() {
        Timelines rolledBack = Timelines.started()
                .weight(140, 10)
                .status(310, "Stopped", "ALARM_ACTIVE", "alarms")
                .then(new DeploymentEvent.RollbackStarted(at(311), "d-ROLLBACK1", "alarm"))
                .weight(330, 0);
        Observation stale = readBack(at(400), stopped("ALARM_ACTIVE", Progress.SUCCEEDED), new Weights(90, 10));
        assertThat(Rollout.decide(rolledBack.view(), stale, at(400)).events()).noneMatch(Ended.class::isInstance);
        rolledBack.weight(400, 10);
        assertThat(Rollout.decide(rolledBack.view(), stale, at(430)).events()).anyMatch(Ended.class::isInstance);
    }

    @Test
    void weightsThatAreNotReadAsChangedYetAreReadAgain() {
        Timelines timeline = Timelines.started()
                .weight(140, 10)
                .status(310, "Stopped", "ALARM_ACTIVE", "alarms")
                .then(new DeploymentEvent.RollbackStarted(at(311), "d-ROLLBACK1", "alarm"));
        Observation stale = readBack(at(335), stopped("ALARM_ACTIVE", Progress.SUCCEEDED), new Weights(90, 10));
        assertThat(Rollout.decide(timeline.view(), stale, at(335)).events()).noneMatch(Ended.class::isInstance);
        assertThat(Rollout.decide(timeline.view(), stale, at(361)).events()).anyMatch(Ended.class::isInstance);
    }

    @Test
    void weightsAsBeforeTheFirstShiftAreNoRollBackUntilTheyCannotBeOld() {
        Timelines timeline = Timelines.started().weight(140, 10).status(310, "Stopped", "MANUAL_STOP", "stopped");
        Observation stale = readBack(at(320), stopped("MANUAL_STOP", null), new Weights(100, 0));
        assertThat(Rollout.decide(timeline.view(), stale, at(320)).events()).noneMatch(Ended.class::isInstance);
        assertThat(Rollout.decide(timeline.view(), stale, at(341)).events()).anyMatch(Ended.class::isInstance);
    }

    @Test
    void afterARollBackThatFailedToo() {
        Timelines timeline = Timelines.started()
                .weight(140, 10)
                .status(310, "Stopped", "ALARM_ACTIVE", "alarms")
                .then(new DeploymentEvent.RollbackStarted(at(311), "d-ROLLBACK1", "alarm"));
        Observation stale = readBack(at(335), stopped("ALARM_ACTIVE", Progress.FAILED), new Weights(100, 0));
        assertThat(Rollout.decide(timeline.view(), stale, at(335)).events()).noneMatch(Ended.class::isInstance);
        assertThat(Rollout.decide(timeline.view(), stale, at(361)).events()).anyMatch(Ended.class::isInstance);
    }

    @Test
    void whatIsOverDoesNotRunAgainBecauseOfAnOldAnswer() {
        Status running = new Status(Progress.RUNNING, "InProgress", null, null, null, null, null, null);
        for (String over : List.of("Succeeded", "Stopped", "Failed")) {
            Timelines timeline = judgedAndShifted().status(990, over, null, null);
            Decision decision = Rollout.decide(timeline.view(), Observation.ofStatus(at(1000), running), at(1000));
            assertThat(decision.events()).as(over).isEmpty();
            assertThat(decision.command()).isInstanceOf(Decision.Nothing.class);
        }
    }

    @Test
    void lateMetricsAreWaitedForBeforeASuccessIsInconclusive() {
        Timelines silent = Timelines.started().weight(140, 10).weight(692, 100).status(700, "Succeeded", null, null);
        Observation readBack = readBack(at(705), SUCCEEDED, new Weights(0, 100));
        assertThat(Rollout.decide(silent.view(), readBack, at(705)).events()).noneMatch(Ended.class::isInstance);
        assertThat(Rollout.decide(silent.view(), readBack, at(692 + 241)).events())
                .anyMatch(Ended.class::isInstance);
    }

    @Test
    void theTimeOutRollsBackAndSaysSo() {
        Timelines timeline = Timelines.started().weight(140, 10).status(150, "InProgress", null, null);
        Decision decision = Rollout.decide(timeline.view(), Observation.ofStatus(at(3600), RUNNING), at(3600));
        assertThat(decision.command()).isInstanceOf(Decision.RollBack.class);
        assertThat(decision.events())
                .singleElement()
                .isInstanceOf(DeploymentEvent.OperatorActed.class)
                .extracting(event -> ((DeploymentEvent.OperatorActed) event).who())
                .isEqualTo("the time-out");
    }

    @Test
    void theTimeOutDoesNotEndWhatMayHaveEndedLongBefore() {
        Timelines timeline = Timelines.started().weight(140, 10).status(150, "InProgress", null, null);
        Decision first =
                Rollout.decide(timeline.view(), Observation.ofWeights(at(90_000), new Weights(100, 0)), at(90_000));
        assertThat(first.command()).isInstanceOf(Decision.Nothing.class);
        assertThat(first.events()).noneMatch(DeploymentEvent.OperatorActed.class::isInstance);

        timeline.weight(90_000, 0)
                .then(new DeploymentEvent.AlarmChanged(at(90_000), "web-b-success-rate", "ALARM", "97.1", at(300)))
                .status(90_001, "Stopped", "ALARM_ACTIVE", "One or more alarms have been activated")
                .then(new DeploymentEvent.RollbackStarted(at(90_001), "d-ROLLBACK1", "alarm"));
        Observation readBack = readBack(at(90_040), stopped("ALARM_ACTIVE", Progress.SUCCEEDED), new Weights(100, 0));
        assertThat(Rollout.decide(timeline.view(), readBack, at(90_040)).events())
                .last()
                .extracting(event -> ((Ended) event).verdict().cause())
                .isEqualTo("alarm web-b-success-rate: 97.1");
    }

    @Test
    void aReplacementBehindTheOtherGroupIsRolledBackOnce() {
        String planned = Timelines.started().view().replacement().targetGroup();
        String other = Timelines.started().view().original().targetGroup();
        Observation asPlanned = replacementBehind(at(30), planned);
        Observation swapped = replacementBehind(at(30), other);

        assertThat(Rollout.decide(Timelines.started().view(), asPlanned, at(30)).command())
                .isInstanceOf(Decision.Nothing.class);
        assertThat(Rollout.decide(Timelines.started().view(), replacementBehind(at(30), null), at(30))
                        .command())
                .isInstanceOf(Decision.Nothing.class);

        Decision decision = Rollout.decide(Timelines.started().view(), swapped, at(30));
        String why = "CodeDeploy put the replacement behind " + other + " and not behind " + planned
                + ", whose alarm was to watch it";
        assertThat(decision.command()).isEqualTo(new Decision.RollBack(why));
        DeploymentEvent acted = new DeploymentEvent.OperatorActed(at(30), "the engine", "ROLL_BACK", why);
        assertThat(decision.events()).contains(acted);
        assertThat(Rollout.decide(Timelines.started().then(acted).view(), swapped, at(31))
                        .events())
                .doesNotHaveAnyElementsOfTypes(DeploymentEvent.OperatorActed.class);
    }

    private static Observation replacementBehind(Instant at, String targetGroup) {
        return Observation.ofTarget(
                at, List.of(), List.of(new Observation.Tasks(Side.REPLACEMENT, 2, 0, 2, targetGroup)));
    }

    @Test
    void anAskedRollBackIsCommandedUntilAwsRollsBack() {
        Timelines asked = Timelines.started()
                .weight(140, 10)
                .then(new DeploymentEvent.OperatorActed(at(200), "ann", "ROLL_BACK", null));
        assertThat(Rollout.decide(asked.view(), Observation.nothing(at(201)), at(201))
                        .command())
                .isEqualTo(new Decision.RollBack("ann"));
        asked.then(new DeploymentEvent.RollbackStarted(at(202), null, "ann"));
        assertThat(Rollout.decide(asked.view(), Observation.nothing(at(203)), at(203))
                        .command())
                .isInstanceOf(Decision.Nothing.class);
    }

    @Test
    void oneAnswerWithoutTheDeploymentIsNoVerdictButTwoMinutesOfThemAre() {
        Status gone = new Status(Progress.GONE, "Gone", null, null, null, null, null, null);
        Timelines timeline = Timelines.started().status(100, "InProgress", null, null);
        Decision first = Rollout.decide(timeline.view(), Observation.ofStatus(at(900), gone), at(900));
        assertThat(first.events()).singleElement().isInstanceOf(DeploymentEvent.StatusChanged.class);
        timeline.status(900, "Gone", null, null);
        assertThat(Rollout.decide(timeline.view(), Observation.ofStatus(at(1000), gone), at(1000))
                        .events())
                .isEmpty();
        assertThat(Rollout.decide(timeline.view(), Observation.ofStatus(at(1020), gone), at(1020))
                        .events())
                .singleElement()
                .extracting(event -> ((Ended) event).verdict().outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aRollbackFirstHeardOfWhenItIsOverStillGivesItsVerdict() {
        Timelines timeline = Timelines.started().weight(140, 10).status(310, "Stopped", "ALARM_ACTIVE", "alarms");
        Observation readBack = readBack(at(400), stopped("ALARM_ACTIVE", Progress.SUCCEEDED), new Weights(90, 10));
        Decision decision = Rollout.decide(timeline.view(), readBack, at(400));
        assertThat(decision.events()).anyMatch(DeploymentEvent.RollbackStarted.class::isInstance);
        assertThat(decision.events())
                .last()
                .extracting(event -> ((Ended) event).verdict().outcome())
                .isEqualTo(Outcome.ROLLBACK_FAILED);
    }

    @Test
    void aShiftNobodySawIsTakenInBeforeItIsJudged() {
        Timelines unseen = Timelines.started().status(990, "Succeeded", null, null);
        Observation readBack = readBack(at(995), SUCCEEDED, new Weights(0, 100));
        Decision decision = Rollout.decide(unseen.view(), readBack, at(995));
        assertThat(decision.events())
                .anyMatch(DeploymentEvent.TrafficShifted.class::isInstance)
                .noneMatch(Ended.class::isInstance);
    }

    private static Timelines shiftedIsEnough() {
        return Timelines.started(DeploymentOptions.DEFAULT.withWaitFor(WaitFor.SHIFTED));
    }

    private static Timelines judgedAndShifted() {
        return Timelines.started()
                .weight(140, 10)
                .weight(692, 100)
                .then(new DeploymentEvent.Measured(at(400), Side.REPLACEMENT, at(180), 200, 0));
    }

    private static Status stopped(String code, Progress rollback) {
        return new Status(
                Progress.STOPPED,
                "Stopped",
                code,
                "stopped",
                rollback == null ? null : "d-ROLLBACK1",
                rollback,
                rollback == null || !rollback.over() ? null : at(330),
                null);
    }

    private static Observation readBack(java.time.Instant at, Status status, Weights weights) {
        return new Observation(
                at,
                status,
                null,
                weights,
                null,
                List.of(new Health(Side.REPLACEMENT, 2, 2, List.of())),
                null,
                List.of(),
                List.of());
    }

    private static Arguments ending(
            String name,
            Timelines timeline,
            Status status,
            int original,
            int replacement,
            int healthy,
            Outcome outcome,
            String why) {
        return Arguments.of(name, timeline, status, new Weights(original, replacement), healthy, outcome, why);
    }
}
