package io.jenkins.plugins.ecscanary.cli.page;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a page is open somewhere, and whether it has seen the end. */
final class Readers {

    /** A page polls every second or two; one silent for longer is closed. */
    private static final Duration OPEN = Duration.ofSeconds(10);

    private final CountDownLatch endRead = new CountDownLatch(1);
    private volatile Long lastReadNanos;

    void read(boolean ended) {
        lastReadNanos = System.nanoTime();
        if (ended) {
            endRead.countDown();
        }
    }

    void awaitLastRead(Duration most) throws InterruptedException {
        Long last = lastReadNanos;
        if (last != null && System.nanoTime() - last < OPEN.toNanos()) {
            boolean seen = endRead.await(most.toNanos(), TimeUnit.NANOSECONDS);
            if (!seen) {
                lastReadNanos = null;
            }
        }
    }
}
