package io.jenkins.plugins.ecscanary.localaws.logs;

import java.util.Comparator;

/**
 * Where an event is among all events: in the order of their time stamps, and of their coming in where these are the same.
 * A position need not have an event: then it is one between events.
 *
 * @param timestamp milliseconds since the epoch
 * @param number of the event, counting all that ever came in
 */
record LogPosition(long timestamp, long number) implements Comparable<LogPosition> {

    static final LogPosition FIRST = new LogPosition(Long.MIN_VALUE, 0);
    static final LogPosition LAST = new LogPosition(Long.MAX_VALUE, 0);

    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::timestamp).thenComparingLong(LogPosition::number);

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }

    /** @param time milliseconds; null is the beginning of all */
    static LogPosition atOrAfter(Long time) {
        return time == null ? FIRST : new LogPosition(time, 0);
    }

    /** @param time milliseconds; null is the end of all */
    static LogPosition before(Long time) {
        return time == null ? LAST : new LogPosition(time, 0);
    }

    LogPosition next() {
        return new LogPosition(timestamp, number + 1);
    }
}
