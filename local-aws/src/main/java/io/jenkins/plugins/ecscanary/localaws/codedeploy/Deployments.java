package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
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
    private final ServiceControl ecs;
    private final LoadBalancing elb;
    private final AlarmSource alarms;
    private final CodeDeployTimings timings;
    private final Map<String, Deployment> byId = new LinkedHashMap<>();
    private final Map<String, DeploymentMachine> running = new HashMap<>();
    private final Map<String, RollbackMachine> rollingBack = new HashMap<>();

    Deployments(World world, ServiceControl ecs, LoadBalancing elb, AlarmSource alarms, CodeDeployTimings timings) {
        this.world = world;
        this.ecs = ecs;
        this.elb = elb;
        this.alarms = alarms;
        this.timings = timings;
        ecs.onChange(() -> {
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
        Deployment deployment = register(group, request);
        world.log(
                "codedeploy %s created in %s/%s: %s with %s",
                deployment.id,
                group.applicationName,
                group.name,
                request.appSpec().taskDefinition(),
                request.config().name());
        DeploymentMachine machine = new DeploymentMachine(world, ecs, elb, alarms, timings, deployment, this::ended);
        running.put(deployment.id, machine);
        machine.start();
        return deployment;
    }

    private Deployment register(DeploymentGroup group, Deployment.Request request) {
        Deployment deployment = new Deployment(world.ids().deployment(), group, request, world.now());
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
        if (!"codeDeployRollback".equals(deployment.request.creator()) && wantsRollback(deployment, cause)) {
            rollBack(deployment, traffic);
        }
    }

    private static boolean wantsRollback(Deployment deployment, Ending.Cause cause) {
        AutoRollbackConfiguration auto = deployment.autoRollback();
        return cause == Ending.Cause.REQUEST_WITH_ROLLBACK
                || cause == Ending.Cause.FAILURE && auto.covers(AutoRollbackConfiguration.ON_FAILURE)
                || cause == Ending.Cause.ALARM && auto.covers(AutoRollbackConfiguration.ON_ALARM);
    }

    private void rollBack(Deployment stopped, Optional<TrafficShift> traffic) {
        AppSpec spec = stopped.original == null
                ? stopped.request.appSpec()
                : new AppSpec(
                        stopped.original.taskDefinitionArn(),
                        stopped.original.containerName(),
                        stopped.original.containerPort());
        Deployment rollback = register(
                stopped.group,
                new Deployment.Request(
                        DeploymentConfig.named(DeploymentConfig.ALL_AT_ONCE),
                        RevisionLocation.ofAppSpec(spec.toJson()),
                        spec,
                        null,
                        "codeDeployRollback",
                        null,
                        null));
        Deployment.link(stopped, rollback);
        world.log("codedeploy %s created: rolls back %s", rollback.id, stopped.id);
        RollbackMachine machine = new RollbackMachine(world, ecs, timings, rollback, stopped, traffic, this::ended);
        rollingBack.put(rollback.id, machine);
        machine.start();
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
            throw new AwsError("InvalidNextTokenException", "The next token was specified in an invalid format.");
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

    static void requireActive(Deployment deployment) {
        if (deployment.isOver()) {
            throw new AwsError(
                    "DeploymentAlreadyCompletedException",
                    "The deployment " + deployment.id + " is already completed: " + deployment.status());
        }
    }
}
