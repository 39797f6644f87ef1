package io.jenkins.plugins.ecscanary.engine.rollout;

import static io.jenkins.plugins.ecscanary.engine.timeline.Timelines.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Status;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GateOpened;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GatePassed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.StatusChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers about the wait before traffic shifts may be older than what is known. */
class ReadyGateTest {

    private static final Status READY = new Status(Progress.RUNNING, "Ready", null, null, null, null, null, null);

    @Test
    void anOlderAnswerOpensNoGateAgainOnceTrafficShifts() {
        assertThat(seen(passed().weight(210, 10))).isEmpty();
    }

    /** What passed it may have been an answer from before the wait. */
    @Test
    void untilThenItIsOpenedAgain() {
        assertThat(seen(passed())).hasAtLeastOneElementOfType(StatusChanged.class);
        assertThat(seen(passed())).hasAtLeastOneElementOfType(GateOpened.class);
    }

    private static Timelines passed() {
        return Timelines.started()
                .status(100, "Ready", null, null)
                .then(new GateOpened(at(100), DeploymentEvent.READY_GATE, "someone has to promote it"))
                .status(200, "InProgress", null, null)
                .then(new GatePassed(at(200), DeploymentEvent.READY_GATE, "ann", null));
    }

    private static List<DeploymentEvent> seen(Timelines timeline) {
        return Rollout.decide(timeline.view(), Observation.ofStatus(at(220), READY), at(220))
                .events();
    }
}
