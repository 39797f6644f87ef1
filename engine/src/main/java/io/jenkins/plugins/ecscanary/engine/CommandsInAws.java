package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.rollout.Decision;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries out what was decided about one deployment: each thing once, and again only where AWS could not be asked. Why it
 * could not is told once for as long as it stays the same.
 */
final class CommandsInAws {

    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration AGAIN_LATER = Duration.ofSeconds(60);

    private final Context context;
    private final DeploymentRun run;
    private final Set<Decision.Command> given = new HashSet<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    CommandsInAws(Context context, DeploymentRun run) {
        this.context = context;
        this.run = run;
    }

    /** Answers at once; to be called without any monitor. */
    void carryOut(Decision.Command command) {
        if (command instanceof Decision.Nothing) {
            return;
        }
        synchronized (this) {
            if (!given.add(once(command))) {
                return;
            }
        }
        context.commands().execute(() -> call(command));
    }

    /** The same whatever its cause. */
    private static Decision.Command once(Decision.Command command) {
        return command instanceof Decision.RollBack ? new Decision.RollBack(null) : command;
    }

    private void call(Decision.Command command) {
        String id = run.view().deploymentId();
        try {
            if (command instanceof Decision.RollBack) {
                intend("StopDeployment", id);
                context.driver().rollBack(id);
            } else if (command instanceof Decision.Proceed proceed) {
                intend("ContinueDeployment", id + ", " + words(proceed.waiting()));
                context.driver().proceed(id, proceed.waiting());
            }
        } catch (AwsFailure e) {
            refused(command, e);
        }
        context.pool().poke();
    }

    private void intend(String action, String detail) {
        if (!troubles.containsKey(action)) {
            run.append(new DeploymentEvent.Intending(context.time().now(), action, detail));
        }
    }

    private static String words(Wait waiting) {
        return "to end the " + waiting.name().toLowerCase(Locale.ROOT) + " wait";
    }

    /**
     * Tried again: soon where that can help by itself (AWS begins a wait a moment after the last shift is seen), else every
     * minute, since someone may grant the right.
     */
    private void refused(Decision.Command command, AwsFailure failure) {
        boolean rollBack = command instanceof Decision.RollBack;
        String trouble = failure.withoutRequestId();
        String before = troubles.put(rollBack ? "StopDeployment" : "ContinueDeployment", trouble);
        if (!trouble.equals(before)) {
            run.append(new DeploymentEvent.Warned(
                    context.time().now(),
                    "the " + (rollBack ? "roll back" : "promotion") + " could not be asked for, it is tried again: "
                            + failure.getMessage()));
        }
        boolean soon = failure.passing() || failure.kind() == AwsFailure.Kind.STATE;
        context.time().after(soon ? AGAIN : AGAIN_LATER, () -> {
            synchronized (this) {
                given.remove(once(command));
            }
            run.seen(Observation.nothing(context.time().now()));
        });
    }
}
