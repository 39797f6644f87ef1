package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that serves sockets. A client's connection and those to targets that its requests take belong to one loop, so
 * nothing of a request is ever handed from one thread to another.
 */
final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** Something a loop watches. All of it is called on the loop's thread. */
    interface Watched {
        /** Its channel can do what it was waiting for. An exception closes it. */
        void ready() throws IOException;

        /** In terms of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none. */
        long deadline();

        /** The deadline has passed. */
        void expired();

        /** Gives everything up. */
        void close();
    }

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final TargetPool targets;
    private volatile boolean stopping;
    private volatile boolean ended;
    /** No deadline is before this. */
    private long nearest = Long.MAX_VALUE;

    Loop(String name, ProxySettings settings) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("opening a selector", e);
        }
        targets = new TargetPool(this, settings);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    TargetPool targets() {
        return targets;
    }

    /** Runs {@code task} on the loop's thread, soon. */
    void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runTasks(); // nobody else will
        } else if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Runs {@code task} on the loop's thread and waits for its end. */
    void call(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        done.join();
    }

    SelectionKey watch(SelectableChannel channel, int operations, Watched watched) throws ClosedChannelException {
        return channel.register(selector, operations, watched);
    }

    /** To be called with every deadline that may be the next one. */
    void due(long deadline) {
        nearest = Math.min(nearest, deadline);
    }

    /** Closes what {@code which} names and lets go of its sockets at once. On the loop's thread. */
    void close(Predicate<Watched> which) {
        if (!selector.isOpen()) {
            return; // all is closed
        }
        for (SelectionKey key : selector.keys().toArray(SelectionKey[]::new)) {
            Watched watched = (Watched) key.attachment();
            if (which.test(watched)) {
                watched.close();
            }
        }
        release();
    }

    /** A closed channel's socket is given up by the next selection only. */
    void release() {
        try {
            selector.selectNow(key -> {}); // what is ready stays so
        } catch (IOException e) {
            throw new UncheckedIOException("selecting", e);
        }
    }

    private void run() {
        while (!stopping) {
            try {
                long wait = nearest == Long.MAX_VALUE ? 0 : untilNearest();
                selector.select(Loop::ready, wait);
                runTasks();
                if (nearest != Long.MAX_VALUE && System.nanoTime() - nearest >= 0) {
                    expire();
                }
            } catch (IOException e) {
                LOG.error("selecting failed", e);
            }
        }
        close(watched -> true);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("a selector did not close cleanly", e);
        }
        ended = true;
        runTasks();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    private long untilNearest() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nearest - System.nanoTime()) + 1);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task failed", e);
        }
    }

    private static void ready(SelectionKey key) {
        Watched watched = (Watched) key.attachment();
        if (!key.isValid()) {
            return;
        }
        try {
            watched.ready();
        } catch (IOException e) {
            watched.close();
        } catch (RuntimeException e) {
            LOG.error("serving a connection failed", e);
            watched.close();
        }
    }

    private void expire() {
        long now = System.nanoTime();
        nearest = Long.MAX_VALUE;
        for (SelectionKey key : selector.keys().toArray(SelectionKey[]::new)) {
            Watched watched = (Watched) key.attachment();
            if (key.isValid() && watched.deadline() != Long.MAX_VALUE && now - watched.deadline() >= 0) {
                run(watched::expired);
            }
            if (key.isValid()) {
                due(watched.deadline());
            }
        }
    }

    /** Closes everything it watches and ends the thread. */
    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
