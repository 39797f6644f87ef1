package io.jenkins.plugins.ecscanary.sampleapp;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs page requests that were answered 5xx, at most ten a second (the next line says how many were left out), and one in a thousand of
 * the others. No query string: it may hold secrets.
 */
final class AccessLog {

    private static final int ERRORS_PER_SECOND = 10;
    private static final int SAMPLE_ONE_IN = 1000;

    private final EventLog log;
    private final Clock clock;
    private long second;
    private int errorsThisSecond;
    private long suppressed;
    private final AtomicLong others = new AtomicLong();

    AccessLog(EventLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void page(String method, String path, int status, long nanos) {
        // Nearly all requests end here: they must not wait for each other.
        if (status < 500 && others.getAndIncrement() % SAMPLE_ONE_IN != 0) {
            return;
        }
        long leftOut;
        synchronized (this) {
            if (status >= 500 && !errorIsDue()) {
                return;
            }
            leftOut = suppressed;
            suppressed = 0;
        }
        EventLog.Line line = log.event("request")
                .with("method", method)
                .with("path", path)
                .with("status", status)
                .with("ms", TimeUnit.NANOSECONDS.toMillis(nanos));
        if (leftOut > 0) {
            line.with("errors_not_logged", leftOut);
        }
        line.write();
    }

    private boolean errorIsDue() {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            errorsThisSecond = 0;
        }
        if (errorsThisSecond < ERRORS_PER_SECOND) {
            errorsThisSecond++;
            return true;
        }
        suppressed++;
        return false;
    }
}
