package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A deployment that may or may not have been created: the answer to CreateDeployment was lost, or the process died before
 * noting it. Its token tells, sooner or later; nothing is concluded, and nothing created, before.
 */
final class LostCreation {

    /** A deployment that was created appears in lists within this time. */
    static final Duration APPEARANCE = Duration.ofMinutes(2);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Context context;
    private final DeploymentRun run;
    private final Consumer<DeploymentSeen> found;
    private final Runnable never;
    private Instant unreachableSince;

    /**
     * @param found what to do with it
     * @param never what to do once it is certain that there is none
     */
    LostCreation(Context context, DeploymentRun run, Consumer<DeploymentSeen> found, Runnable never) {
        this.context = context;
        this.run = run;
        this.found = found;
        this.never = never;
    }

    /** Whether a view's deployment may still turn up. */
    static boolean possible(DeploymentView view, Instant now) {
        Instant intended = view.working().createIntendedAt();
        return view.deploymentId() == null && intended != null && now.isBefore(intended.plus(APPEARANCE));
    }

    /** Looks until it is found or {@code until} has passed; longer only where AWS can't be asked. */
    void lookUntil(Instant until) {
        context.time().after(AGAIN, () -> context.waiting().execute(() -> {
            try {
                look(until);
            } catch (RuntimeException e) {
                run.fail(e);
            }
        }));
    }

    private void look(Instant until) {
        if (run.leftBehind()) {
            return;
        }
        DeploymentView view = run.view();
        Optional<DeploymentSeen> seen;
        try {
            seen = context.driver()
                    .find(
                            view.working().codeDeploy(),
                            view.working().token(),
                            view.startedAt().minus(Resume.CLOCK_MARGIN));
        } catch (AwsFailure e) {
            Instant now = context.time().now();
            unreachableSince = unreachableSince == null ? now : unreachableSince;
            if (now.isAfter(view.working().deadline()) && !now.isBefore(unreachableSince.plus(DeploymentRun.GIVE_UP))) {
                run.end(
                        Outcome.UNKNOWN,
                        "whether the deployment was created could not be found out: " + e.getMessage());
            } else {
                lookUntil(now.plus(APPEARANCE));
            }
            return;
        }
        unreachableSince = null;
        if (seen.isPresent()) {
            found.accept(seen.get());
        } else if (context.time().now().isBefore(until)) {
            lookUntil(until);
        } else {
            never.run();
        }
    }
}
