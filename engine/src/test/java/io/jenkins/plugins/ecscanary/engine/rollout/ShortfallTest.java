package io.jenkins.plugins.ecscanary.engine.rollout;

import static io.jenkins.plugins.ecscanary.engine.timeline.Timelines.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Health;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Rate;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Status;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Weights;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Measured;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Warned;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a replacement that AWS has completed below the threshold of 99.5 % in two periods with 50 requests. */
class ShortfallTest {

    /** Requests and errors in the minutes of the shift → what the verdict says beyond the usual, or null. */
    static Stream<Arguments> shifts() {
        return Stream.of(
                Arguments.of("good", List.of(200, 0, 200, 1), null),
                Arguments.of("exactly as wanted", List.of(200, 1, 200, 1), null),
                Arguments.of(
                        "nearly all fail",
                        List.of(6000, 2400, 6000, 2400),
                        "60 % of 12000 requests succeeded, below the"),
                Arguments.of("all fail", List.of(200, 200, 200, 200), "0 % of 400 requests succeeded"),
                Arguments.of("a hair below is not rounded up", List.of(10_000, 51), "99.49 % of 10000 requests"),
                Arguments.of("bad at first, too much of it", List.of(200, 100, 200, 0, 200, 0), "83.33 % of 600"),
                Arguments.of(
                        "bad in the end only",
                        List.of(100_000, 0, 200, 4, 200, 4),
                        "98 % of 400 requests in the last 2 periods succeeded, below the 99.5 %"),
                Arguments.of("one bad period in the end", List.of(100_000, 0, 200, 0, 200, 4), null),
                Arguments.of("one bad period in the middle", List.of(100_000, 0, 200, 4, 200, 0), null),
                Arguments.of("few requests say nothing of the end", List.of(100_000, 0, 200, 4, 10, 5), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shifts")
    void aPromotionBelowTheThresholdSaysSoAndStaysOne(String name, List<Integer> minutes, String words) {
        Timelines timeline = shifted(Timelines.started(), minutes).status(990, "Succeeded", null, null);
        List<DeploymentEvent> events = decided(timeline, readBack("Succeeded", List.of()));
        Verdict verdict = end(events);
        assertThat(verdict.outcome()).isEqualTo(Outcome.PROMOTED);
        if (words == null) {
            assertThat(verdict.cause()).isEqualTo("all traffic is on web:12, 2 of 2 targets healthy");
            assertThat(events).noneMatch(Warned.class::isInstance);
        } else {
            assertThat(verdict.cause())
                    .startsWith("all traffic is on web:12, 2 of 2 targets healthy, but ")
                    .contains(words)
                    .endsWith("and no alarm stopped it");
            assertThat(events.get(events.size() - 2))
                    .isInstanceOfSatisfying(Warned.class, warned -> assertThat(warned.text())
                            .contains("web:12", words, "alarms stop a deployment"));
        }
    }

    @Test
    void whatIsNewsOfTheReadBackCounts() {
        Timelines timeline = shifted(Timelines.started(), List.of(200, 0)).status(990, "Succeeded", null, null);
        List<DeploymentEvent> events =
                decided(timeline, readBack("Succeeded", List.of(new Rate(Side.REPLACEMENT, at(900), 200, 100))));
        assertThat(end(events).cause()).contains("75 % of 400 requests");
    }

    @Test
    void whatCameBeforeTheShiftOrIsTheOriginalsDoesNot() {
        Timelines timeline =
                Timelines.started().then(new Measured(at(70), Side.REPLACEMENT, at(0), 200, 200)); // a smoke test's
        shifted(timeline, List.of(200, 0))
                .then(new Measured(at(200), Side.ORIGINAL, at(120), 500, 500))
                .status(990, "Succeeded", null, null);
        assertThat(decided(timeline, readBack("Succeeded", List.of()))).noneMatch(Warned.class::isInstance);
    }

    @Test
    void aProvisionalPromotionSaysItToo() {
        Timelines timeline =
                shifted(Timelines.started(DeploymentOptions.DEFAULT.withWaitFor(WaitFor.SHIFTED)), List.of(200, 100));
        Verdict verdict = end(decided(timeline, readBack("InProgress", List.of())));
        assertThat(verdict.provisional()).isTrue();
        assertThat(verdict.cause()).contains("50 % of 200 requests", "and no alarm stopped it; provisional");
    }

    @Test
    void whereNoAlarmWatchesThatIsSaid() {
        Timelines timeline = Timelines.started()
                .then(new DeploymentEvent.SidesKnown(
                        at(6),
                        FakeAws.LISTENER,
                        FakeAws.LOAD_BALANCER,
                        FakeAws.GROUP_A,
                        Timelines.OLD,
                        FakeAws.GROUP_B,
                        List.of()));
        shifted(timeline, List.of(200, 100)).status(990, "Succeeded", null, null);
        assertThat(end(decided(timeline, readBack("Succeeded", List.of()))).cause())
                .endsWith("and no alarm watched it");
    }

    @Test
    void whoTakesTheRecordUpInBetweenDoesNotSayItAgain() {
        Timelines timeline = shifted(Timelines.started(), List.of(200, 100)).status(990, "Succeeded", null, null);
        Observation readBack = readBack("Succeeded", List.of());
        List<DeploymentEvent> events = new ArrayList<>(decided(timeline, readBack));
        timeline.then(events.get(events.size() - 2)); // killed right after it
        assertThat(decided(timeline, readBack)).noneMatch(Warned.class::isInstance);
        assertThat(end(decided(timeline, readBack)).cause()).contains("50 % of 200 requests");
    }

    /** Shifted in a minute, and then these requests and errors, a minute each. */
    private static Timelines shifted(Timelines timeline, List<Integer> minutes) {
        timeline.weight(130, 10).weight(190, 100);
        for (int i = 0; i < minutes.size(); i += 2) {
            timeline.then(new Measured(
                    at(250 + 30L * i), Side.REPLACEMENT, at(120 + 30L * i), minutes.get(i), minutes.get(i + 1)));
        }
        return timeline;
    }

    private static List<DeploymentEvent> decided(Timelines timeline, Observation seen) {
        return Rollout.decide(timeline.view(), seen, at(1000)).events();
    }

    private static Verdict end(List<DeploymentEvent> events) {
        return ((Ended) events.get(events.size() - 1)).verdict();
    }

    private static Observation readBack(String status, List<Rate> rates) {
        return new Observation(
                at(1000),
                new Status(Progress.of(status), status, null, null, null, null, null, null),
                null,
                new Weights(0, 100),
                null,
                List.of(new Health(Side.REPLACEMENT, 2, 2, List.of())),
                null,
                rates,
                null);
    }
}
