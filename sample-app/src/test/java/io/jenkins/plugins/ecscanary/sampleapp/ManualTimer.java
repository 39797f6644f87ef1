package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Later is when the test says so. */
final class ManualTimer implements Timer {

    record Entry(Duration delay, Runnable task) {
        void fire() {
            task.run();
        }
    }

    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();

    @Override
    public void after(Duration delay, Runnable task) {
        entries.add(new Entry(delay, task));
    }

    /** Waits until something asked to run later, and hands it over. */
    Entry next() throws InterruptedException {
        Entry entry = entries.poll(30, TimeUnit.SECONDS);
        assertThat(entry).as("something that is to run later").isNotNull();
        return entry;
    }

    int pending() {
        return entries.size();
    }
}
