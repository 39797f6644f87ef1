package io.jenkins.plugins.ecscanary.localaws.world;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Simulated time that stands still until a test advances it; timers run in the test's own thread, in order. */
public final class ManualTime implements SimTime {

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private long sequence;

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public double speed() {
        return 1;
    }

    @Override
    public synchronized Timer after(Duration delay, Duration wallFloor, Runnable action) {
        Entry entry = new Entry(now.plus(delay.isNegative() ? Duration.ZERO : delay), sequence++, action);
        queue.add(entry);
        return () -> {
            synchronized (this) {
                queue.remove(entry);
            }
        };
    }

    /** Moves on by {@code duration}, running every timer that falls due on the way, each at its own instant. */
    public void advance(Duration duration) {
        Instant end = now().plus(duration);
        while (true) {
            Entry due;
            synchronized (this) {
                due = queue.peek();
                if (due == null || due.at.isAfter(end)) {
                    now = end;
                    return;
                }
                queue.poll();
                if (due.at.isAfter(now)) {
                    now = due.at;
                }
            }
            due.action.run();
        }
    }

    /**
     * Moves on to the next timer and runs it and all that are due at the same instant: nothing can have changed before.
     *
     * @return how long that was
     * @throws IllegalStateException if there is none
     */
    public Duration advanceToNext() {
        Duration step;
        synchronized (this) {
            Entry next = queue.peek();
            if (next == null) {
                throw new IllegalStateException("no timer is left: nothing will ever happen");
            }
            step = next.at.isAfter(now) ? Duration.between(now, next.at) : Duration.ZERO;
        }
        advance(step);
        return step;
    }

    @Override
    public synchronized void close() {
        queue.clear();
    }

    private record Entry(Instant at, long sequence, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
