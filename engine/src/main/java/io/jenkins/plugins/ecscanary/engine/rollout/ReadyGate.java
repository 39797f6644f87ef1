package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Status;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GateOpened;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GatePassed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.GateRefused;
import io.jenkins.plugins.ecscanary.engine.view.Asked;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.GateView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The gate that a deployment group with the ready option STOP_DEPLOYMENT has before traffic shifts. AWS says that it waits
 * with the status Ready; any other status after that is its answer to how the wait ended.
 */
final class ReadyGate {

    /** AWS's word for a deployment that waits for someone. */
    private static final String READY = "Ready";

    private ReadyGate() {}

    static boolean waits(DeploymentView view) {
        return gate(view).filter(ReadyGate::waits).isPresent();
    }

    /** Traffic shifts after the wait: an answer that it waits is an older one then. Before, a pass may have been none. */
    static boolean outdated(DeploymentView view, Status status) {
        return READY.equals(status.word()) && view.working().shiftedAt() != null && !waits(view);
    }

    /** Whether somebody or something has ended that wait, or traffic shifts without there having been one. */
    static boolean past(DeploymentView view) {
        return gate(view).map(gate -> !waits(gate)).orElse(view.phase().ordinal() >= Phase.SHIFTING.ordinal());
    }

    static Optional<DeploymentEvent> event(DeploymentView view, Observation seen) {
        Status status = seen.status();
        if (status == null || status.progress() == Progress.GONE) {
            return Optional.empty();
        }
        boolean known = waits(view);
        if (READY.equals(status.word())) {
            return known
                    ? Optional.empty()
                    : Optional.of(new GateOpened(seen.at(), DeploymentEvent.READY_GATE, detail(view, seen.at())));
        }
        return known ? Optional.of(ended(view, seen, status)) : Optional.empty();
    }

    private static String detail(DeploymentView view, Instant opened) {
        Duration wait = view.working().readyWait();
        return "all is ready to shift traffic, someone has to promote it"
                + (wait.isZero() ? "" : "; AWS stops the deployment at " + opened.plus(wait) + " otherwise");
    }

    private static DeploymentEvent ended(DeploymentView view, Observation seen, Status status) {
        if (status.progress() == Progress.RUNNING || status.progress() == Progress.SUCCEEDED) {
            Asked by = view.working().readyPromotedBy();
            return by == null
                    ? new GatePassed(seen.at(), DeploymentEvent.READY_GATE, "someone in AWS", null)
                    : new GatePassed(seen.at(), DeploymentEvent.READY_GATE, by.who(), by.note());
        }
        Asked by = view.working().rollBackAsked();
        if (by != null) {
            return new GateRefused(seen.at(), DeploymentEvent.READY_GATE, by.who(), by.note());
        }
        Instant due = gate(view).orElseThrow().openedAt().plus(view.working().readyWait());
        boolean late = !view.working().readyWait().isZero() && !seen.at().isBefore(due);
        return new GateRefused(
                seen.at(),
                DeploymentEvent.READY_GATE,
                late ? "the time-out of the wait" : "AWS or someone in it",
                status.message());
    }

    private static boolean waits(GateView gate) {
        return gate.state().equals("WAITING");
    }

    private static Optional<GateView> gate(DeploymentView view) {
        return view.gates().stream()
                .filter(gate -> gate.name().equals(DeploymentEvent.READY_GATE))
                .findFirst();
    }
}
