package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes slow work (starting, stopping and asking processes) away from the world's lock and brings its results back. */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final World world;
    private final Executor executor;
    private boolean closed;

    Background(World world, Executor executor) {
        this.world = world;
        this.executor = executor;
    }

    /** Runs {@code slow} without the lock. Called holding it. */
    void execute(Runnable slow) {
        if (closed) {
            return;
        }
        executor.execute(() -> {
            try {
                slow.run();
            } catch (RuntimeException e) {
                LOG.error("a background task failed", e);
            }
        });
    }

    /** Runs {@code result} under the lock, unless everything is being shut down. */
    void report(Runnable result) {
        world.report(() -> {
            if (!closed) {
                result.run();
            }
        });
    }

    /** From now on nothing is started and no result counts. */
    void close() {
        world.run(() -> closed = true);
    }
}
