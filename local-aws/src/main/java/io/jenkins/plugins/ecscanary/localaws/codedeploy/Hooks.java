package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Diagnostics;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Name;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionOutcome;
import io.jenkins.plugins.ecscanary.localaws.function.MappedFunctions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs the functions that an AppSpec names for its lifecycle events. As on AWS a function reports with
 * PutLifecycleEventHookExecutionStatus; besides, what it was seen to do counts as a report (see {@link FunctionOutcome}).
 * The first report is the one that counts; without any within an hour the event has failed. A failed hook fails the
 * deployment.
 */
final class Hooks {

    /** AWS's. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Neighbours with;
    private final Steps steps;
    private final Deployment deployment;
    private final Consumer<Name> succeeded;
    private Optional<CompletableFuture<FunctionOutcome>> invocation = Optional.empty();

    /** @param succeeded told, as a step, that an event's function is content */
    Hooks(Neighbours with, Steps steps, Deployment deployment, Consumer<Name> succeeded) {
        this.with = with;
        this.steps = steps;
        this.deployment = deployment;
        this.succeeded = succeeded;
    }

    boolean has(Name event) {
        return deployment.request.appSpec().hooks().containsKey(event);
    }

    void run(Name event) {
        String function = deployment.request.appSpec().hooks().get(event);
        deployment.progress.hook = new HookExecution(
                with.world().ids().uuid(), event, function, with.world().now().plus(LONGEST));
        invoke();
    }

    /**
     * Invokes the function of the hook that is in progress: the first time, or once more after a restart, which may have
     * ended its first invocation. It keeps its id and its deadline.
     */
    void invoke() {
        HookExecution hook = deployment.progress.hook;
        String function = MappedFunctions.name(hook.function());
        invocation = with.functions().invoke(hook.function(), hook.payload(deployment.id));
        if (invocation.isEmpty()) {
            throw failed(
                    hook,
                    "INVALID_LAMBDA_FUNCTION",
                    "The function " + hook.function() + " of " + hook.event()
                            + " is mapped to nothing: start local-aws with"
                            + " --function " + function + "=http://127.0.0.1:PORT/ or --function " + function
                            + "=/path/to/program.");
        }
        log(hook, "invoked");
        steps.after(Duration.between(with.world().now(), hook.deadline()), () -> timedOut(hook));
        invocation.get().whenComplete((outcome, cancelled) -> {
            if (cancelled == null) {
                with.world().report(() -> steps.run(() -> ended(hook, outcome)));
            }
        });
    }

    private void ended(HookExecution hook, FunctionOutcome outcome) {
        if (deployment.progress.hook != hook) {
            return;
        }
        if (outcome instanceof FunctionOutcome.Succeeded) {
            succeed(hook);
        } else if (outcome instanceof FunctionOutcome.Failed failure) {
            throw executionFailed(hook, failure.reason());
        } else {
            log(hook, "reported nothing yet; PutLifecycleEventHookExecutionStatus is waited for");
        }
    }

    /** PutLifecycleEventHookExecutionStatus for the hook that is in progress. */
    void report(boolean success) {
        HookExecution hook = deployment.progress.hook;
        steps.run(() -> {
            if (success) {
                succeed(hook);
            } else {
                throw executionFailed(hook, "it reported Failed");
            }
        });
    }

    private void timedOut(HookExecution hook) {
        if (deployment.progress.hook == hook) {
            throw executionFailed(hook, "it reported nothing within " + LONGEST.toMinutes() + " minutes");
        }
    }

    private void succeed(HookExecution hook) {
        log(hook, "succeeded");
        finish();
        succeeded.accept(hook.event());
    }

    /** AWS's wording is not known. */
    private StepFailed executionFailed(HookExecution hook, String reason) {
        return failed(
                hook,
                "HOOK_EXECUTION_FAILURE",
                "The function " + hook.function() + " of " + hook.event() + " failed: " + reason + ".");
    }

    private StepFailed failed(HookExecution hook, String code, String message) {
        finish();
        deployment.events.fail(
                hook.event(),
                Diagnostics.of(hook.function(), message),
                with.world().now());
        return new StepFailed(code, message);
    }

    /** The hook in progress, if any, is over; who reports now is late. */
    void finish() {
        HookExecution hook = deployment.progress.hook;
        if (hook != null) {
            deployment.progress.hook = null;
            deployment.finishedHooks.add(hook.id());
            invocation.ifPresent(running -> running.cancel(true));
        }
    }

    private void log(HookExecution hook, String what) {
        with.world().log("codedeploy %s %s: function %s %s", deployment.id, hook.event(), hook.function(), what);
    }
}
