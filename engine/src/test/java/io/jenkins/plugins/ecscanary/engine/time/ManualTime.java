package io.jenkins.plugins.ecscanary.engine.time;

import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;

/** Stands still until a test advances it; timers run in the test's thread, each at its own instant. */
public final class ManualTime implements EngineTime {

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private Instant now = Timelines.START;
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
    public void sync(Instant serverTime) {
        // the test says what time it is
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Entry entry = new Entry(now.plus(delay), sequence++, action);
        queue.add(entry);
        return () -> {
            synchronized (this) {
                queue.remove(entry);
            }
        };
    }

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

    /** As agreeing with AWS's clock does; timers stay as far away as they were. */
    public synchronized void setBack(Duration duration) {
        now = now.minus(duration);
        List<Entry> all = List.copyOf(queue);
        queue.clear();
        all.forEach(entry -> queue.add(new Entry(entry.at.minus(duration), entry.sequence, entry.action)));
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
