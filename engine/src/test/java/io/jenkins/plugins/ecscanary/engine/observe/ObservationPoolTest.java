package io.jenkins.plugins.ecscanary.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.TargetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.TargetTaskSetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation;
import io.jenkins.plugins.ecscanary.engine.time.ManualTime;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ObservationPoolTest {

    private final ManualTime time = new ManualTime();
    private final FakeAws aws = FakeAws.shop().deployment("d-A1B2C3D4E", "InProgress", "ecs-canary");
    private final ObservationPool pool =
            new ObservationPool(aws, time, Runnable::run, new CallBudget(new Random(1), time.now()));

    @Test
    void deploymentsAreLookedAtTogether() {
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(watch(Timelines.started().weight(0, 10)));
        }
        time.advance(Duration.ofMinutes(1));
        // At most one status call for each time one of them was due, though all ten were told.
        assertThat(all).allMatch(seen -> seen.count(Observation::status) >= 2);
        assertThat(aws.count("deployments")).isLessThanOrEqualTo(all.get(0).count(Observation::status) + 1L);
        assertThat(aws.count("listeners")).isLessThanOrEqualTo(all.get(0).count(Observation::weights) + 2L);
    }

    @Test
    void nothingIsAskedAboutWeightsBetweenTwoShiftsThatAreDue() {
        watch(Timelines.started().weight(0, 10)); // the next is due at 60 s
        time.advance(Duration.ofSeconds(6));
        long before = aws.count("listeners");
        assertThat(before).isPositive();
        time.advance(Duration.ofSeconds(53));
        assertThat(aws.count("listeners")).isEqualTo(before);
        time.advance(Duration.ofSeconds(6));
        assertThat(aws.count("listeners")).isGreaterThanOrEqualTo(before + 3);
    }

    @Test
    void aRedAlarmIsFollowedClosely() {
        watch(Timelines.started().weight(0, 10));
        time.advance(Duration.ofSeconds(30));
        long calm = aws.count("deployments");
        watch(Timelines.started()
                .weight(0, 10)
                .then(new DeploymentEvent.AlarmChanged(
                        Timelines.at(0), "web-b-success-rate", "ALARM", "red", Timelines.at(0))));
        time.advance(Duration.ofSeconds(30));
        assertThat(aws.count("deployments") - calm).isGreaterThan(10);
    }

    /** CodeDeploy's budget is spent by the many whose targets are looked at again and again. */
    @Test
    void aVerdictIsNotKeptWaitingByWhatOnlyTells() {
        for (int i = 0; i < 40; i++) {
            watch(Timelines.started());
        }
        time.advance(Duration.ofMinutes(2));
        Seen over = watch(Timelines.started().weight(0, 100).status(120, "Succeeded", null, null));
        time.advance(Duration.ofSeconds(10));
        assertThat(over.count(Observation::health)).isPositive();
    }

    @Test
    void aFailedLookIsToldAndTriedAgainLaterAndLater() {
        aws.failAlways("deployments", FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException"));
        Seen seen = watch(Timelines.started());
        time.advance(Duration.ofMinutes(2));
        assertThat(seen.failures).isNotEmpty().allMatch(failure -> failure.kind() == AwsFailure.Kind.THROTTLED);
        assertThat(aws.count("deployments")).isBetween(4L, 24L);
        aws.heal();
        int before = seen.count(Observation::status);
        time.advance(Duration.ofSeconds(40));
        assertThat(seen.count(Observation::status)).isGreaterThan(before);
    }

    @Test
    void aTaskSetThatIsNotSaidToBeTheReplacementsIsNot() {
        aws.target(
                "d-A1B2C3D4E",
                new TargetSeen(
                        "InProgress",
                        List.of(),
                        List.of(
                                new TargetTaskSetSeen("ecs-svc/1", null, "PRIMARY", 100, 2, 2, 0, "web-a"),
                                new TargetTaskSetSeen("ecs-svc/2", "Green", "ACTIVE", 0, 3, 1, 2, "web-b"),
                                new TargetTaskSetSeen("ecs-svc/3", "Blue", "PRIMARY", 100, 4, 4, 0, "web-a"),
                                new TargetTaskSetSeen("ecs-svc/4", "Teal", "ACTIVE", 0, 5, 5, 0, "web-a"))));
        Seen seen = watch(Timelines.started());
        time.advance(Duration.ofSeconds(10));
        assertThat(seen.observations)
                .filteredOn(observation -> observation.tasks() != null)
                .first()
                .satisfies(first -> assertThat(first.tasks())
                        .containsExactly(
                                new Observation.Tasks(Side.REPLACEMENT, 3, 1, 2, "web-b"),
                                new Observation.Tasks(Side.ORIGINAL, 4, 4, 0, "web-a")));
    }

    @Test
    void aTargetThatDrainsCountsNeitherWayWellOrIll() {
        aws.health(FakeAws.GROUP_B, "healthy", "unhealthy.draining", "draining", "unhealthy");
        Seen seen = watch(Timelines.started());
        time.advance(Duration.ofSeconds(10));
        assertThat(seen.observations)
                .filteredOn(observation -> observation.health() != null)
                .first()
                .satisfies(first -> assertThat(first.health())
                        .filteredOn(health -> health.side() == Side.REPLACEMENT)
                        .singleElement()
                        .satisfies(health -> {
                            assertThat(health.healthy()).isEqualTo(1);
                            assertThat(health.total()).isEqualTo(2);
                        }));
    }

    @Test
    void aClockThatIsSetBackBlindsNothing() {
        Seen seen = watch(Timelines.started());
        time.advance(Duration.ofMinutes(10));
        int before = seen.count(Observation::weights);
        time.setBack(Duration.ofMinutes(5));
        pool.poke();
        time.advance(Duration.ofSeconds(20));
        assertThat(seen.count(Observation::weights)).isGreaterThan(before + 2);
    }

    @Test
    void whatOneCanNoLongerBeAskedDoesNotSpoilTheOthersAnswers() {
        Seen sound = watch(Timelines.started());
        aws.failNext("listeners", FakeAws.failure(AwsFailure.Kind.NOT_FOUND, "ListenerNotFound"));
        Seen other = watch(Timelines.started());
        time.advance(Duration.ofSeconds(6));
        assertThat(sound.count(Observation::weights)).isPositive();
        assertThat(other.count(Observation::weights)).isPositive();
        assertThat(sound.failures).isEmpty();
    }

    @Test
    void askingForEachAloneIsPaidForAndSurvivesWhateverComes() {
        CallBudget budget = new CallBudget(new Random(1), time.now());
        ObservationPool one = new ObservationPool(aws, time, Runnable::run, budget);
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            all.add(new Seen(Timelines.started()));
        }
        all.forEach(one::add);
        time.advance(Duration.ofSeconds(30)); // the bucket is full again
        aws.failNext("listeners", FakeAws.failure(AwsFailure.Kind.NOT_FOUND, "ListenerNotFound"));
        AtomicInteger alone = new AtomicInteger();
        aws.before("listeners", () -> {
            if (alone.incrementAndGet() == 3) {
                throw new IllegalStateException("an answer like no other");
            }
        });
        while (alone.get() == 0) {
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(alone.get()).isEqualTo(1 + all.size());
        assertThat(budget.earliest(Look.WEIGHTS, time.now())).isAfter(time.now());
        List<Integer> before =
                all.stream().map(seen -> seen.count(Observation::weights)).toList();
        time.advance(Duration.ofSeconds(60));
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).count(Observation::weights)).as("number " + i).isGreaterThan(before.get(i));
        }
    }

    @Test
    void aSlowCallDelaysNothingButItself() {
        Deque<Runnable> started = new ArrayDeque<>();
        ObservationPool slow = new ObservationPool(aws, time, started::add, new CallBudget(new Random(1), time.now()));
        Seen seen = new Seen(Timelines.started());
        time.advance(Duration.ofSeconds(6));
        slow.add(seen);
        Runnable hanging = started.poll(); // status never answers
        while (!started.isEmpty()) {
            started.poll().run();
        }
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(2));
            while (!started.isEmpty()) {
                started.poll().run();
            }
        }
        assertThat(hanging).isNotNull();
        assertThat(seen.count(Observation::status)).isZero();
        assertThat(seen.count(Observation::weights)).isGreaterThan(5);
    }

    /** Their calls were all within the rates when they were planned; at once they would be no more. */
    @Test
    void callsThatCannotGoOutDoNotPileUp() {
        Deque<Runnable> stalled = new ArrayDeque<>();
        ObservationPool slow = new ObservationPool(aws, time, stalled::add, new CallBudget(new Random(1), time.now()));
        for (int i = 0; i < 40; i++) {
            slow.add(new Seen(Timelines.started()));
        }
        time.advance(Duration.ofMinutes(5));
        int twoOfEachRate = 12;
        assertThat(stalled).hasSizeBetween(2, twoOfEachRate);
        for (int i = 0; i < 200; i++) {
            stalled.remove().run();
            assertThat(stalled).hasSizeBetween(1, twoOfEachRate);
            time.advance(Duration.ofSeconds(2));
        }
    }

    @Test
    void whatIsRemovedIsNotLookedAt() {
        Seen seen = watch(Timelines.started());
        pool.remove(seen);
        int before = seen.observations.size();
        time.advance(Duration.ofMinutes(5));
        assertThat(seen.observations).hasSize(before);
    }

    @Test
    void ratesCountErrorsAsTheAlarmDoesAndLeaveOutTheMinuteThatIsNotOver() {
        Instant shift = Timelines.at(0);
        String group = "targetgroup/web-b/73e2d6bc24d8a067";
        aws.metric("RequestCount", group, shift, 200)
                .metric("HTTPCode_Target_5XX_Count", group, shift, 3)
                .metric("TargetConnectionErrorCount", group, shift, 2)
                .metric("HTTPCode_Target_5XX_Count", group, shift.plusSeconds(60), 9) // requests not in yet
                .metric("RequestCount", group, shift.plusSeconds(120), 10); // not over
        Seen seen = watch(Timelines.started().weight(0, 10));
        time.advance(Duration.ofSeconds(121));
        List<Observation.Rate> rates = seen.observations.stream()
                .filter(observation -> observation.rates() != null)
                .reduce((first, second) -> second)
                .orElseThrow()
                .rates();
        assertThat(rates)
                .containsExactly(new Observation.Rate(
                        io.jenkins.plugins.ecscanary.engine.model.Side.REPLACEMENT, shift, 200, 5));
    }

    private Seen watch(Timelines timeline) {
        Seen seen = new Seen(timeline);
        pool.add(seen);
        return seen;
    }

    /** A deployment that stays where it is, whatever is seen. */
    private static final class Seen implements Watched {
        private final DeploymentView view;
        private final List<Observation> observations = new ArrayList<>();
        private final List<AwsFailure> failures = new ArrayList<>();

        Seen(Timelines timeline) {
            view = timeline.view();
        }

        int count(java.util.function.Function<Observation, ?> part) {
            return (int) observations.stream()
                    .filter(observation -> part.apply(observation) != null)
                    .count();
        }

        @Override
        public DeploymentView view() {
            return view;
        }

        @Override
        public void seen(Look look, Observation observation) {
            observations.add(observation);
        }

        @Override
        public void failed(Look look, AwsFailure failure) {
            failures.add(failure);
        }
    }
}
