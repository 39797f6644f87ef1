package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking on at a deployment whose owner is alive, well or stuck. */
class OnlookerTest {

    private static final AwsFailure DENIED = FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException");

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;
    private TimelineFile stuck;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
    }

    @AfterEach
    void giveUp() {
        if (stuck != null) {
            stuck.close();
        }
    }

    @Test
    void aPromotionThatTheOwnerDoesNotTakeUpIsAskedOfAws() {
        stuckAfterTheShift();
        world.engine().watch(ID).promote(Wait.TERMINATION, "ben", null);
        world.advance(14);
        assertThat(aws.continued()).isEmpty();
        world.advance(2);
        assertThat(aws.continued()).containsExactly(ID + " TERMINATION");
        world.time.advance(Duration.ofMinutes(5));
        assertThat(aws.count("continueDeployment")).isEqualTo(1);
    }

    @Test
    void withoutTheRightItIsAskedForNowAndThen() {
        aws.failAlways("continueDeployment", DENIED).failAlways("stopAndRollBack", DENIED);
        stuckAfterTheShift();
        Running onlooker = world.engine().watch(ID);
        onlooker.promote(Wait.TERMINATION, "ben", null);
        onlooker.rollBack("ben", null);
        world.time.advance(Duration.ofMinutes(10));
        assertThat(aws.count("continueDeployment")).isBetween(8L, 12L);
        assertThat(aws.count("stopAndRollBack")).isBetween(8L, 12L);
        aws.heal();
        world.advance(61);
        assertThat(aws.continued()).containsExactly(ID + " TERMINATION");
        assertThat(aws.stopped()).containsExactly(ID);
    }

    @Test
    void whatTimeHelpsIsAskedForAgainSoon() {
        aws.failNext("stopAndRollBack", FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException"));
        stuckAfterTheShift();
        world.engine().watch(ID).rollBack("ben", null);
        world.advance(6);
        assertThat(aws.stopped()).containsExactly(ID);
    }

    @Test
    void aPromotionForAWaitThatIsPastIsAskedOfNobody() {
        stuckAfterTheShift();
        world.engine().watch(ID).promote(Wait.READY, "ben", null);
        world.time.advance(Duration.ofMinutes(10));
        assertThat(aws.count("continueDeployment")).isZero();
    }

    @Test
    void aTimelineThatCannotBeReadForAMomentEndsNothing() throws IOException {
        Running owner = world.deploy();
        Running onlooker = world.engine().watch(ID);
        Path timeline = timeline(owner);
        Path aside = timeline.resolveSibling("aside");
        Files.move(timeline, aside);
        Files.createDirectory(timeline); // can't be read as a file
        world.advance(20);
        Files.delete(timeline);
        Files.move(aside, timeline);
        aws.status(ID, "InProgress", null, null).weights(FakeAws.LISTENER, 90, 10);
        world.advance(20);
        assertThat(onlooker.verdict().toCompletableFuture()).isNotDone();
        assertThat(onlooker.view().replacement().weight()).isEqualTo(10);
    }

    @Test
    void oneThatStaysUnreadableDoes() throws IOException {
        Running owner = world.deploy();
        Running onlooker = world.engine().watch(ID);
        Path timeline = timeline(owner);
        Files.delete(timeline);
        Files.createDirectory(timeline);
        world.advance(50);
        assertThat(onlooker.verdict().toCompletableFuture()).isNotDone();
        world.advance(15);
        assertThat(onlooker.verdict().toCompletableFuture()).isCompletedExceptionally();
    }

    /** As after a flush to disk that failed. */
    @Test
    void aLineThatIsTakenBackEndsNothing() throws IOException {
        stuckAfterTheShift();
        Running onlooker = world.engine().watch(ID);
        List<String> lines = Files.readAllLines(timeline(onlooker));
        Files.write(timeline(onlooker), lines.subList(0, lines.size() - 1));
        world.advance(5);
        assertThat(onlooker.verdict().toCompletableFuture()).isNotDone();
        assertThat(onlooker.view().version()).isEqualTo(lines.size());
    }

    /** Its owner holds the record and does nothing any more. */
    private void stuckAfterTheShift() {
        Running owner = world.deploy();
        world.shiftEverything();
        owner.leave();
        stuck = world.records.own(world.records.find(ID).orElseThrow()).orElseThrow();
    }

    private Path timeline(Running running) {
        return world.records.timelineFile(running.view().id());
    }
}
