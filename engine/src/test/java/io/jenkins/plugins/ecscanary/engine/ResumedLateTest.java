package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was begun is gone on with after a crash: past its time-out nothing is begun any more, and what runs is ended. */
class ResumedLateTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final OneOffTask MIGRATE = new OneOffTask(null, List.of("migrate"), Duration.ofHours(10));
    private static final AwsFailure UNREACHABLE = FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "reset");
    private static final StartOptions BUILD = new StartOptions("build-7", false, other -> {});

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;
    private DeploymentRequest plain;
    private DeploymentRequest migrating;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
        plain = world.request(DeploymentOptions.DEFAULT, TIMEOUT);
        migrating = world.request(DeploymentOptions.DEFAULT.withBeforeTraffic(MIGRATE), TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"targetHealth", "registerTaskDefinition", "createDeployment"})
    void whatWasNeverCreatedIsNotCreatedAnyMore(String diesDuring) {
        world.killedDuring(diesDuring, false, plain, BUILD);
        long created = aws.count("createDeployment");
        world.time.advance(Duration.ofHours(3));

        Running again = world.engine().deploy(plain, BUILD);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(again).cause())
                .isEqualTo("its time-out passed at 2026-11-23T19:00:00Z before a deployment was created; nothing was"
                        + " deployed");
        assertThat(aws.count("createDeployment")).isEqualTo(created);
        assertThat(aws.created()).isEmpty();
        assertThat(world.records.find("build-7").orElseThrow().verdict()).isEqualTo(verdict(again));
    }

    @Test
    void whatWasCreatedAndNeverNotedIsFoundFirstAndRolledBack() {
        world.killedDuring("createDeployment", true, plain, BUILD);
        world.time.advance(Duration.ofHours(3));

        Running again = world.engine().deploy(plain, BUILD);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        world.advance(10);
        assertThat(aws.stopped()).containsExactly(ID);
        assertThat(aws.created()).hasSize(1);
    }

    @Test
    void aTaskThatWasOnlyIntendedIsNotRunAnyMore() {
        world.killedDuring("runTask", false, migrating, StartOptions.DEFAULT);
        world.time.advance(Duration.ofMinutes(40));

        Running again = world.engine().deploy(migrating);
        world.advance(130);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(again).cause()).contains("time-out passed");
        assertThat(aws.ranTasks()).isEmpty();
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void oneThatWasRunAndIsNotListedYetIsWaitedForAndStopped() {
        world.killedDuring("runTask", true, migrating, StartOptions.DEFAULT);
        world.time.advance(Duration.ofMinutes(40));
        aws.hideTasks(true);

        Running again = world.engine().deploy(migrating);
        world.advance(30);
        assertThat(again.view().ended()).isFalse();
        aws.hideTasks(false);
        world.advance(15);
        assertThat(aws.stoppedRuns().get("task-1")).contains("the deployment's time-out");
    }

    @Test
    void oneThatRunsIsStoppedAndToldWhateverElseIsWrong() {
        world.engine().deploy(migrating).leave();
        world.time.advance(Duration.ofMinutes(40));
        aws.alarm("web-b-success-rate", "ALARM"); // preflight refuses it now

        Running again = world.engine().deploy(migrating);
        world.advance(6);
        assertThat(aws.stoppedRuns().get("task-1")).contains("did not end before the deployment's time-out");
        assertThat(again.view().ended()).isFalse();
        aws.taskEnds("task-1", 143, aws.stoppedRuns().get("task-1"));
        world.advance(11);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(again).cause()).contains("was stopped: it did not end before the deployment's time-out");
    }

    @Test
    void oneFailureToAskIsNotTheEndOfLookingThen() {
        world.engine().deploy(migrating).leave();
        world.time.advance(Duration.ofMinutes(40));
        aws.failNext("taskRun", UNREACHABLE);
        Running again = world.engine().deploy(migrating);
        assertThat(again.view().ended()).isFalse();
        world.advance(6);
        assertThat(aws.stoppedRuns()).containsKey("task-1");
    }

    @Test
    void anOutageThatLastsIs() {
        world.engine().deploy(migrating).leave();
        world.time.advance(Duration.ofMinutes(40));
        aws.failAlways("taskRun", UNREACHABLE);
        Running again = world.engine().deploy(migrating);
        world.time.advance(Duration.ofMinutes(29));
        assertThat(again.view().ended()).isFalse();
        world.time.advance(Duration.ofMinutes(2));
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict(again).cause()).contains("task-1", "may still run");
    }

    @Test
    void withoutTheRightToLookForATaskItIsNotSaidThatItNeverRan() {
        world.killedDuring("runTask", true, migrating, BUILD);
        aws.failAlways("tasksStartedBy", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running again = world.engine().deploy(migrating, BUILD);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict(again).cause()).contains("AccessDeniedException");
    }

    @Test
    void oneFailureToListDeploymentsDoesNotMakeItUnknownThen() {
        aws.before("registerTaskDefinition", () -> world.time.advance(TIMEOUT.minusSeconds(10)));
        world.killedDuring("createDeployment", true, plain, BUILD);
        world.advance(15);
        aws.hideDeployments(true);
        Running again = world.engine().deploy(plain, BUILD);
        aws.failNext("listDeployments", UNREACHABLE);
        world.advance(6);
        assertThat(again.view().ended()).isFalse();
        aws.hideDeployments(false);
        world.advance(10);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void oneThatHasSucceededIsToldAndTheNextDeployBeginsAnew() {
        killedAfterTheTask(false, StartOptions.DEFAULT);
        world.time.advance(Duration.ofHours(12));

        Running morning = world.engine().deploy(migrating);
        assertThat(verdict(morning).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(morning).cause()).contains("time-out passed", "its task before traffic, task-1, has run");
        assertThat(aws.created()).isEmpty();

        Running next = world.engine().deploy(migrating);
        assertThat(next.view().id()).isNotEqualTo(morning.view().id());
        assertThat(aws.ranTasks()).hasSize(2);
    }

    @Test
    void inTimeATaskThatRunsComesToItsEndBeforeAnythingIsRefused() {
        world.engine().deploy(migrating).leave();
        aws.alarm("web-b-success-rate", "ALARM");
        Running again = world.engine().deploy(migrating);
        world.advance(20);
        assertThat(again.view().ended())
                .as("refused, nobody would follow the task")
                .isFalse();

        aws.taskEnds("task-1", 0, "exited");
        world.advance(11);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(again).cause()).contains("web-b-success-rate");
        assertThat(again.view().taskRun().exitCode()).isZero();
    }

    @Test
    void aCreationThatNeverHappenedIsMadeUpForInTime() {
        world.killedDuring("createDeployment", false, plain, StartOptions.DEFAULT);
        Running again = world.engine().deploy(plain);
        world.advance(60);
        assertThat(aws.created()).as("it may be there and not be listed yet").isEmpty();
        assertThat(again.view().ended()).isFalse();
        world.advance(90);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(world.records.history()).hasSize(1);
    }

    @Test
    void afterATaskTooNothingIsCreatedBeforeThatIsCertain() {
        killedAfterTheTask(true, BUILD);
        aws.hideDeployments(true); // the list lags behind

        Running again = world.engine().deploy(migrating, BUILD);
        world.advance(30);
        assertThat(again.view().ended()).isFalse();
        aws.hideDeployments(false);
        world.advance(10);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
    }

    @Test
    void whatHasEndedIsNotCreatedWhenItIsBegunAgain() {
        aws.failAlways("createDeployment", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running first = world.engine().deploy(migrating, BUILD);
        aws.taskEnds("task-1", 0, "exited");
        world.advance(11);
        assertThat(verdict(first).outcome()).isEqualTo(Outcome.REFUSED);

        aws.heal();
        Running again = world.engine().deploy(migrating, BUILD);
        assertThat(verdict(again)).isEqualTo(verdict(first));
        assertThat(aws.created()).isEmpty();
    }

    /** AWS shifted and completed it meanwhile, with many requests; since then there are few. */
    @ParameterizedTest
    @ValueSource(strings = {"listeners", "deploymentTarget"})
    void whatNobodySawIsJudgedByItsShiftWhicheverAnswerComesFirst(String late) {
        world.engine().deploy(plain).leave();
        world.shifted(world.time.now());
        world.shiftEverything();
        world.time.advance(Duration.ofHours(3));
        aws.now(world.time.now()).status(ID, "Succeeded", null, null);
        aws.failNext("deployments", UNREACHABLE).failNext(late, UNREACHABLE);

        Running again = world.engine().watch(ID);
        world.advance(600);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(again.view().replacement().judged().requests()).isEqualTo(2000);
    }

    /** A process that dies in CreateDeployment. */
    private void killedAfterTheTask(boolean created, StartOptions options) {
        Running first = world.engine().deploy(migrating, options);
        aws.taskEnds("task-1", 0, "exited");
        aws.before("createDeployment", () -> {
            first.leave();
            if (!created) {
                throw new IllegalStateException("killed");
            }
        });
        world.advance(11);
        aws.before("createDeployment", () -> {});
        assertThat(first.view().taskRun().exitCode()).isZero();
        assertThat(aws.created()).hasSize(created ? 1 : 0);
    }
}
