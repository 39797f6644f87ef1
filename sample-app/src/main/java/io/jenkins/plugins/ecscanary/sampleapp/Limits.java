package io.jenkins.plugins.ecscanary.sampleapp;

import java.time.Duration;

/**
 * How much work is taken on at once. Beyond it a page request is answered 503 with {@code Retry-After}; health, version and metrics are
 * never queued, which is why there must be more threads than pages handled at once.
 *
 * @param threads most threads of the server, all its own included
 * @param concurrentPages most page requests being handled at once
 * @param queuedPages most page requests waiting for one of those to finish
 * @param longestWait how long one waits at most
 * @param connections most open connections; further ones wait in the operating system's backlog
 */
public record Limits(int threads, int concurrentPages, int queuedPages, Duration longestWait, int connections) {

    /** Fits half a virtual CPU and a heap of 64 MB. */
    public static final Limits DEFAULT = new Limits(32, 16, 128, Duration.ofSeconds(1), 1024);

    /** The acceptor, the selector, Jetty's reserve and a few that answer health and say 503. */
    private static final int OTHER_THREADS = 6;

    public Limits {
        if (concurrentPages < 1 || threads < concurrentPages + OTHER_THREADS) {
            throw new IllegalArgumentException("threads must be at least concurrentPages + " + OTHER_THREADS);
        }
    }
}
