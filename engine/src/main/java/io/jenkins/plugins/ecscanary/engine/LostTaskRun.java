package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskRunSeen;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task before traffic that may have been run without our noting it: the answer to RunTask was lost, or the process died
 * before. Its token tells for as long as ECS remembers the task.
 */
final class LostTaskRun {

    /** ECS may not know a task for a moment after running it; after this it does not know it any more. */
    static final Duration APPEARANCE = Duration.ofMinutes(2);

    /**
     * A stopped task is listed for at least an hour after its end. The token that we give RunTask, too, is forgotten: after 24
     * hours at most, and nobody says that it outlives the task (developer guide, "Ensuring idempotency").
     */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Context context;
    private final DeploymentRun run;
    private Instant perhapsSince;
    private Instant missingSince;

    /** What an earlier process intended, it may have done. */
    LostTaskRun(Context context, DeploymentRun run) {
        this.context = context;
        this.run = run;
        this.perhapsSince = run.view().working().taskRunIntendedAt();
    }

    /** The answer to a call is not known. */
    void mayHaveHappened() {
        perhapsSince = perhapsSince == null ? context.time().now() : perhapsSince;
    }

    /** Whether there may be a task at all. */
    boolean possible() {
        return perhapsSince != null;
    }

    /** Asks ECS, if there may be one. */
    Optional<TaskRunSeen> find() {
        if (!possible()) {
            return Optional.empty();
        }
        Optional<TaskRunSeen> found = find(context, run.view()).stream().findFirst();
        Instant now = context.time().now();
        missingSince = found.isPresent() ? null : missingSince == null ? now : missingSince;
        return found;
    }

    /** Whether one that was not found may be found yet. */
    boolean mayAppear() {
        return missingSince != null && context.time().now().isBefore(missingSince.plus(APPEARANCE));
    }

    /** Whether one that was not found may have been run, ended and been forgotten: that it is not listed shows nothing. */
    boolean forgotten() {
        return missingSince != null && !context.time().now().isBefore(perhapsSince.plus(REMEMBERED));
    }

    Instant perhapsSince() {
        return perhapsSince;
    }

    /** Whether a record's task has not stopped yet, as far as ECS tells or may be about to. */
    static boolean runs(Context context, DeploymentView view) {
        if (!BeforeTraffic.begun(view)) {
            return false;
        }
        List<TaskRunSeen> found = find(context, view);
        Instant intended = view.working().taskRunIntendedAt();
        boolean mayAppear = view.taskRun() == null && context.time().now().isBefore(intended.plus(APPEARANCE));
        return found.isEmpty() ? mayAppear : found.stream().anyMatch(task -> !task.stopped());
    }

    private static List<TaskRunSeen> find(Context context, DeploymentView view) {
        String revision = view.working().revision().shortTaskDefinition();
        return context.aws()
                .tasksStartedBy(
                        view.service().cluster(),
                        revision.substring(0, revision.lastIndexOf(':')),
                        view.working().token());
    }
}
