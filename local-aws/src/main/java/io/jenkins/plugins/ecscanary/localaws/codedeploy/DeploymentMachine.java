package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployTimings.Range;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.Deployment.ErrorInformation;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Name;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.Progress.Wait;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.ServiceInfo;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one deployment through its lifecycle events: installs the replacement task set, shifts the traffic as the
 * deployment configuration says, waits, and drains the original. Watches the alarms from the first moment to the last,
 * the waits included. Everything runs under the world's lock.
 *
 * <p>Where it is, is in the deployment: its lifecycle events and its {@link Progress}. So another machine can take it up.
 */
final class DeploymentMachine {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentMachine.class);
    private static final Range BEFORE_INSTALL = Range.ofMillis(200, 200);

    private final World world;
    private final ServiceControl ecs;
    private final CodeDeployTimings timings;
    private final Deployment deployment;
    private final Progress progress;
    private final Ending ending;
    private final Steps steps;
    private final AlarmWatch alarms;
    private final Hooks hooks;
    private final Installation installation;

    DeploymentMachine(Neighbours with, Deployment deployment, Ending ending) {
        this.world = with.world();
        this.ecs = with.ecs();
        this.timings = with.timings();
        this.deployment = deployment;
        this.progress = deployment.progress;
        this.ending = ending;
        this.steps = new Steps(world, this::failed);
        this.alarms = new AlarmWatch(with, steps, deployment, this::alarmed);
        this.hooks = new Hooks(with, steps, deployment, this::leave);
        this.installation = new Installation(with, steps, deployment, () -> leave(Name.INSTALL));
    }

    void start() {
        steps.run(() -> deployment.original = service().primary().orElse(null));
        alarms.start(timings.firstAlarmCheck());
        next(timings.created(), this::begin);
    }

    /** Goes on where an earlier machine was when the process ended; what it waited for has its remaining time. */
    void resume() {
        log("is taken up again, " + deployment.status());
        steps.run(() -> {
            installation.resume();
            Duration rest = progress.due == null ? Duration.ZERO : Duration.between(world.now(), progress.due);
            if (progress.stopRequested) {
                steps.halt(rest, this::stopped);
                return;
            }
            alarms.start(timings.firstAlarmCheck());
            Optional<Name> event = deployment.events.inProgress();
            if (event.isPresent()) {
                resume(event.get(), rest);
            } else {
                switch (progress.waiting) {
                    case READY -> next(rest, this::readyTimedOut);
                    case TERMINATION -> next(rest, this::finish);
                    case NONE -> next(rest, this::begin);
                }
            }
        });
    }

    private void resume(Name event, Duration rest) {
        switch (event) {
            case INSTALL -> installation.await();
            case ALLOW_TRAFFIC -> {
                boolean shifted =
                        progress.shifts == deployment.request.config().shifts().size();
                next(rest, shifted ? () -> leave(event) : this::shift);
            }
            default -> {
                if (progress.hook == null) {
                    next(rest, () -> leave(event));
                } else {
                    hooks.invoke();
                }
            }
        }
    }

    private void begin() {
        deployment.inProgress(world.now());
        log("InProgress");
        enter(Name.BEFORE_INSTALL);
    }

    private void enter(Name event) {
        deployment.events.start(event, world.now());
        deployment.touch(world.now());
        log(event + " InProgress");
        progress.due = null;
        switch (event) {
            case INSTALL -> installation.begin(service());
            case ALLOW_TEST_TRAFFIC -> {
                installation.traffic().testToReplacement();
                leaveAfter(timings.emptyEvent(), event);
            }
            case ALLOW_TRAFFIC -> shift();
            default -> {
                if (hooks.has(event)) {
                    hooks.run(event);
                } else {
                    leaveAfter(event == Name.BEFORE_INSTALL ? BEFORE_INSTALL : timings.emptyEvent(), event);
                }
            }
        }
    }

    private void leaveAfter(Range duration, Name event) {
        next(duration, () -> leave(event));
    }

    private void leave(Name event) {
        deployment.events.succeed(event, world.now());
        deployment.touch(world.now());
        log(event + " Succeeded");
        Optional<Duration> readyWait = deployment.settings.blueGreen().readyWait();
        if (event == Name.AFTER_ALLOW_TRAFFIC) {
            awaitTermination();
        } else if (event == Name.AFTER_ALLOW_TEST_TRAFFIC && readyWait.isPresent()) {
            awaitContinuation(readyWait.get());
        } else {
            enter(event.next());
        }
    }

    /** Something about some task set is different now. */
    void taskSetsChanged() {
        steps.run(installation::taskSetsChanged);
    }

    private void awaitContinuation(Duration wait) {
        progress.waiting = Wait.READY;
        deployment.ready(world.now());
        log("Ready: waits " + wait.toMinutes() + " min to be continued");
        next(wait, this::readyTimedOut);
    }

    /** Whether it was waiting to be continued, and goes on now. */
    boolean continueWhenReady() {
        if (progress.waiting != Wait.READY || progress.stopRequested) {
            return false;
        }
        steps.run(() -> {
            progress.waiting = Wait.NONE;
            deployment.continued(world.now());
            enter(Name.BEFORE_ALLOW_TRAFFIC);
        });
        return true;
    }

    /** AWS documents the status only; code and wording are not known. */
    private void readyTimedOut() {
        if (progress.waiting == Wait.READY) {
            deployment.events.abort(world.now());
            end(
                    "Stopped",
                    new ErrorInformation(
                            "TIMEOUT",
                            "The deployment was not continued within the "
                                    + deployment
                                            .settings
                                            .blueGreen()
                                            .deploymentReadyOption()
                                            .waitTimeInMinutes()
                                    + " minutes it waits for that."),
                    Ending.Cause.NOT_CONTINUED);
        }
    }

    private void shift() {
        List<Integer> shares = deployment.request.config().shifts();
        int share = shares.get(progress.shifts);
        installation.traffic().production(share);
        progress.shifts++;
        log("traffic shifted: " + installation.traffic());
        deployment.touch(world.now());
        if (share == 100) {
            ecs.makePrimary(deployment.replacement.id());
            leaveAfter(timings.emptyEvent(), Name.ALLOW_TRAFFIC);
        } else {
            Range late = timings.shiftDelay();
            next(deployment.request.config().interval().plus(world.ids().between(late.min(), late.max())), this::shift);
        }
    }

    private void awaitTermination() {
        BlueGreenDeploymentConfiguration settings = deployment.settings.blueGreen();
        if (!settings.terminatesOriginal() || settings.terminationWait().isZero()) {
            finish();
            return;
        }
        deployment.terminationWaitStarted = true;
        progress.waiting = Wait.TERMINATION;
        log("waits " + settings.terminationWait().toMinutes() + " min before the original is terminated");
        next(settings.terminationWait(), this::finish);
    }

    /** Whether the wait before the original is terminated was on, and is over now. */
    boolean endTerminationWait() {
        if (progress.waiting != Wait.TERMINATION || progress.stopRequested) {
            return false;
        }
        next(timings.stopping(), this::finish);
        return true;
    }

    private void finish() {
        if (deployment.settings.blueGreen().terminatesOriginal()) {
            ecs.drain(deployment.original.id());
        }
        end("Succeeded", null, Ending.Cause.SUCCESS);
    }

    private void alarmed(ErrorInformation error) {
        deployment.events.abort(world.now());
        end("Stopped", error, Ending.Cause.ALARM);
    }

    /**
     * Stops it on request, a moment later. Once that is accepted nothing else gets in between, neither a shift nor an alarm
     * nor the end; and whoever asks for a rollback gets it, also by asking again.
     */
    void stop(boolean rollBack) {
        progress.rollBackRequested |= rollBack;
        if (progress.stopRequested) {
            return;
        }
        progress.stopRequested = true;
        log("is being stopped on request" + (rollBack ? ", to be rolled back" : ""));
        steps.halt(due(drawn(timings.stopping())), this::stopped);
    }

    private void stopped() {
        deployment.events.abort(world.now());
        end(
                "Stopped",
                new ErrorInformation("MANUAL_STOP", "The deployment was stopped on request."),
                progress.rollBackRequested ? Ending.Cause.REQUEST_WITH_ROLLBACK : Ending.Cause.REQUEST);
    }

    /** A function's report on the hook that is in progress. */
    void report(boolean success) {
        hooks.report(success);
    }

    private void failed(RuntimeException cause) {
        ErrorInformation error;
        if (cause instanceof StepFailed step) {
            error = new ErrorInformation(step.code(), step.getMessage());
        } else if (cause instanceof AwsError refused) {
            error = new ErrorInformation("ECS_UPDATE_ERROR", refused.getMessage());
        } else {
            LOG.error("deployment {} failed", deployment.id, cause);
            error = new ErrorInformation("INTERNAL_ERROR", "local-aws failed; its log has the reason.");
        }
        deployment.events.abort(world.now());
        end("Failed", error, Ending.Cause.FAILURE);
    }

    private void end(String status, ErrorInformation error, Ending.Cause cause) {
        steps.end();
        hooks.finish();
        installation.refresh();
        deployment.end(status, error, world.now());
        log(status + (error == null ? "" : ": " + error.code() + ", " + error.message()));
        ending.ended(deployment, cause, Optional.ofNullable(installation.traffic()));
    }

    private ServiceInfo service() {
        DeploymentGroup.EcsService name = deployment.settings.ecsService();
        return ecs.service(name.clusterName(), name.serviceName())
                .orElseThrow(() -> new StepFailed(
                        "INVALID_ECS_SERVICE",
                        "The service " + name.serviceName() + " does not exist in cluster " + name.clusterName()
                                + "."));
    }

    private void next(Range delay, Runnable step) {
        next(drawn(delay), step);
    }

    private void next(Duration delay, Runnable step) {
        steps.after(due(delay), step);
    }

    private Duration due(Duration delay) {
        progress.due = world.now().plus(delay);
        return delay;
    }

    private Duration drawn(Range range) {
        return world.ids().between(range.min(), range.max());
    }

    private void log(String what) {
        world.log("codedeploy %s %s", deployment.id, what);
    }
}
