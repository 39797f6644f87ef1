package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ContainerRunSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskRunSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskWanted;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TaskRunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The task that has to succeed before a deployment is created, such as a migration: run once, watched until it has stopped,
 * told in the timeline. It carries the record's token, by which it is found again after a crash; it is run only where there is
 * none. Every step makes a few calls and leaves the next one to a timer; leaving the deployment leaves the task running.
 */
final class BeforeTraffic {

    private static final Duration EVERY = Duration.ofSeconds(5);

    /** In the stopped task's reason it tells, also after a crash, that it was us who stopped it. */
    private static final String STOPPED_BY_US = "ecs-canary: ";

    private final Context context;
    private final DeploymentRun run;
    private final Runnable succeeded;
    private final TaskLog log;
    private final LostTaskRun lost;
    private Runnable otherwise;
    private boolean stopIntended;
    private boolean stopAsked;
    private String trouble;
    private Instant troubledSince;
    private Instant missingSince;

    /** @param succeeded what comes after exit code 0 */
    BeforeTraffic(Context context, DeploymentRun run, Runnable succeeded) {
        this.context = context;
        this.run = run;
        this.succeeded = succeeded;
        this.log = new TaskLog(context, run);
        this.lost = new LostTaskRun(context, run);
    }

    /** Whether the task of a record without a deployment was run, or may have been. */
    static boolean begun(DeploymentView view) {
        return view.deploymentId() == null
                && view.working().beforeTraffic() != null
                && (view.taskRun() != null || view.working().taskRunIntendedAt() != null);
    }

    /** Finds or runs it. Makes calls and blocks, as every step does. */
    void begin() {
        step(this::findOrRun);
    }

    /**
     * Finds it and follows it to its end, with the same calls, but does not run it.
     *
     * @param notRun what comes where it is certain that it was not run
     */
    void follow(Runnable notRun) {
        otherwise = notRun;
        begin();
    }

    private void findOrRun() {
        TaskRunView known = run.view().taskRun();
        if (known != null && known.endedAt() != null) {
            conclude(known);
            return;
        }
        if (known != null) {
            look();
            return;
        }
        Optional<TaskRunSeen> found = lost.find();
        if (found.isPresent()) {
            started(found.get().id(), true);
        } else if (lost.mayAppear() && (otherwise != null || Unwanted.is(context, run))) {
            again(this::findOrRun); // run again it would be the same one, but it is not going to be
        } else if (lost.forgotten()) {
            run.end(
                    Outcome.UNKNOWN,
                    "whether the task before traffic was run is not known: it was about to be at " + lost.perhapsSince()
                            + ", and ECS does not know it (any more); nothing was deployed");
        } else if (otherwise != null) {
            otherwise.run();
        } else if (!Unwanted.ended(context, run)) {
            runTask(run.view());
        }
    }

    private void runTask(DeploymentView view) {
        OneOffTask task = view.working().beforeTraffic();
        Revision revision = view.working().revision();
        String container = container(view);
        if (view.working().taskRunIntendedAt() == null) {
            run.append(new DeploymentEvent.Intending(
                    context.time().now(),
                    "RunTask",
                    revision.shortTaskDefinition() + ", container " + container + " with " + task.command()));
            if (run.leftBehind()) {
                return; // perhaps before it was noted: whoever takes the record up must be able to rely on that
            }
            Optional<String> unrecorded = run.trouble();
            if (unrecorded.isPresent()) {
                run.end(Outcome.REFUSED, "nothing is started that can't be recorded: " + unrecorded.get());
                return;
            }
        }
        TaskWanted wanted = new TaskWanted(
                view.service().cluster(),
                view.service().service(),
                revision.taskDefinition(),
                container,
                task.command(),
                view.working().token());
        String id;
        try {
            id = context.aws().runTask(wanted);
        } catch (AwsFailure e) {
            if (e.mayHaveHappened()) {
                lost.mayHaveHappened();
            }
            throw e;
        }
        started(id, false);
    }

    private static String container(DeploymentView view) {
        String named = view.working().beforeTraffic().container();
        return named == null ? view.working().revision().container() : named;
    }

    private void started(String id, boolean adopted) {
        DeploymentView view = run.view();
        run.append(new DeploymentEvent.TaskRunStarted(
                context.time().now(),
                id,
                container(view),
                view.working().beforeTraffic().command(),
                adopted));
        again(this::look);
    }

    private void look() {
        TaskRunView task = run.view().taskRun();
        Optional<TaskRunSeen> seen = context.aws().taskRun(run.view().service().cluster(), task.task());
        Instant now = context.time().now();
        if (seen.isEmpty()) {
            missingSince = missingSince == null ? now : missingSince;
            if (now.isBefore(missingSince.plus(LostTaskRun.APPEARANCE))) {
                again(this::look);
            } else {
                run.end(
                        Outcome.UNKNOWN,
                        "how the task " + task.task()
                                + " before traffic ended is not known: ECS does not know it any more;"
                                + " nothing was deployed");
            }
            return;
        }
        missingSince = null;
        if (seen.get().stopped()) {
            log.read(task, lines -> step(() -> ended(task, seen.get(), lines)));
            return;
        }
        whyStop(task, now).ifPresent(why -> stop(task, why));
        again(this::look);
    }

    private Optional<String> whyStop(TaskRunView task, Instant now) {
        if (stopAsked) {
            return Optional.empty();
        }
        if (run.givenUp()) {
            return Optional.of("given up by " + run.givenUpBecause());
        }
        Duration timeout = run.view().working().beforeTraffic().timeout();
        if (!now.isBefore(task.startedAt().plus(timeout))) {
            return Optional.of("it did not end within " + timeout.toSeconds() + " s");
        }
        return now.isBefore(run.view().working().deadline())
                ? Optional.empty()
                : Optional.of("it did not end before the deployment's time-out");
    }

    private void stop(TaskRunView task, String why) {
        if (!stopIntended) {
            stopIntended = true;
            run.append(new DeploymentEvent.Intending(context.time().now(), "StopTask", task.task() + ": " + why));
        }
        String reason = STOPPED_BY_US + why;
        context.aws()
                .stopTask(
                        run.view().service().cluster(),
                        task.task(),
                        reason.length() <= 255 ? reason : reason.substring(0, 255));
        stopAsked = true;
    }

    private void ended(TaskRunView task, TaskRunSeen seen, List<String> lines) {
        Optional<ContainerRunSeen> container = seen.containers().stream()
                .filter(one -> one.name().equals(task.container()))
                .findFirst();
        String reason = container.map(ContainerRunSeen::reason).orElse(null);
        run.append(new DeploymentEvent.TaskRunEnded(
                context.time().now(),
                task.task(),
                task.container(),
                container.map(ContainerRunSeen::exitCode).orElse(null),
                reason == null || byUs(seen.stoppedReason()) ? seen.stoppedReason() : reason,
                lines));
        conclude(run.view().taskRun());
    }

    private static boolean byUs(String reason) {
        return reason != null && reason.startsWith(STOPPED_BY_US);
    }

    private void conclude(TaskRunView task) {
        String what = "container " + task.container() + " of the task " + task.task() + " before traffic";
        if (run.givenUp()) {
            run.end(
                    Outcome.ABORTED,
                    "given up before the deployment was created by " + run.givenUpBecause() + "; " + what
                            + " has ended");
        } else if (byUs(task.reason())) {
            run.end(
                    Outcome.REFUSED,
                    what + " was stopped: " + task.reason().substring(STOPPED_BY_US.length()) + lastLine(task)
                            + "; nothing was deployed");
        } else if (Integer.valueOf(0).equals(task.exitCode())) {
            succeeded.run();
        } else {
            run.end(
                    Outcome.REFUSED,
                    what
                            + (task.exitCode() == null
                                    ? " ended without an exit code"
                                    : " failed with exit code " + task.exitCode())
                            + (task.reason() == null ? "" : " (" + task.reason() + ")") + lastLine(task)
                            + "; nothing was deployed");
        }
    }

    private static String lastLine(TaskRunView task) {
        return task.lines().isEmpty()
                ? ""
                : ", last line: " + task.lines().get(task.lines().size() - 1);
    }

    private void again(Runnable next) {
        context.time().after(EVERY, () -> context.waiting().execute(() -> step(next)));
    }

    /** One step; what AWS can't be asked now is asked again, told once. */
    private void step(Runnable next) {
        if (run.leftBehind()) {
            return;
        }
        try {
            next.run();
            trouble = null;
            troubledSince = null;
        } catch (AwsFailure e) {
            failed(e);
        } catch (RuntimeException e) {
            run.fail(e);
        }
    }

    private void failed(AwsFailure failure) {
        Instant now = context.time().now();
        troubledSince = troubledSince == null ? now : troubledSince;
        boolean hopeless = !now.isBefore(run.view().working().deadline())
                && !now.isBefore(troubledSince.plus(DeploymentRun.GIVE_UP));
        boolean canPass = failure.passing() || failure.kind() == AwsFailure.Kind.CREDENTIALS;
        TaskRunView task = run.view().taskRun();
        if (canPass && !hopeless) {
            if (!failure.withoutRequestId().equals(trouble)) {
                trouble = failure.withoutRequestId();
                run.append(new DeploymentEvent.Warned(now, failure.getMessage() + "; it is tried again"));
            }
            again(this::findOrRun);
        } else if (task == null && !lost.possible()) {
            run.end(Outcome.REFUSED, "the task before traffic could not be run: " + failure.getMessage());
        } else {
            run.end(
                    Outcome.UNKNOWN,
                    "how the task " + (task == null ? "" : task.task() + " ")
                            + "before traffic ends could not be found out, it may still run; nothing was deployed: "
                            + failure.getMessage());
        }
    }
}
