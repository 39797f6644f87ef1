package io.jenkins.plugins.ecscanary.sampleapp;

import java.time.Duration;

/** Runs something later, on another thread. Tests put their own in, and decide when later is. */
@FunctionalInterface
public interface Timer {
    void after(Duration delay, Runnable task);
}
