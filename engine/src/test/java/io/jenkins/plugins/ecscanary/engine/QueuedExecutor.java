package io.jenkins.plugins.ecscanary.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps everything until a test says to run it. */
final class QueuedExecutor extends AbstractExecutorService {

    private final Deque<Runnable> queue = new ArrayDeque<>();

    void runAll() {
        while (!queue.isEmpty()) {
            queue.poll().run();
        }
    }

    void runOne() {
        queue.remove().run();
    }

    @Override
    public void execute(Runnable command) {
        queue.add(command);
    }

    @Override
    public void shutdown() {
        queue.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left = List.copyOf(queue);
        queue.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return queue.isEmpty();
    }

    @Override
    public boolean isTerminated() {
        return queue.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return queue.isEmpty();
    }
}
