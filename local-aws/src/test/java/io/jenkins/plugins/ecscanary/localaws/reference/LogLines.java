package io.jenkins.plugins.ecscanary.localaws.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What a local AWS logs; a test waits for a line. */
final class LogLines implements Consumer<String> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<String> lines = new ArrayList<>();

    @Override
    public void accept(String line) {
        lock.lock();
        try {
            lines.add(line);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until there is a line that contains {@code part}. */
    String await(String part) throws InterruptedException {
        long left = TimeUnit.MINUTES.toNanos(5);
        lock.lock();
        try {
            for (int next = 0; ; next++) {
                while (next >= lines.size()) {
                    if (left <= 0) {
                        throw new AssertionError("no line with '" + part + "' in five minutes:\n" + this);
                    }
                    left = added.awaitNanos(left);
                }
                if (lines.get(next).contains(part)) {
                    return lines.get(next);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The last line so far that contains both. */
    String last(String part, String other) {
        lock.lock();
        try {
            for (int at = lines.size() - 1; at >= 0; at--) {
                if (lines.get(at).contains(part) && lines.get(at).contains(other)) {
                    return lines.get(at);
                }
            }
        } finally {
            lock.unlock();
        }
        throw new AssertionError("no line with '" + part + "' and '" + other + "':\n" + this);
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return String.join("\n", lines);
        } finally {
            lock.unlock();
        }
    }
}
