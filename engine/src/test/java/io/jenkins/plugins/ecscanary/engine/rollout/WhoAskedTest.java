package io.jenkins.plugins.ecscanary.engine.rollout;

import static io.jenkins.plugins.ecscanary.engine.timeline.Timelines.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Health;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Status;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Weights;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.AlarmChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Measured;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RollbackStarted;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Warned;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stopped a deployment, where someone has asked to roll it back as well. */
class WhoAskedTest {

    private static final DeploymentEvent ANN = new OperatorActed(at(305), "ann", "ROLL_BACK", "it is red");

    @Test
    void anAlarmThatAwsStoppedItForIsTheCauseWhoeverAskedToo() {
        Timelines asked = red().then(ANN).status(310, "Stopped", "ALARM_ACTIVE", "alarms");
        assertThat(end(undone(asked, "ALARM_ACTIVE")).cause())
                .isEqualTo("alarm web-b-success-rate: 97.1; also asked for by ann: it is red");
    }

    @Test
    void whoAskedAfterAwsHadStoppedItIsNotTheCauseAndIsTold() {
        Timelines asked = red().status(300, "Stopped", "ALARM_ACTIVE", "alarms").then(ANN);
        List<DeploymentEvent> events = undone(asked, "ALARM_ACTIVE");
        assertThat(end(events).cause()).isEqualTo("alarm web-b-success-rate: 97.1");
        assertThat(warnings(events))
                .containsExactly(
                        "ann asked to roll back, but the deployment had been stopped for another reason before");
        asked.then(new Warned(at(400), warnings(events).get(0)));
        assertThat(warnings(undone(asked, "ALARM_ACTIVE"))).as("once").isEmpty();
    }

    @Test
    void whoAskedAfterSomeoneHadStoppedItInAwsIsNotTheCauseEither() {
        Timelines asked = red().status(300, "Stopped", "MANUAL_STOP", "by hand").then(ANN);
        assertThat(end(undone(asked, "MANUAL_STOP")).cause())
                .isEqualTo("someone stopped the deployment in AWS: by hand");
    }

    @Test
    void aFailureOfItsOwnIsTheCauseToo() {
        Timelines asked = Timelines.started().then(ANN).status(310, "Failed", "TIMEOUT", "The deployment timed out");
        assertThat(end(undone(asked, "TIMEOUT")).cause())
                .isEqualTo("The deployment timed out; also asked for by ann: it is red");
    }

    @Test
    void whoAsksWhenAwsHasCompletedItIsToldThatItIsTooLate() {
        Timelines before = promoted().then(ANN).status(990, "Succeeded", null, null);
        Timelines after = promoted()
                .status(990, "Succeeded", null, null)
                .then(new OperatorActed(at(991), "ann", "ROLL_BACK", null));
        for (Timelines asked : List.of(before, after)) {
            List<DeploymentEvent> events = Rollout.decide(asked.view(), readBack("Succeeded", null, 0, 100), at(1000))
                    .events();
            assertThat(end(events).outcome()).isEqualTo(Outcome.PROMOTED);
            assertThat(warnings(events))
                    .containsExactly(
                            "ann asked to roll back, but AWS has completed the deployment: nothing is rolled back");
        }
    }

    @Test
    void itIsToldAtOnceNotWithTheVerdict() {
        Timelines silent = Timelines.started()
                .weight(140, 10)
                .weight(692, 100)
                .status(700, "Succeeded", null, null)
                .then(new OperatorActed(at(701), "ann", "ROLL_BACK", null));
        assertThat(Rollout.decide(silent.view(), Observation.nothing(at(701)), at(701))
                        .events())
                .singleElement()
                .isInstanceOf(Warned.class);
    }

    private static Timelines red() {
        return Timelines.started()
                .weight(140, 10)
                .then(new AlarmChanged(at(300), "web-b-success-rate", "ALARM", "97.1", at(299)));
    }

    private static Timelines promoted() {
        return Timelines.started()
                .weight(140, 10)
                .weight(692, 100)
                .then(new Measured(at(400), Side.REPLACEMENT, at(180), 200, 0));
    }

    private static List<DeploymentEvent> undone(Timelines timeline, String code) {
        Timelines named = timeline.copy().then(new RollbackStarted(at(311), "d-ROLLBACK1", "cause"));
        Observation seen = readBack(named.view().working().status(), code, 100, 0);
        return Rollout.decide(named.view(), seen, at(1000)).events();
    }

    private static Observation readBack(String word, String code, int original, int replacement) {
        boolean undone = code != null;
        Status status = new Status(
                Progress.of(word),
                word,
                code,
                code == null ? null : message(code),
                undone ? "d-ROLLBACK1" : null,
                undone ? Progress.SUCCEEDED : null,
                undone ? at(330) : null,
                null);
        return new Observation(
                at(1000),
                status,
                null,
                new Weights(original, replacement),
                null,
                List.of(new Health(Side.REPLACEMENT, 2, 2, List.of())),
                null,
                List.of(),
                List.of());
    }

    private static String message(String code) {
        return switch (code) {
            case "TIMEOUT" -> "The deployment timed out";
            case "MANUAL_STOP" -> "by hand";
            default -> "alarms";
        };
    }

    private static Verdict end(List<DeploymentEvent> events) {
        return ((Ended) events.get(events.size() - 1)).verdict();
    }

    private static List<String> warnings(List<DeploymentEvent> events) {
        return events.stream()
                .filter(Warned.class::isInstance)
                .map(event -> ((Warned) event).text())
                .toList();
    }
}
