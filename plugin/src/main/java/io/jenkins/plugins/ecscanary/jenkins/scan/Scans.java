package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Run;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanStore;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;

/** All scans of this controller: the threads they are made on, and where their results are. */
@Extension
public final class Scans {

    /** So many scanners are waited for at once; further scans wait for a place. */
    public static final int AT_ONCE = 20;

    private final ScanStore store = new ScanStore(
            Jenkins.get().getRootDir().toPath().resolve("ecs-canary").resolve("scans"));
    private final ThreadPoolExecutor threads = threads();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean closed;

    private static ThreadPoolExecutor threads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "ecs-canary-scan"),
                // After close() there is nobody left to be told anything; the step says so when the build goes on.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** The only one there is. */
    public static Scans get() {
        return ExtensionList.lookupSingleton(Scans.class);
    }

    /** Passed ones by image, for deployments that require one. */
    public ScanStore store() {
        return store;
    }

    /** Runs it as soon as there is a place. */
    public Future<?> begin(Runnable scan) {
        unfinished.incrementAndGet();
        return threads.submit(() -> {
            try {
                scan.run();
            } finally {
                unfinished.decrementAndGet();
            }
        });
    }

    /** Whether one more has to wait. */
    public boolean busy() {
        return unfinished.get() >= AT_ONCE;
    }

    /** Whether Jenkins goes down: what a scan comes to from now on is nobody's. */
    public boolean closed() {
        return closed;
    }

    /** Keeps what came of a scan: for the build's pages, in its job's index, and by its image's id. Once is enough. */
    public void keep(Run<?, ?> run, String id, ScanResult result) throws IOException {
        BuildScans.write(run, id, result);
        JobScans.add(run.getParent(), ScanLine.of(run.getNumber(), id, result));
        store.keep(result);
    }

    /** Scanners that run go on running: their steps stop them when their builds go on. */
    @Terminator
    public static void close() {
        Scans scans = get();
        scans.closed = true;
        scans.threads.getQueue().clear();
        scans.threads.shutdown();
    }
}
