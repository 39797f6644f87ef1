package io.jenkins.plugins.ecscanary.cli.demo;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What became of the requests sent in a stretch of time. Thread-safe. */
public final class Tally {

    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private long sent;
    private long answered;

    synchronized void sent() {
        sent++;
    }

    /** A request was answered with success. */
    synchronized void succeeded(String version) {
        versions.merge(version, 1L, Long::sum);
        done();
    }

    /** @param kind such as {@code HTTP 500} or {@code timed out} */
    synchronized void failed(String kind) {
        failures.merge(kind, 1L, Long::sum);
        done();
    }

    private void done() {
        answered++;
        notifyAll();
    }

    /**
     * Waits until all requests of this stretch are answered or have failed; nothing may be sent any more.
     *
     * @throws IllegalStateException if that takes longer than {@code most}
     */
    synchronized void awaitAnswers(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (answered < sent) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new IllegalStateException((sent - answered) + " requests were never answered");
            }
            wait(millis);
        }
    }

    public synchronized long requests() {
        return answered;
    }

    /** Successful answers by the version that gave them. */
    public synchronized Map<String, Long> versions() {
        return Map.copyOf(versions);
    }

    /** Failures by kind. */
    public synchronized Map<String, Long> failures() {
        return new TreeMap<>(failures);
    }

    public synchronized long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What users saw of it, in percent; 0 without requests. */
    public synchronized double errorShare() {
        return answered == 0 ? 0 : 100.0 * failed() / answered;
    }
}
