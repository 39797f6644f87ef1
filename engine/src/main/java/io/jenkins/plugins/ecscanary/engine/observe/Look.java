package io.jenkins.plugins.ecscanary.engine.observe;

/**
 * The kinds of looking at a deployment, each with its own call, cost and rhythm; where the budget is short, in this order.
 */
public enum Look {
    /**
     * Everything the verdict rests on, at one moment, of one deployment. First: what is looked at again and again would
     * otherwise take each call that may be made before it.
     */
    READ_BACK,
    /** Status and rollback of up to 25 deployments in one call. */
    STATUS,
    /** Lifecycle events and task sets of one deployment. */
    TARGET,
    /** Weights of up to 20 listeners in one call. */
    WEIGHTS,
    /** Target health of one deployment's replacement, the first time of its original too. */
    HEALTH,
    /** State of up to 100 alarms in one call. */
    ALARMS,
    /** Requests and errors of up to 500 series in one call. */
    METRICS,
    /** Stopped tasks of one service: two calls. */
    STOPPED;

    /** Whether the verdict rests on it; what the others show explains. */
    public boolean decides() {
        return this == READ_BACK || this == STATUS || this == WEIGHTS;
    }
}
