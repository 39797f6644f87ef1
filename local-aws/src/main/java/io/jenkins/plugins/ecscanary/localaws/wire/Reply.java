package io.jenkins.plugins.ecscanary.localaws.wire;

import java.time.Duration;

/**
 * How a request is answered.
 *
 * @param answer null if the connection is to be closed without one
 * @param delay how long the answer is held back, in wall-clock time
 * @param call what to tell, {@code took} not yet known; null if no operation was understood
 */
record Reply(WireAnswer answer, Duration delay, WireCall call) {

    static Reply of(WireAnswer answer) {
        return new Reply(answer, Duration.ZERO, null);
    }
}
