package io.jenkins.plugins.ecscanary.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Hours lie between what is told apart, so that no time the machine takes makes a difference. */
class WallTimeTest {

    @Test
    void theClockFollowsOneThatIsAheadAndOneThatIsFarBehind() {
        try (WallTime time = new WallTime(1)) {
            Instant ahead = Instant.now().plus(Duration.ofHours(10));
            time.sync(ahead);
            assertThat(time.now()).isBetween(ahead, ahead.plus(Duration.ofHours(1)));
            Instant behind = Instant.now().minus(Duration.ofHours(10));
            time.sync(behind);
            assertThat(time.now()).isBetween(behind, behind.plus(Duration.ofHours(1)));
        }
    }

    @Test
    void anAnswerMovesItForwardAndNeverBack() {
        try (WallTime time = new WallTime(1)) {
            Instant ahead = Instant.now().plus(Duration.ofHours(10));
            time.atLeast(ahead);
            assertThat(time.now()).isBetween(ahead, ahead.plus(Duration.ofHours(1)));
            time.atLeast(ahead.minus(Duration.ofHours(5)));
            assertThat(time.now()).isAfterOrEqualTo(ahead);
        }
    }

    @Test
    void anAnswerThatWasOnItsWayDoesNotSetAFastClockBack() {
        try (WallTime time = new WallTime(1000)) {
            Instant now = time.now();
            time.sync(now.minus(Duration.ofSeconds(100)));
            assertThat(time.now()).isAfterOrEqualTo(now);
        }
    }
}
