package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creating a deployment that AWS was too busy to create: someone in the account has used up its rate, and what AWS throttles
 * it does not do. It is tried again, less and less often, for as long as what preflight has seen may still be so. The token is
 * looked for first each time: an answer can be wrong about what has happened, and two deployments must not come of it.
 */
final class ThrottledCreation {

    /** A rate that is used up for so long is not going to be free soon, and preflight's answers are old by then. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Context context;
    private final DeploymentRun run;
    private final Consumer<DeploymentSeen> found;
    private final Runnable create;
    private Instant since;
    private Duration pause = FIRST;

    /**
     * @param found what to do with a deployment that turns out to be there
     * @param create tries again; blocks
     */
    ThrottledCreation(Context context, DeploymentRun run, Consumer<DeploymentSeen> found, Runnable create) {
        this.context = context;
        this.run = run;
        this.found = found;
        this.create = create;
    }

    static boolean is(AwsFailure failure) {
        return failure.kind() == AwsFailure.Kind.THROTTLED && !failure.mayHaveHappened();
    }

    /** Tries again in a while, or ends the run. */
    void after(AwsFailure failure) {
        Instant now = context.time().now();
        if (since == null) {
            since = now;
            run.append(new DeploymentEvent.Warned(
                    now, "no deployment was created yet, it is tried again: " + failure.getMessage()));
        }
        Instant until = since.plus(PATIENCE);
        if (!now.isBefore(until) || !now.isBefore(run.view().working().deadline())) {
            run.end(
                    Outcome.REFUSED,
                    "no deployment was created, though it was tried since " + since + ": " + failure.getMessage());
            return;
        }
        Duration wait = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        context.time().after(wait, () -> context.waiting().execute(this::again));
    }

    private void again() {
        if (run.leftBehind()) {
            return;
        }
        try {
            Optional<DeploymentSeen> there;
            try {
                there = Resume.created(context, run.view());
            } catch (AwsFailure e) {
                lookedInVain(e);
                return;
            }
            there.ifPresentOrElse(found, create);
        } catch (RuntimeException e) {
            run.fail(e);
        }
    }

    private void lookedInVain(AwsFailure failure) {
        if (failure.passing()) {
            after(failure);
        } else {
            run.end(Outcome.REFUSED, "no deployment was created: " + failure.getMessage());
        }
    }
}
