package io.jenkins.plugins.ecscanary.jenkins.step;

import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;

/** Whether a deployment is lost already, before its verdict is there. */
final class RollingBack {

    private RollingBack() {}

    /** AWS rolls it back, or somebody has asked for it: AWS may not answer just now, but nobody is to go on with it. */
    static boolean is(DeploymentView now) {
        return !now.ended()
                && (now.phase() == DeploymentView.Phase.ROLLING_BACK
                        || now.working().rollBackAsked() != null);
    }
}
