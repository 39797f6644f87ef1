package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployTimings.Range;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.Deployment.ErrorInformation;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Name;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.ServiceInfo;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one deployment through its lifecycle events: installs the replacement task set, shifts the traffic as the
 * deployment configuration says, waits, and drains the original. Watches the alarms from the first moment to the last,
 * the termination wait included. Everything runs under the world's lock.
 */
final class DeploymentMachine {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentMachine.class);

    private final World world;
    private final ServiceControl ecs;
    private final LoadBalancing elb;
    private final AlarmSource alarms;
    private final CodeDeployTimings timings;
    private final Deployment deployment;
    private final Ending ending;
    private final Steps steps;
    private boolean stopRequested;
    private boolean rollBackRequested;

    private TrafficShift traffic;
    private boolean installing;
    private boolean settling;
    private boolean waitingForTermination;

    DeploymentMachine(
            World world,
            ServiceControl ecs,
            LoadBalancing elb,
            AlarmSource alarms,
            CodeDeployTimings timings,
            Deployment deployment,
            Ending ending) {
        this.world = world;
        this.ecs = ecs;
        this.elb = elb;
        this.alarms = alarms;
        this.timings = timings;
        this.deployment = deployment;
        this.ending = ending;
        this.steps = new Steps(world, this::failed);
    }

    void start() {
        steps.run(() -> deployment.original = service().primary().orElse(null));
        steps.after(timings.firstAlarmCheck(), this::pollAlarms);
        steps.after(timings.created(), this::begin);
    }

    private void begin() {
        deployment.inProgress(world.now());
        log("InProgress");
        pass(Name.BEFORE_INSTALL, Range.ofMillis(200, 200), this::install);
    }

    private void install() {
        start(Name.INSTALL);
        ServiceInfo service = service();
        AppSpec spec = deployment.request.appSpec();
        Optional<String> refusal = ecs.refusal(spec.taskDefinition(), spec.containerName(), spec.containerPort());
        if (refusal.isPresent()) {
            throw new StepFailed(
                    "ECS_UPDATE_ERROR",
                    "The ECS service cannot be updated due to an unexpected error: " + refusal.get());
        }
        TaskSetInfo original = service.primary()
                .orElseThrow(() -> new StepFailed(
                        "INVALID_ECS_SERVICE", "The service " + service.serviceName() + " has no primary task set."));
        deployment.original = original;
        traffic = TrafficShift.from(
                elb, deployment.group.settings.loadBalancerInfo().pair(), original.targetGroupArn());
        removeLeftovers(service, original);
        String id = ecs.createTaskSet(
                service,
                spec.taskDefinition(),
                traffic.replacement().arn(),
                spec.containerName(),
                spec.containerPort(),
                deployment.id);
        deployment.replacement = ecs.taskSet(id).orElseThrow();
        installing = true;
        steps.after(timings.installTimeout(), this::installTimedOut);
        taskSetsChanged();
    }

    /** A deployment stopped without a rollback leaves its task set running and the weights split. */
    private void removeLeftovers(ServiceInfo service, TaskSetInfo original) {
        if (!traffic.isClean()) {
            traffic.production(0);
            log("production traffic back to the original: " + traffic);
        }
        service.taskSets().stream()
                .filter(set -> "ACTIVE".equals(set.status()) && !set.id().equals(original.id()))
                .forEach(set -> ecs.drain(set.id()));
    }

    /** Something about some task set is different now. */
    void taskSetsChanged() {
        steps.run(() -> {
            refreshTaskSets();
            if (installing && !settling && deployment.replacement.steady()) {
                settling = true;
                steps.after(timings.settle(), this::settled);
            }
        });
    }

    private void refreshTaskSets() {
        deployment.original = refreshed(deployment.original);
        deployment.replacement = refreshed(deployment.replacement);
        deployment.touch(world.now());
    }

    private TaskSetInfo refreshed(TaskSetInfo last) {
        return last == null ? null : ecs.taskSet(last.id()).orElse(last);
    }

    private void settled() {
        settling = false;
        refreshTaskSets();
        if (!deployment.replacement.steady()) {
            return;
        }
        installing = false;
        succeed(Name.INSTALL);
        pass(Name.AFTER_INSTALL, timings.emptyEvent(), () -> {
            traffic.testToReplacement();
            pass(
                    Name.ALLOW_TEST_TRAFFIC,
                    timings.emptyEvent(),
                    () -> pass(
                            Name.AFTER_ALLOW_TEST_TRAFFIC,
                            timings.emptyEvent(),
                            () -> pass(Name.BEFORE_ALLOW_TRAFFIC, timings.emptyEvent(), this::allowTraffic)));
        });
    }

    private void installTimedOut() {
        if (!installing) {
            return;
        }
        TaskSetInfo set = deployment.replacement;
        String reason = set.lastFailure() == null ? "" : " Last stopped task: " + set.lastFailure();
        throw new StepFailed(
                "TIMEOUT",
                "The deployment timed out while waiting for the replacement task set to become healthy. This time out"
                        + " period is " + timings.installTimeout().toMinutes() + " minutes." + reason);
    }

    private void allowTraffic() {
        start(Name.ALLOW_TRAFFIC);
        shift(deployment.request.config().shifts());
    }

    private void shift(List<Integer> shares) {
        int share = shares.get(0);
        traffic.production(share);
        log("traffic shifted: " + traffic);
        deployment.touch(world.now());
        if (share == 100) {
            ecs.makePrimary(deployment.replacement.id());
            steps.after(timings.emptyEvent(), () -> {
                succeed(Name.ALLOW_TRAFFIC);
                pass(Name.AFTER_ALLOW_TRAFFIC, timings.emptyEvent(), this::awaitTermination);
            });
        } else {
            Range late = timings.shiftDelay();
            steps.after(
                    deployment.request.config().interval().plus(world.ids().between(late.min(), late.max())),
                    () -> shift(shares.subList(1, shares.size())));
        }
    }

    private void awaitTermination() {
        BlueGreenDeploymentConfiguration settings = deployment.group.settings.blueGreen();
        if (!settings.terminatesOriginal() || settings.terminationWait().isZero()) {
            finish();
            return;
        }
        deployment.terminationWaitStarted = true;
        waitingForTermination = true;
        log("waits " + settings.terminationWait().toMinutes() + " min before the original is terminated");
        steps.after(settings.terminationWait(), this::finish);
    }

    /** Whether the wait before the original is terminated was on, and is over now. */
    boolean endTerminationWait() {
        if (!waitingForTermination) {
            return false;
        }
        steps.after(timings.stopping(), this::finish);
        return true;
    }

    private void finish() {
        if (deployment.group.settings.blueGreen().terminatesOriginal()) {
            ecs.drain(deployment.original.id());
        }
        end("Succeeded", null, Ending.Cause.SUCCESS);
    }

    private void pollAlarms() {
        List<String> red =
                deployment.alarms().watched().stream().filter(this::isRed).toList();
        if (red.isEmpty()) {
            steps.after(timings.alarmPoll(), this::pollAlarms);
            return;
        }
        deployment.events.abort(world.now());
        end(
                "Stopped",
                new ErrorInformation(
                        "ALARM_ACTIVE",
                        "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected,"
                                + " and the affected deployments have been stopped. Activated alarms: "
                                + String.join(", ", red)),
                Ending.Cause.ALARM);
    }

    private boolean isRed(String name) {
        Optional<AlarmSource.AlarmView> alarm = alarms.alarm(name);
        if (alarm.isEmpty() && !Boolean.TRUE.equals(deployment.alarms().ignorePollAlarmFailure())) {
            throw new StepFailed("INTERNAL_ERROR", "The state of the alarm " + name + " could not be retrieved.");
        }
        return alarm.isPresent() && "ALARM".equals(alarm.get().state());
    }

    /**
     * Stops it on request, a moment later. Once that is accepted nothing else gets in between, neither a shift nor an alarm
     * nor the end; and whoever asks for a rollback gets it, also by asking again.
     */
    void stop(boolean rollBack) {
        rollBackRequested |= rollBack;
        if (stopRequested) {
            return;
        }
        stopRequested = true;
        log("is being stopped on request" + (rollBack ? ", to be rolled back" : ""));
        steps.halt(timings.stopping(), () -> {
            deployment.events.abort(world.now());
            end(
                    "Stopped",
                    new ErrorInformation("MANUAL_STOP", "The deployment was stopped on request."),
                    rollBackRequested ? Ending.Cause.REQUEST_WITH_ROLLBACK : Ending.Cause.REQUEST);
        });
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
        refreshTaskSets();
        deployment.end(status, error, world.now());
        log(status + (error == null ? "" : ": " + error.code() + ", " + error.message()));
        ending.ended(deployment, cause, Optional.ofNullable(traffic));
    }

    private ServiceInfo service() {
        DeploymentGroup.EcsService name = deployment.group.settings.ecsService();
        return ecs.service(name.clusterName(), name.serviceName())
                .orElseThrow(() -> new StepFailed(
                        "INVALID_ECS_SERVICE",
                        "The service " + name.serviceName() + " does not exist in cluster " + name.clusterName()
                                + "."));
    }

    private void pass(Name event, Range duration, Runnable next) {
        start(event);
        steps.after(duration, () -> {
            succeed(event);
            next.run();
        });
    }

    private void start(Name event) {
        deployment.events.start(event, world.now());
        deployment.touch(world.now());
        log(event + " InProgress");
    }

    private void succeed(Name event) {
        deployment.events.succeed(event, world.now());
        deployment.touch(world.now());
        log(event + " Succeeded");
    }

    private void log(String what) {
        world.log("codedeploy %s %s", deployment.id, what);
    }
}
