package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.EcsState.ClusterState;
import io.jenkins.plugins.ecscanary.localaws.ecs.EcsState.DeploymentState;
import io.jenkins.plugins.ecscanary.localaws.ecs.EcsState.RevisionState;
import io.jenkins.plugins.ecscanary.localaws.ecs.EcsState.ServiceState;
import io.jenkins.plugins.ecscanary.localaws.ecs.EcsState.TaskSetState;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;

/**
 * Writes ECS's state down and takes it up again. Tasks are not in it: after a restart every task set and deployment has
 * none, and the scheduler starts what is wanted; the sets themselves, their ids, roles and events are the former ones.
 */
final class EcsKept implements Kept<EcsState> {

    private final World world;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final ServiceScheduler scheduler;
    private final Forgetting forgetting;

    EcsKept(
            World world,
            Clusters clusters,
            TaskDefinitions definitions,
            ServiceScheduler scheduler,
            Forgetting forgetting) {
        this.world = world;
        this.clusters = clusters;
        this.definitions = definitions;
        this.scheduler = scheduler;
        this.forgetting = forgetting;
    }

    @Override
    public String name() {
        return "ecs";
    }

    @Override
    public Class<EcsState> type() {
        return EcsState.class;
    }

    @Override
    public EcsState snapshot() {
        return new EcsState(
                clusters.all().stream().map(EcsKept::state).toList(), definitions.all(), definitions.lastRevisions());
    }

    @Override
    public void restore(EcsState kept) {
        if (!clusters.all().isEmpty() || !definitions.all().isEmpty()) {
            throw new IllegalStateException("ECS is in use already; its state can only be restored before that");
        }
        definitions.restore(kept.taskDefinitions(), kept.lastRevisions());
        definitions.all().stream()
                .map(TaskDefinitions.Registered::definition)
                .filter(definition ->
                        TaskDefinition.Status.DELETE_IN_PROGRESS.name().equals(definition.status()))
                .forEach(forgetting::later);
        kept.clusters().forEach(this::restore);
        scheduler.changed();
    }

    private static ClusterState state(Cluster cluster) {
        return new ClusterState(
                cluster.name,
                cluster.inactiveSince,
                cluster.tags,
                cluster.settings,
                cluster.configuration,
                cluster.capacityProviders,
                cluster.defaultCapacityProviderStrategy,
                cluster.services.values().stream().map(EcsKept::state).toList());
    }

    private static ServiceState state(Service service) {
        return new ServiceState(
                service.name,
                service.controller.name(),
                service.status.name(),
                service.createdAt,
                service.inactiveSince,
                RevisionState.of(service.revision),
                service.tags,
                service.desiredCount,
                service.healthCheckGracePeriodSeconds,
                service.deploymentConfiguration,
                service.serviceRegistries,
                Boolean.TRUE.equals(service.enableECSManagedTags),
                Boolean.TRUE.equals(service.enableExecuteCommand),
                service.propagateTags,
                service.taskSets.stream().map(TaskSetState::of).toList(),
                service.lastCompleted == null ? null : TaskSetState.of(service.lastCompleted),
                service.events.newestFirst());
    }

    private void restore(ClusterState kept) {
        Cluster cluster = new Cluster(
                kept.name(),
                clusters.arn(kept.name()),
                kept.tags(),
                kept.settings(),
                kept.configuration(),
                kept.capacityProviders(),
                kept.defaultCapacityProviderStrategy());
        clusters.add(cluster);
        for (ServiceState service : kept.services()) {
            try {
                restore(cluster, service);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "cluster " + kept.name() + ", service " + service.name() + ": " + e.getMessage(), e);
            }
        }
        if (kept.inactiveSince() != null) {
            cluster.inactiveSince = kept.inactiveSince();
            forgetting.later(cluster);
        }
    }

    private void restore(Cluster cluster, ServiceState kept) {
        ServiceEvents events = new ServiceEvents(world);
        events.restore(kept.events());
        Service service = new Service(
                cluster,
                kept.name(),
                Service.Controller.valueOf(kept.controller()),
                revision(kept.revision()),
                kept.createdAt(),
                events);
        service.status = Service.Status.valueOf(kept.status());
        service.tags = kept.tags();
        service.desiredCount = kept.desiredCount();
        service.healthCheckGracePeriodSeconds = kept.healthCheckGracePeriodSeconds();
        service.deploymentConfiguration = ServiceView.deploymentConfiguration(kept.deploymentConfiguration());
        service.serviceRegistries = Copies.orNull(kept.serviceRegistries());
        service.enableECSManagedTags = kept.enableEcsManagedTags();
        service.enableExecuteCommand = kept.enableExecuteCommand();
        service.propagateTags = kept.propagateTags() == null ? "NONE" : kept.propagateTags();
        kept.taskSets().forEach(set -> service.taskSets.add(taskSet(service, set)));
        if (kept.lastCompleted() != null) {
            service.lastCompleted =
                    service.taskSet(kept.lastCompleted().id()).orElseGet(() -> taskSet(service, kept.lastCompleted()));
        }
        cluster.services.put(service.name, service);
        if (service.status == Service.Status.INACTIVE) {
            service.inactiveSince = kept.inactiveSince();
            forgetting.later(service);
        }
    }

    private TaskSet taskSet(Service service, TaskSetState kept) {
        TaskSet set = new TaskSet(
                service,
                kept.id(),
                revision(kept.revision()),
                kept.externalId(),
                TaskSet.Status.valueOf(kept.status()),
                kept.createdAt());
        set.replaced = kept.replaced();
        set.scale = kept.scale();
        set.updatedAt = kept.updatedAt();
        set.steadySince = world.now();
        set.failedTasks = kept.failedTasks();
        set.lastFailure = kept.lastFailure();
        if (service.controller == Service.Controller.ECS) {
            set.deployment = deployment(kept);
        }
        return set;
    }

    private static Deployment deployment(TaskSetState kept) {
        DeploymentState state = kept.deployment();
        if (state == null) {
            throw new IllegalArgumentException("deployment " + kept.id() + " has no state");
        }
        Deployment deployment = new Deployment(kept.id());
        deployment.state = Deployment.State.valueOf(state.state());
        deployment.reason = state.reason();
        deployment.wanted = state.wanted();
        deployment.failedTasks = state.failedTasks();
        return deployment;
    }

    private ServiceRevision revision(RevisionState kept) {
        if (kept == null) {
            throw new IllegalArgumentException("there is no revision");
        }
        TaskDefinition definition = definitions
                .find(kept.taskDefinition())
                .orElseThrow(() -> new IllegalArgumentException("there is no task definition " + kept.taskDefinition()))
                .definition();
        return new ServiceRevision(
                definition,
                kept.loadBalancer(),
                kept.networkConfiguration(),
                kept.launchType(),
                kept.capacityProviderStrategy(),
                kept.platformVersion());
    }
}
