package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Phase;
import java.util.Optional;

/** What a deployment waits for that someone can end by promoting it. */
public final class Waiting {

    private Waiting() {}

    /** Empty where there is nothing to promote: it has not come so far, is rolling back or has ended. */
    public static Optional<Wait> of(DeploymentView view) {
        if (view.ended() || view.rollback() != null || view.phase() == Phase.ROLLING_BACK) {
            return Optional.empty();
        }
        if (ReadyGate.waits(view)) {
            return Optional.of(Wait.READY);
        }
        return view.phase() == Phase.BAKING ? Optional.of(Wait.TERMINATION) : Optional.empty();
    }

    /** Whether that wait is over or will not come any more, as far as the view has it: promoting it is of no use then. */
    public static boolean past(DeploymentView view, Wait wait) {
        boolean undone = view.rollback() != null || view.phase() == Phase.ROLLING_BACK;
        return view.ended() || undone || (wait == Wait.READY && ReadyGate.past(view));
    }
}
