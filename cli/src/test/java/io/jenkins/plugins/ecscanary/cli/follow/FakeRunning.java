package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A followed deployment whose events a test tells. */
public final class FakeRunning implements Running {

    public final BlockingQueue<String> asked;
    private final List<TimelineEntry> told = new ArrayList<>();
    private final List<Consumer<TimelineEntry>> listeners = new ArrayList<>();
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    public FakeRunning() {
        this(new LinkedBlockingQueue<>());
    }

    /** @param asked told what it is asked for */
    public FakeRunning(BlockingQueue<String> asked) {
        this.asked = asked;
    }

    public synchronized void tell(List<TimelineEntry> entries) {
        for (TimelineEntry entry : entries.subList(told.size(), entries.size())) {
            told.add(entry);
            listeners.forEach(listener -> listener.accept(entry));
            if (entry.event() instanceof DeploymentEvent.Ended ended) {
                verdict.complete(ended.verdict());
            }
        }
    }

    public void breakOff(RuntimeException failure) {
        verdict.completeExceptionally(failure);
    }

    @Override
    public synchronized DeploymentView view() {
        return ViewFold.fold(told);
    }

    @Override
    public synchronized void listen(Consumer<TimelineEntry> listener) {
        told.forEach(listener);
        listeners.add(listener);
    }

    @Override
    public CompletionStage<Verdict> verdict() {
        return verdict;
    }

    @Override
    public void rollBack(String who, String why) {
        asked.add("roll back for " + who + ": " + why);
    }

    @Override
    public void promote(Wait wait, String who, String why) {
        asked.add("promote " + wait + " for " + who + ": " + why);
    }

    @Override
    public void leave() {
        asked.add("leave");
    }
}
