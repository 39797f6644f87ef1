package io.jenkins.plugins.ecscanary.localaws.logs;

import java.time.Instant;

/** Hears every event that was taken in; called without any lock of {@link Logs}, on the thread that brought it. */
public interface LogTap {

    /** @param at when the line arrived, in simulated time */
    void fromTask(String logGroup, Instant at, String message);

    /** By PutLogEvents. */
    void fromClient(String logGroup, String message);

    static LogTap none() {
        return new LogTap() {
            @Override
            public void fromTask(String logGroup, Instant at, String message) {
                // nobody listens
            }

            @Override
            public void fromClient(String logGroup, String message) {
                // nobody listens
            }
        };
    }
}
