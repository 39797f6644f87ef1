package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.ServiceInfo;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * The lifecycle event Install: makes the replacement task set, waits until it is steady and stays so for a moment. Knows the
 * deployment's task sets and its traffic from then on.
 */
final class Installation {

    private final Neighbours with;
    private final ServiceControl ecs;
    private final Steps steps;
    private final Deployment deployment;
    private final Runnable done;

    private TrafficShift traffic;
    private boolean installing;
    private boolean settling;

    /** @param done run as a step once the replacement is steady */
    Installation(Neighbours with, Steps steps, Deployment deployment, Runnable done) {
        this.with = with;
        this.ecs = with.ecs();
        this.steps = steps;
        this.deployment = deployment;
        this.done = done;
    }

    /** Null before Install. */
    TrafficShift traffic() {
        return traffic;
    }

    void begin(ServiceInfo service) {
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
                with.elb(), deployment.settings.loadBalancerInfo().pair(), original.targetGroupArn());
        deployment.progress.testWeightsBefore = traffic.testWeightsBefore();
        removeLeftovers(service, original);
        String id = ecs.createTaskSet(
                service,
                spec.taskDefinition(),
                traffic.replacement().arn(),
                spec.containerName(),
                spec.containerPort(),
                deployment.id);
        ecs.place(id, spec.placement().toEcs());
        deployment.replacement = ecs.taskSet(id).orElseThrow();
        deployment.progress.installDeadline =
                with.world().now().plus(with.timings().installTimeout());
        await();
    }

    /** A deployment stopped without a rollback leaves its task set running and the weights split. */
    private void removeLeftovers(ServiceInfo service, TaskSetInfo original) {
        if (!traffic.isClean()) {
            traffic.production(0);
            with.world().log("codedeploy %s production traffic back to the original: %s", deployment.id, traffic);
        }
        service.taskSets().stream()
                .filter(set -> "ACTIVE".equals(set.status()) && !set.id().equals(original.id()))
                .forEach(set -> ecs.drain(set.id()));
    }

    /** Gets the hand on the traffic back that an earlier process had. */
    void resume() {
        if (deployment.progress.testWeightsBefore != null) {
            traffic = TrafficShift.resumed(
                    with.elb(),
                    deployment.settings.loadBalancerInfo().pair(),
                    deployment.original.targetGroupArn(),
                    deployment.progress.testWeightsBefore);
        }
        refresh();
    }

    /** Waits until the replacement is steady, from now on or again. */
    void await() {
        installing = true;
        steps.after(Duration.between(with.world().now(), deployment.progress.installDeadline), this::timedOut);
        taskSetsChanged();
    }

    void taskSetsChanged() {
        refresh();
        if (installing && !settling && deployment.replacement.steady()) {
            settling = true;
            steps.after(with.timings().settle(), this::settled);
        }
    }

    private void settled() {
        settling = false;
        refresh();
        if (deployment.replacement.steady()) {
            installing = false;
            deployment.progress.installDeadline = null;
            done.run();
        }
    }

    private void timedOut() {
        if (!installing) {
            return;
        }
        TaskSetInfo set = deployment.replacement;
        String reason = set.lastFailure() == null ? "" : " Last stopped task: " + set.lastFailure();
        throw new StepFailed(
                "TIMEOUT",
                "The deployment timed out while waiting for the replacement task set to become healthy. This time out"
                        + " period is " + with.timings().installTimeout().toMinutes() + " minutes." + reason);
    }

    void refresh() {
        deployment.original = refreshed(deployment.original);
        deployment.replacement = refreshed(deployment.replacement);
        deployment.touch(with.world().now());
    }

    private TaskSetInfo refreshed(TaskSetInfo last) {
        return last == null ? null : ecs.taskSet(last.id()).orElse(last);
    }
}
