package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.rollout.Waiting;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A deployment this process follows, as its owner or as an onlooker. */
public interface Running {

    /** The fold of everything seen so far; empty but never null before the first event. */
    DeploymentView view();

    /**
     * Tells every event, from the first on, in order, without a gap; called on an engine thread, which must not be
     * blocked for long.
     */
    void listen(Consumer<TimelineEntry> listener);

    /** Completes once, with the verdict; exceptionally only if the deployment is left before its end. */
    CompletionStage<Verdict> verdict();

    /**
     * Asks AWS to stop and roll back; the verdict follows when AWS has done so. Before the deployment is created it is
     * given up instead. More than once is the same as once.
     *
     * @param who for the timeline
     */
    void rollBack(String who, String why);

    /**
     * Asks AWS to end a wait, so that it goes on at once; what comes of it is seen like everything else. More than once is the
     * same as once.
     *
     * @param wait what the caller has seen AWS wait for; has no effect on another wait, now or later
     * @param who for the timeline
     * @param why for the timeline, or null
     */
    void promote(Wait wait, String who, String why);

    /**
     * Asks AWS to end the wait it is in.
     *
     * @throws IllegalStateException if it is in none as far as is seen
     */
    default void promote(String who, String why) {
        promote(
                Waiting.of(view()).orElseThrow(() -> new IllegalStateException(Present.nothingToPromote(view()))),
                who,
                why);
    }

    /** Stops following. AWS goes on by itself; the record stays unfinished and can be watched again. */
    void leave();
}
