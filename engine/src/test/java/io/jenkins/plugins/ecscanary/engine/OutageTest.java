package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some of AWS does not answer, or not to us, while the rest of it does. */
class OutageTest {

    private static final AwsFailure THROTTLED = FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException");
    private static final AwsFailure DENIED = FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException");

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;
    private Running running;

    @BeforeEach
    void shifting() {
        world = new EngineWorld(state);
        aws = world.aws;
        running = world.deploy();
        aws.status(ID, "InProgress", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        aws.weights(FakeAws.LISTENER, 90, 10);
        world.advance(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "alarms"})
    void whatOnlyExplainsIsToldOnceHoweverLongItFails(String call) {
        aws.failAlways(call, THROTTLED);
        world.time.advance(Duration.ofMinutes(30));
        assertThat(running.view().warnings()).singleElement().satisfies(warning -> assertThat(warning.text())
                .contains("ThrottlingException", "followed without it"));
        assertThat(answersAgain()).isZero();
        aws.heal();
        world.time.advance(Duration.ofMinutes(2));
        aws.failAlways(call, THROTTLED);
        world.time.advance(Duration.ofMinutes(10));
        assertThat(running.view().warnings()).hasSize(1);
    }

    @Test
    void oneFailureOfItIsNothingToTell() {
        aws.failNext("metrics", THROTTLED);
        world.time.advance(Duration.ofMinutes(10));
        assertThat(running.view().warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployments", "listeners"})
    void whatTheVerdictRestsOnIsAnOutageUntilAllOfItAnswers(String call) {
        aws.failAlways(call, THROTTLED);
        world.time.advance(Duration.ofMinutes(20));
        assertThat(running.view().warnings()).singleElement().satisfies(warning -> assertThat(warning.text())
                .contains("goes on in AWS and is looked for again"));
        assertThat(answersAgain()).isZero();
        aws.heal();
        world.time.advance(Duration.ofMinutes(2));
        assertThat(answersAgain()).isEqualTo(1);
    }

    /** Nothing stops it: neither the time-out, without the right, nor an alarm. */
    @Test
    void withoutARightThatOnlyExplainsItIsFollowedForAsLongAsItRuns() {
        aws.failAlways("metrics", DENIED).failAlways("stopAndRollBack", DENIED);
        world.time.advance(Duration.ofHours(5));
        assertThat(running.view().ended()).isFalse();

        aws.put(world.stopped("MANUAL_STOP")).weights(FakeAws.LISTENER, 100, 0);
        world.time.advance(Duration.ofMinutes(2));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatNobodyCanSeeTheEndOfIsUnknownInTheEndThoughOtherCallsAreAnswered(boolean denied) {
        aws.failAlways("deployments", denied ? DENIED : THROTTLED);
        world.time.advance(Duration.ofMinutes(88));
        assertThat(running.view().ended()).isFalse();
        world.time.advance(Duration.ofMinutes(4));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    private long answersAgain() {
        return running.view().log().stream()
                .filter(line -> line.text().contains("answers again"))
                .count();
    }
}
