package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Instant;

/**
 * A deployment that is not created yet and is not to be any more: someone gave it up, or its time-out has passed, perhaps
 * while nobody went on with it. AWS would have to undo it at once.
 */
final class Unwanted {

    private Unwanted() {}

    static boolean is(Context context, DeploymentRun run) {
        return run.givenUp() || late(run.view(), context.time().now());
    }

    /** Ends it where that is so; to be asked before anything is begun in AWS. */
    static boolean ended(Context context, DeploymentRun run) {
        if (run.givenUp()) {
            run.end(Outcome.ABORTED, "given up before the deployment was created by " + run.givenUpBecause());
            return true;
        }
        DeploymentView view = run.view();
        if (!late(view, context.time().now())) {
            return false;
        }
        boolean taskRan = view.taskRun() != null && view.taskRun().endedAt() != null;
        run.end(
                Outcome.REFUSED,
                "its time-out passed at " + view.working().deadline() + " before a deployment was created; nothing was"
                        + " deployed"
                        + (taskRan
                                ? ", though its task before traffic, "
                                        + view.taskRun().task() + ", has run"
                                : ""));
        return true;
    }

    private static boolean late(DeploymentView view, Instant now) {
        return !now.isBefore(view.working().deadline());
    }
}
