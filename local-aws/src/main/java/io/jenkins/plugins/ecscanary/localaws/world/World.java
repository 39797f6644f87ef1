package io.jenkins.plugins.ecscanary.localaws.world;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all services of a local AWS share: account and region, simulated time, one lock, ids and the log of state
 * changes.
 *
 * <p>The control plane is guarded by a single lock: every operation and every timer runs under it, so state changes have
 * one order, as the log shows it. Nothing slow (starting a process, asking for health, proxying a request) happens while
 * it is held; such work reports back through {@link #report}. The data plane never takes the lock: it reads immutable
 * snapshots that the control plane publishes.
 *
 * <p>Closed, it stands still: no timer runs and no report counts, so what ends with this process is not taken for an
 * outcome. Whoever calls is still answered.
 */
public final class World implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final String account;
    private final String region;
    private final SimTime time;
    private final Ids ids;
    private final Consumer<String> log;
    private final AtomicLong changes = new AtomicLong();
    private boolean closed;

    /**
     * @param account twelve digits
     * @param region an AWS region name, such as {@code eu-central-1}
     * @param log gets one readable line for every change of state, without a time stamp
     */
    public World(String account, String region, SimTime time, Ids ids, Consumer<String> log) {
        this.account = account;
        this.region = region;
        this.time = time;
        this.ids = ids;
        this.log = log;
    }

    public String account() {
        return account;
    }

    public String region() {
        return region;
    }

    public Instant now() {
        return time.now();
    }

    public SimTime time() {
        return time;
    }

    public Ids ids() {
        return ids;
    }

    /** {@code arn:aws:<service>:<region>:<account>:<resource>}. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** Logs a change of state; called where the state changes. */
    public void log(String format, Object... args) {
        log.accept(format.formatted(args));
    }

    public <T> T call(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            try {
                changes.incrementAndGet();
            } finally {
                lock.unlock();
            }
        }
    }

    public void run(Runnable action) {
        call(() -> {
            action.run();
            return null;
        });
    }

    /** As {@link #run}, for what happened on the machine by itself; nothing is run once this is closed. */
    public void report(Runnable result) {
        run(() -> {
            if (!closed) {
                result.run();
            }
        });
    }

    /** As {@link #call}, for who changes nothing. */
    public <T> T look(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Grows whenever something may have changed: where it is the same, nothing has. */
    public long changes() {
        return changes.get();
    }

    /** Runs {@code action} under the lock, {@code delay} of simulated time from now. */
    public SimTime.Timer after(Duration delay, Runnable action) {
        return time.after(delay, () -> report(action));
    }

    /** As {@link #after(Duration, Runnable)}, but not before {@code wallFloor} of wall-clock time has passed. */
    public SimTime.Timer after(Duration delay, Duration wallFloor, Runnable action) {
        return time.after(delay, wallFloor, () -> report(action));
    }

    /** What runs just then comes to its end first. May be called again. */
    @Override
    public void close() {
        run(() -> closed = true);
        time.close();
    }
}
