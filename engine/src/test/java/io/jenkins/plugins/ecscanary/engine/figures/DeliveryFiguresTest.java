package io.jenkins.plugins.ecscanary.engine.figures;

import static io.jenkins.plugins.ecscanary.engine.figures.Records.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryFiguresTest {

    private static final double DAY = 24;

    static Stream<Arguments> counts() {
        return Stream.of(
                Arguments.of("nothing", new Records(), 0, 0, null),
                Arguments.of("one promoted", new Records().deploy("a", 5, 10, Outcome.PROMOTED), 1, 0, 0.0),
                Arguments.of(
                        "one of two rolled back",
                        new Records().deploy("a", 5, 10, Outcome.PROMOTED).deploy("b", 4, 10, Outcome.ROLLED_BACK),
                        1,
                        1,
                        0.5),
                Arguments.of(
                        "a roll back that failed is a failure, too few requests are none",
                        new Records()
                                .deploy("a", 5, 10, Outcome.INCONCLUSIVE)
                                .deploy("b", 4, 10, Outcome.ROLLBACK_FAILED)
                                .deploy("c", 3, 10, Outcome.PROMOTED)
                                .deploy("d", 2, 10, Outcome.PROMOTED),
                        3,
                        1,
                        0.25),
                Arguments.of(
                        "what never went to AWS, is not over or was lost from sight is neither",
                        new Records()
                                .stopped(null, 9, Outcome.REFUSED)
                                .stopped("a", 8, Outcome.ABORTED)
                                .deploy("b", 7, 10, Outcome.UNKNOWN)
                                .deploy("c", 6, 10, null),
                        0,
                        0,
                        null),
                Arguments.of(
                        "by its verdict's time",
                        new Records()
                                .deploy("a", 31 * DAY, 10, Outcome.PROMOTED)
                                .deploy("b", 30 * DAY + 1, 61, Outcome.PROMOTED),
                        1,
                        0,
                        0.0),
                Arguments.of(
                        "of a clock that is ahead, up to the newest",
                        new Records()
                                .deploy("a", -1 * DAY, 10, Outcome.PROMOTED)
                                .deploy("b", -20 * DAY, 10, Outcome.PROMOTED)
                                .deploy("c", -40 * DAY, 10, Outcome.ROLLED_BACK)
                                .deploy("d", -41 * DAY, 10, null),
                        1,
                        1,
                        0.5),
                Arguments.of(
                        "a redeployment is a deployment",
                        new Records().deploy("a", 5, 10, Outcome.PROMOTED).redeploy("a", 4, 10, Outcome.ROLLED_BACK),
                        1,
                        1,
                        0.5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void counts(String what, Records records, int live, int failed, Double rate) {
        DeliveryFigures figures = of(records);
        assertThat(figures.live()).isEqualTo(live);
        assertThat(figures.failed()).isEqualTo(failed);
        assertThat(figures.changeFailureRate()).isEqualTo(rate);
        assertThat(figures.perDay()).isCloseTo(live / 30.0, within(1e-9));
    }

    static Stream<Arguments> restoring() {
        return Stream.of(
                Arguments.of("no failure", new Records().deploy("a", 5, 10, Outcome.PROMOTED), null, null),
                Arguments.of(
                        "from verdict to verdict",
                        new Records().deploy("a", 5, 10, Outcome.ROLLED_BACK).deploy("b", 4, 10, Outcome.PROMOTED),
                        Duration.ofHours(1),
                        null),
                Arguments.of(
                        "several in a row are one, from the first",
                        new Records()
                                .deploy("a", 5, 10, Outcome.ROLLED_BACK)
                                .deploy("b", 4, 10, Outcome.ROLLBACK_FAILED)
                                .deploy("c", 3, 10, Outcome.PROMOTED),
                        Duration.ofHours(2),
                        null),
                Arguments.of(
                        "the median of two is their mean",
                        new Records()
                                .deploy("a", 9, 10, Outcome.ROLLED_BACK)
                                .deploy("b", 8, 10, Outcome.PROMOTED)
                                .deploy("c", 7, 10, Outcome.ROLLED_BACK)
                                .deploy("d", 4, 10, Outcome.PROMOTED),
                        Duration.ofHours(2),
                        null),
                Arguments.of(
                        "the median of three is the middle one",
                        new Records()
                                .deploy("a", 99, 10, Outcome.ROLLED_BACK)
                                .deploy("b", 9, 10, Outcome.PROMOTED)
                                .deploy("c", 7, 10, Outcome.ROLLED_BACK)
                                .deploy("d", 6, 10, Outcome.PROMOTED)
                                .deploy("e", 5, 10, Outcome.ROLLED_BACK)
                                .deploy("f", 3, 10, Outcome.PROMOTED),
                        Duration.ofHours(2),
                        null),
                Arguments.of(
                        "what is not mended yet is said so",
                        new Records()
                                .deploy("a", 5, 60, Outcome.ROLLED_BACK)
                                .deploy("b", 3, 60, Outcome.ROLLED_BACK)
                                .deploy("c", 1, 60, null),
                        null,
                        NOW.minus(Duration.ofHours(4))),
                Arguments.of(
                        "a redeployment mends",
                        new Records()
                                .deploy("a", 9, 10, Outcome.PROMOTED)
                                .deploy("b", 5, 10, Outcome.ROLLED_BACK)
                                .redeploy("a", 4, 10, Outcome.PROMOTED),
                        Duration.ofHours(1),
                        null),
                Arguments.of(
                        "failed before the window, mended in it",
                        new Records()
                                .deploy("a", 30 * DAY + 10, 10, Outcome.ROLLED_BACK)
                                .deploy("b", 30 * DAY - 10, 10, Outcome.PROMOTED),
                        Duration.ofHours(20),
                        null),
                Arguments.of(
                        "mended before the window",
                        new Records()
                                .deploy("a", 40 * DAY, 10, Outcome.ROLLED_BACK)
                                .deploy("b", 39 * DAY, 10, Outcome.PROMOTED),
                        null,
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void restoring(String what, Records records, Duration timeToRestore, Instant failingSince) {
        DeliveryFigures figures = of(records);
        assertThat(figures.timeToRestore()).isEqualTo(timeToRestore);
        assertThat(figures.failingSince()).isEqualTo(failingSince);
    }

    static Stream<Arguments> leading() {
        return Stream.of(
                Arguments.of("nothing live", new Records().deploy("a", 5, 10, Outcome.ROLLED_BACK), null),
                Arguments.of(
                        "from start to verdict",
                        new Records().deploy("a", 5, 10, Outcome.PROMOTED),
                        Duration.ofMinutes(10)),
                Arguments.of(
                        "from the first attempt, even a refused one that had its revision",
                        new Records()
                                .stopped("a", 8, Outcome.ABORTED)
                                .deploy("a", 7, 10, Outcome.ROLLED_BACK)
                                .deploy("a", 5, 60, Outcome.PROMOTED),
                        Duration.ofHours(4)),
                Arguments.of(
                        "only the first time; a redeployment is no new change",
                        new Records()
                                .deploy("a", 50, 10, Outcome.PROMOTED)
                                .deploy("b", 40, 30, Outcome.PROMOTED)
                                .redeploy("a", 30, 10, Outcome.PROMOTED)
                                .deploy("b", 20, 10, Outcome.PROMOTED),
                        Duration.ofMinutes(20)),
                Arguments.of(
                        "went live before the window already",
                        new Records()
                                .deploy("a", 40 * DAY, 10, Outcome.PROMOTED)
                                .deploy("a", 5, 10, Outcome.PROMOTED),
                        null),
                Arguments.of(
                        "first tried before the window",
                        new Records()
                                .deploy("a", 31 * DAY, 10, Outcome.ROLLED_BACK)
                                .deploy("a", DAY, 0, Outcome.PROMOTED),
                        Duration.ofDays(30)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void leading(String what, Records records, Duration leadTime) {
        assertThat(of(records).leadTime()).isEqualTo(leadTime);
    }

    private static DeliveryFigures of(Records records) {
        return DeliveryFigures.of(records.newestFirst(), NOW, DeliveryFigures.LAST_30_DAYS);
    }
}
