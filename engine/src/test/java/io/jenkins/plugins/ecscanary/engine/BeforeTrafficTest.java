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
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task that has to succeed before a deployment is created. */
class BeforeTrafficTest {

    private static final OneOffTask MIGRATE =
            new OneOffTask(null, List.of("java", "-cp", "app.jar", "Migrate"), Duration.ofMinutes(10));

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
    void theDeploymentIsCreatedOnceItHasSucceeded() {
        Running running = deploy();
        assertThat(aws.ranTasks().get("task-1")).satisfies(wanted -> {
            assertThat(wanted.taskDefinition()).endsWith("task-definition/web:12");
            assertThat(wanted.container()).isEqualTo("web");
            assertThat(wanted.command()).isEqualTo(MIGRATE.command());
            assertThat(wanted.startedBy()).isEqualTo(running.view().id()).hasSizeLessThanOrEqualTo(36);
        });
        world.advance(60);
        assertThat(aws.created()).isEmpty();
        assertThat(running.view().taskRun().endedAt()).isNull();

        aws.log("/ecs/web", "app/web/task-1", "12 migrations applied").taskEnds("task-1", 0, "exited");
        world.advance(6);
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(running.view().taskRun().exitCode()).isZero();
        assertThat(running.view().taskRun().lines()).containsExactly("12 migrations applied");
        assertThat(running.view().phase()).isEqualTo(DeploymentView.Phase.INSTALLING);
        assertThat(aws.count("registerTaskDefinition")).isEqualTo(1);
        assertThat(aws.count("runTask")).isEqualTo(1);
    }

    @Test
    void aFailureIsRefusedWithItsExitCodeAndLastLine() {
        Running running = deploy();
        aws.log("/ecs/web", "app/web/task-1", "migrating", "column exists already")
                .taskEnds("task-1", 3, "Essential container in task exited");
        world.advance(6);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause())
                .isEqualTo(
                        "container web of the task task-1 before traffic failed with exit code 3 (Essential container in"
                                + " task exited), last line: column exists already; nothing was deployed");
        assertThat(running.view().log())
                .anyMatch(line -> line.text().contains("it said last: migrating | column exists already"));
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void aContainerThatNeverStartedIsAFailureToo() {
        Running running = deploy();
        aws.taskEnds("task-1", null, "CannotPullContainerError: not found");
        world.advance(11);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("ended without an exit code (CannotPullContainerError");
    }

    @Test
    void withoutTheRightToReadLogsTheExitCodeStillCounts() {
        aws.failAlways("logTail", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running running = deploy();
        aws.taskEnds("task-1", 0, "exited");
        world.advance(6);
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(running.view().warnings()).singleElement().satisfies(warning -> assertThat(warning.text())
                .contains("could not be read", "AccessDenied"));
    }

    @Test
    void pastItsTimeOutItIsStoppedAndNothingIsDeployed() {
        Running running = deploy();
        world.advance(590);
        assertThat(aws.stoppedRuns()).isEmpty();
        world.advance(20);
        assertThat(aws.stoppedRuns()).containsEntry("task-1", "ecs-canary: it did not end within 600 s");
        assertThat(running.verdict().toCompletableFuture()).isNotDone();
        aws.taskEnds("task-1", 0, aws.stoppedRuns().get("task-1"));
        world.advance(11);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("was stopped: it did not end within 600 s");
        assertThat(aws.count("stopTask")).isEqualTo(1);
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void aStopThatCannotBeAskedForYetIsIntendedOnceAndAskedForAgain() {
        Running running = deploy();
        running.rollBack("ann", null);
        aws.failAlways("stopTask", FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException"));
        world.advance(60);
        assertThat(aws.count("stopTask")).isGreaterThan(3);
        aws.heal();
        world.advance(6);
        assertThat(aws.stoppedRuns()).containsKey("task-1");
        assertThat(running.view().log())
                .filteredOn(line -> line.text().contains("StopTask"))
                .hasSize(1);
    }

    @Test
    void rollingBackWhileItRunsStopsItAndGivesUp() {
        Running running = deploy();
        running.rollBack("ann", "second thoughts");
        world.advance(6);
        assertThat(aws.stoppedRuns().get("task-1")).contains("given up by ann: second thoughts");
        aws.taskEnds("task-1", 143, aws.stoppedRuns().get("task-1"));
        world.advance(11);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void anotherTerminalCanGiveItUpToo() {
        Running owner = deploy();
        world.engine().watch(owner.view().id()).rollBack("ben", "wrong branch");
        world.advance(11);
        assertThat(aws.stoppedRuns().get("task-1")).contains("given up by ben: wrong branch");
    }

    @Test
    void ofManyDeploymentsAtOnceOneRunsItsTask() throws Exception {
        int many = 8;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            CanaryEngine engine = world.engine(threads);
            CountDownLatch refused = new CountDownLatch(many - 1);
            for (int i = 0; i < many; i++) {
                engine.deploy(world.request(DeploymentOptions.DEFAULT.withBeforeTraffic(MIGRATE)))
                        .verdict()
                        .thenAccept(verdict -> {
                            assertThat(verdict.cause()).contains("is under way");
                            refused.countDown();
                        });
            }
            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(aws.count("runTask")).isLessThanOrEqualTo(1);
            assertThat(world.records.history()).hasSize(1);
            engine.close();
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void leavingLeavesTheTaskRunning() {
        Running running = deploy();
        running.leave();
        world.advance(60);
        assertThat(aws.stoppedRuns()).isEmpty();
    }

    @Test
    void theSameRequestAfterACrashGoesOnWithTheTaskThatRuns() {
        Running first = deploy();
        first.leave();
        Running again = deploy();
        assertThat(again.view().id()).isEqualTo(first.view().id());
        aws.taskEnds("task-1", 0, "exited");
        world.advance(11);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(aws.ranTasks()).hasSize(1);
        assertThat(aws.count("runTask")).isEqualTo(1);
        assertThat(aws.count("registerTaskDefinition")).isEqualTo(1);
    }

    @Test
    void aTaskThatWasRunButNeverNotedIsFoundByItsToken() {
        List<Running> started = new ArrayList<>();
        aws.before("runTask", () -> started.get(0).leave());
        QueuedExecutor queue = new QueuedExecutor();
        try (CanaryEngine dying = world.engine(queue)) {
            started.add(dying.deploy(request()));
            queue.runAll();
        }
        aws.before("runTask", () -> {}).taskEnds("task-1", 0, "exited");
        assertThat(world.records.timeline(started.get(0).view().id()))
                .noneMatch(entry -> entry.event() instanceof DeploymentEvent.TaskRunStarted);

        Running again = deploy();
        world.advance(20);
        assertThat(again.view().deploymentId()).isEqualTo(ID);
        assertThat(again.view().log()).anyMatch(line -> line.text().contains("task task-1 found by its token"));
        assertThat(aws.count("runTask")).isEqualTo(1);
    }

    @Test
    void aLostAnswerToRunTaskRunsNoSecondOne() {
        aws.failNextAfter("runTask", FakeAws.failure(AwsFailure.Kind.UNREACHABLE, "reset"));
        Running running = deploy();
        assertThat(running.view().taskRun()).isNull();
        world.advance(6);
        assertThat(running.view().taskRun().task()).isEqualTo("task-1");
        assertThat(aws.ranTasks()).hasSize(1);
    }

    @Test
    void whoOnlyWatchesFollowsItToItsEndAndDeploysNothing() {
        Running first = deploy();
        first.leave();
        Running watched = world.engine().watch(first.view().id());
        aws.taskEnds("task-1", 0, "exited");
        world.advance(20);
        assertThat(verdict(watched).outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(watched.view().taskRun().exitCode()).isZero();
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void anotherRequestIsRefusedWhileItRuns() {
        deploy().leave();
        Running other = world.deploy();
        assertThat(verdict(other).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(other).cause()).contains("by ann", "its task before traffic still runs");
        aws.taskEnds("task-1", 0, "exited");
        assertThat(world.deploy().view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void aTaskThatEcsDoesNotKnowAnyMoreIsNotRunAgain() {
        Running first = deploy();
        first.leave();
        aws.forgetTask("task-1");
        Running again = deploy();
        world.advance(130);
        assertThat(verdict(again).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(aws.count("runTask")).isEqualTo(1);
    }

    @Test
    void withoutTheRightToRunTasksNothingIsDeployed() {
        aws.failAlways("runTask", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running running = deploy();
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("could not be run", "AccessDeniedException");
    }

    @Test
    void aContainerThatIsNotInTheRevisionIsRefusedBeforeAnythingIsTouched() {
        OneOffTask elsewhere = new OneOffTask("wep", List.of("x"), Duration.ofMinutes(1));
        Running running = world.engine().deploy(world.request(DeploymentOptions.DEFAULT.withBeforeTraffic(elsewhere)));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("container wep", "did you mean web?");
        assertThat(aws.registered()).isEmpty();
    }

    @Test
    void itsEventsAreReadBackAsTheyWere() {
        Running running = deploy();
        aws.log("/ecs/web", "app/web/task-1", "done").taskEnds("task-1", 0, "exited");
        world.advance(6);
        assertThat(world.records.timeline(running.view().id()))
                .extracting(entry -> entry.event().getClass().getSimpleName())
                .containsSubsequence(
                        "RevisionRegistered", "Intending", "TaskRunStarted", "TaskRunEnded", "Intending", "Started")
                .contains(DeploymentEvent.TaskRunEnded.class.getSimpleName());
    }

    private Running deploy() {
        return world.engine().deploy(request());
    }

    private DeploymentRequest request() {
        DeploymentRequest plain = world.request(DeploymentOptions.DEFAULT.withBeforeTraffic(MIGRATE));
        DeploymentRequest.Rendered source = (DeploymentRequest.Rendered) plain.source();
        String logging = "\"name\":\"web\",\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":"
                + "{\"awslogs-group\":\"/ecs/web\",\"awslogs-stream-prefix\":\"app\"}}";
        return new DeploymentRequest(
                plain.cluster(),
                plain.service(),
                new DeploymentRequest.Rendered(
                        source.json().replace("\"name\":\"web\"", logging), source.image(), source.container()),
                plain.codeDeploy(),
                plain.traffic(),
                plain.criterion(),
                plain.alarms(),
                plain.milestones(),
                plain.timeout(),
                plain.startedBy(),
                plain.kind(),
                plain.redeployOf(),
                plain.options());
    }
}
