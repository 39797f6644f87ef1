package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All deployments ever made, and the machines of those that run. Guarded by the world's lock. */
final class Deployments {

    private final World world;
    private final Neighbours with;
    private final Map<String, Deployment> byId = new LinkedHashMap<>();
    private final Map<String, DeploymentMachine> running = new HashMap<>();
    private final Map<String, RollbackMachine> rollingBack = new HashMap<>();

    Deployments(Neighbours with) {
        this.world = with.world();
        this.with = with;
        with.ecs().onChange(() -> {
            List.copyOf(running.values()).forEach(DeploymentMachine::taskSetsChanged);
            List.copyOf(rollingBack.values()).forEach(RollbackMachine::taskSetsChanged);
        });
    }

    /** @throws AwsError DeploymentLimitExceededException, if one is active in the group */
    Deployment create(DeploymentGroup group, Deployment.Request request) {
        if (group.active != null) {
            throw new AwsError(
                    "DeploymentLimitExceededException",
                    "The Deployment Group '" + group.name + "' already has an active Deployment '" + group.active.id
                            + "'");
        }
        Deployment deployment = register(group, group.settings, request);
        world.log(
                "codedeploy %s created in %s/%s: %s with %s",
                deployment.id,
                group.applicationName,
                group.name,
                request.appSpec().taskDefinition(),
                request.config().name());
        machine(deployment).start();
        return deployment;
    }

    private DeploymentMachine machine(Deployment deployment) {
        DeploymentMachine machine = new DeploymentMachine(with, deployment, this::ended);
        running.put(deployment.id, machine);
        return machine;
    }

    private Deployment register(DeploymentGroup group, DeploymentGroup.Settings settings, Deployment.Request request) {
        RevisionLocation previous = group.lastSuccessful == null ? null : group.lastSuccessful.request.revision();
        Deployment deployment =
                new Deployment(world.ids().deployment(), group, settings, request, previous, world.now());
        byId.put(deployment.id, deployment);
        group.active = deployment;
        group.lastAttempted = deployment;
        return deployment;
    }

    private void ended(Deployment deployment, Ending.Cause cause, Optional<TrafficShift> traffic) {
        running.remove(deployment.id);
        rollingBack.remove(deployment.id);
        deployment.group.active = null;
        if (cause == Ending.Cause.SUCCESS) {
            deployment.group.lastSuccessful = deployment;
        }
        if (!deployment.isRollback() && wantsRollback(deployment, cause)) {
            rollBack(deployment, traffic);
        }
    }

    /** AWS does not say which event a deployment that nobody continued is: here failing as well as being stopped. */
    private static boolean wantsRollback(Deployment deployment, Ending.Cause cause) {
        AutoRollbackConfiguration auto = deployment.autoRollback();
        return switch (cause) {
            case SUCCESS, REQUEST -> false;
            case REQUEST_WITH_ROLLBACK -> true;
            case FAILURE -> auto.covers(AutoRollbackConfiguration.ON_FAILURE);
            case ALARM -> auto.covers(AutoRollbackConfiguration.ON_ALARM);
            case NOT_CONTINUED ->
                auto.covers(AutoRollbackConfiguration.ON_FAILURE) || auto.covers(AutoRollbackConfiguration.ON_REQUEST);
        };
    }

    private void rollBack(Deployment stopped, Optional<TrafficShift> traffic) {
        AppSpec spec = stopped.original == null
                ? stopped.request.appSpec()
                : AppSpec.of(
                        stopped.original.taskDefinitionArn(),
                        stopped.original.containerName(),
                        stopped.original.containerPort());
        Deployment rollback = register(
                stopped.group,
                stopped.settings,
                new Deployment.Request(
                        DeploymentConfig.ALL_AT_ONCE,
                        RevisionLocation.ofAppSpec(spec.toJson()),
                        spec,
                        null,
                        Deployment.ROLLBACK,
                        null,
                        null));
        Deployment.link(stopped, rollback);
        world.log("codedeploy %s created: rolls back %s", rollback.id, stopped.id);
        RollbackMachine machine = new RollbackMachine(with, rollback, stopped, () -> traffic, this::ended);
        rollingBack.put(rollback.id, machine);
        machine.start();
    }

    /** Takes up one that was kept; {@link #resume} goes on with it. */
    void restore(Deployment deployment) {
        byId.put(deployment.id, deployment);
        if (!deployment.isOver()) {
            deployment.group.active = deployment;
        }
    }

    /** Goes on with all that are not over, once everything is there that they may change: one may end right away. */
    void resume() {
        all().stream().filter(deployment -> !deployment.isOver()).forEach(this::resume);
    }

    private void resume(Deployment deployment) {
        if (deployment.isRollback()) {
            Deployment stopped = find(deployment.rollback().rollbackTriggeringDeploymentId())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "deployment " + deployment.id + " rolls back one that is not there"));
            RollbackMachine machine =
                    new RollbackMachine(with, deployment, stopped, () -> traffic(stopped), this::ended);
            rollingBack.put(deployment.id, machine);
            machine.resume();
        } else {
            machine(deployment).resume();
        }
    }

    /** The hand that an earlier process had on the listeners. */
    private Optional<TrafficShift> traffic(Deployment deployment) {
        return Optional.ofNullable(deployment.progress.testWeightsBefore)
                .map(test -> TrafficShift.resumed(
                        with.elb(),
                        deployment.settings.loadBalancerInfo().pair(),
                        deployment.original.targetGroupArn(),
                        test));
    }

    /** @throws AwsError DeploymentIdRequiredException, InvalidDeploymentIdException, DeploymentDoesNotExistException */
    Deployment get(String id) {
        if (id == null || id.isBlank()) {
            throw new AwsError("DeploymentIdRequiredException", "The deployment ID is required");
        }
        if (!id.matches("d-[A-Z0-9]{9}")) {
            throw new AwsError("InvalidDeploymentIdException", "Deployment ID " + id + " is not valid");
        }
        Deployment deployment = byId.get(id);
        if (deployment == null) {
            throw new AwsError("DeploymentDoesNotExistException", "The deployment " + id + " could not be found");
        }
        return deployment;
    }

    Optional<Deployment> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Oldest first. */
    List<Deployment> all() {
        return List.copyOf(byId.values());
    }

    /** Whether a deployment that is not over uses this deployment configuration. */
    boolean activeWith(String configName) {
        return byId.values().stream()
                .anyMatch(deployment -> !deployment.isOver()
                        && deployment.request.config().name().equals(configName));
    }

    /**
     * Newest first.
     *
     * @param token the last id of the page before, or null for the first page; it need not match the filters any more
     * @throws AwsError InvalidNextTokenException
     */
    Stream<Deployment> newestFirst(String token) {
        List<Deployment> all = new ArrayList<>(byId.values());
        Collections.reverse(all);
        if (token == null) {
            return all.stream();
        }
        int at = all.indexOf(byId.get(token));
        if (at < 0) {
            throw Pages.invalidToken();
        }
        return all.subList(at + 1, all.size()).stream();
    }

    /** @throws AwsError if it is over, or is a rollback, which can't be stopped here */
    void stop(Deployment deployment, Boolean autoRollbackEnabled) {
        requireActive(deployment);
        DeploymentMachine machine = running.get(deployment.id);
        if (machine == null) {
            throw AwsError.unsupported("StopDeployment of a rollback deployment");
        }
        // Said explicitly it goes; otherwise the configured events decide.
        machine.stop(
                autoRollbackEnabled != null
                        ? autoRollbackEnabled
                        : deployment.autoRollback().covers(AutoRollbackConfiguration.ON_REQUEST));
    }

    void endTerminationWait(Deployment deployment) {
        requireActive(deployment);
        DeploymentMachine machine = running.get(deployment.id);
        if (machine == null || !machine.endTerminationWait()) {
            throw new AwsError(
                    "DeploymentIsNotInReadyStateException",
                    "The deployment " + deployment.id + " is not waiting for the termination of its original task set");
        }
    }

    void continueWhenReady(Deployment deployment) {
        requireActive(deployment);
        DeploymentMachine machine = running.get(deployment.id);
        if (machine == null || !machine.continueWhenReady()) {
            throw new AwsError(
                    "DeploymentIsNotInReadyStateException",
                    "The deployment " + deployment.id + " is not in the Ready state: " + deployment.status());
        }
    }

    /** @throws AwsError InvalidLifecycleEventHookExecutionIdException, LifecycleEventAlreadyCompletedException */
    void report(Deployment deployment, String hookExecutionId, boolean success) {
        if (deployment.finishedHooks.contains(hookExecutionId)) {
            throw new AwsError(
                    "LifecycleEventAlreadyCompletedException",
                    "An attempt to return the status of an already completed" + " lifecycle event occurred: "
                            + hookExecutionId);
        }
        HookExecution hook = deployment.progress.hook;
        if (hook == null || !hook.id().equals(hookExecutionId)) {
            throw new AwsError(
                    "InvalidLifecycleEventHookExecutionIdException",
                    "A lifecycle event hook is invalid: " + deployment.id + " runs none with the ID "
                            + hookExecutionId);
        }
        running.get(deployment.id).report(success);
    }

    static void requireActive(Deployment deployment) {
        if (deployment.isOver()) {
            throw new AwsError(
                    "DeploymentAlreadyCompletedException",
                    "The deployment " + deployment.id + " is already completed: " + deployment.status());
        }
    }
}
