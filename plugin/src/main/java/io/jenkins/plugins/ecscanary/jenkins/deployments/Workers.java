package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/**
 * The threads on which deployments are begun and on which whoever listens is told; they end when there is nothing to do. Nobody's
 * permissions count on them: what runs there runs as Jenkins itself. What is left when they are closed is not done: whoever
 * starts next reads it in the record.
 */
final class Workers {

    private static final int TELLING_THREADS = 8;

    /** Where keys are kept may be slow to answer: whoever waits for them does not keep others from being told or stopped. */
    private static final int BEGINNING_THREADS = 8;

    private static final int KEPT_SECONDS = 30;

    private final ExecutorService telling = threads("ecs-canary", TELLING_THREADS);
    private final ExecutorService beginning = threads("ecs-canary-begin", BEGINNING_THREADS);

    private static ExecutorService threads(String name, int count) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count,
                count,
                KEPT_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), name),
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
    }

    /** For what may read and write files, and is soon done. */
    Executor telling() {
        return telling;
    }

    /** For what may wait for keys, or for AWS. */
    Executor beginning() {
        return beginning;
    }

    /** Runs something on one of the two after a while. */
    static void in(Duration delay, Executor executor, Runnable task) {
        Timer.get().schedule(() -> executor.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        beginning.shutdown();
        telling.shutdown();
    }
}
