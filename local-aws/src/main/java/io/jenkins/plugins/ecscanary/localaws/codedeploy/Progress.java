package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.time.Instant;
import java.util.Map;

/**
 * How far a running deployment has come: together with its lifecycle events all that is needed to go on with it after a
 * restart. Guarded by the world's lock.
 */
final class Progress {

    /** What a deployment with no lifecycle event in progress is waiting for. */
    enum Wait {
        NONE,
        /** ContinueDeployment with READY_WAIT. */
        READY,
        /** The end of the original task set's grace. */
        TERMINATION
    }

    /** When the next timed step falls due; null if something else than time is waited for. */
    Instant due;

    /** When a replacement task set that is not steady yet fails the deployment; null outside of Install. */
    Instant installDeadline;

    /** How many shifts of production traffic have been made. */
    int shifts;

    Wait waiting = Wait.NONE;

    /** The hook that runs, or null. */
    HookExecution hook;

    boolean stopRequested;
    boolean rollBackRequested;

    /** The test listener's weights before the deployment; null before Install. */
    Map<String, Integer> testWeightsBefore;
}
