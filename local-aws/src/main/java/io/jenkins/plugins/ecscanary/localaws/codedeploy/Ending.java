package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.util.Optional;

/** Told when a deployment is over. */
@FunctionalInterface
interface Ending {

    /** @param traffic empty if the deployment never got as far as the listeners */
    void ended(Deployment deployment, Cause cause, Optional<TrafficShift> traffic);

    /** Why it is over. */
    enum Cause {
        SUCCESS,
        FAILURE,
        ALARM,
        REQUEST,
        REQUEST_WITH_ROLLBACK,
        /** It was Ready and nobody continued it. */
        NOT_CONTINUED
    }
}
