package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.LoadBalancer;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.logs.LogSink;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Amazon ECS on Fargate: clusters, task definitions, services whose controller is ECS or CODE_DEPLOY, and tasks of
 * theirs and on their own, which really run. Guarded by the world's lock.
 */
public final class Ecs implements ServiceControl, AutoCloseable {

    private final World world;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final Forgetting forgetting;
    private final ServiceScheduler scheduler;
    private final LoadBalancing loadBalancing;
    private final Background background;
    private final TaskRuntime runtime;
    private final MetadataServer metadata;
    private final TaskLauncher launcher;
    private final Runnable releaseExecutor;

    /** @param runtime closed together with this */
    public Ecs(
            World world,
            LoadBalancing loadBalancing,
            ImageStore images,
            LogSink logs,
            TaskRuntime runtime,
            Timings timings) {
        this(world, loadBalancing, images, logs, runtime, timings, PortProbe.tcp(), threads());
    }

    private Ecs(
            World world,
            LoadBalancing loadBalancing,
            ImageStore images,
            LogSink logs,
            TaskRuntime runtime,
            Timings timings,
            PortProbe probe,
            ExecutorService executor) {
        this(world, loadBalancing, images, logs, runtime, timings, probe, executor, executor::shutdownNow);
    }

    /** @param executor where slow work is done; the caller's own, so that a test can do it in its own thread */
    Ecs(
            World world,
            LoadBalancing loadBalancing,
            ImageStore images,
            LogSink logs,
            TaskRuntime runtime,
            Timings timings,
            PortProbe probe,
            Executor executor,
            Runnable releaseExecutor) {
        this.world = world;
        this.loadBalancing = loadBalancing;
        this.runtime = runtime;
        this.releaseExecutor = releaseExecutor;
        this.clusters = new Clusters(world);
        this.definitions = new TaskDefinitions(world);
        this.forgetting = new Forgetting(world, clusters, definitions);
        this.background = new Background(world, executor);
        HostContract contract = new HostContract(probe);
        LoopbackAddresses addresses =
                new LoopbackAddresses(ProcessHandle.current().pid());
        this.metadata = MetadataServer.start(world, clusters);
        this.launcher = new TaskLauncher(world, images, logs, runtime, contract, metadata);
        this.scheduler = new ServiceScheduler(
                world,
                timings,
                clusters,
                definitions,
                forgetting,
                loadBalancing,
                background,
                addresses,
                launcher,
                contract);
    }

    /** AWS JSON 1.1, {@code AmazonEC2ContainerServiceV20141113}. */
    public ServiceApi api() {
        List<Operation<?, ?>> operations = new ArrayList<>();
        operations.addAll(new ClusterOperations(world, clusters, forgetting).operations());
        operations.addAll(new TaskDefinitionOperations(world, definitions).operations());
        operations.addAll(new TaskDefinitionRemoval(world, definitions, forgetting).operations());
        operations.addAll(new ServiceOperations(world, clusters, definitions, loadBalancing, scheduler).operations());
        operations.addAll(new ServiceRemoval(world, clusters, scheduler).operations());
        operations.addAll(new TaskSetOperations(clusters, scheduler).operations());
        operations.addAll(new TaskOperations(clusters).operations());
        operations.addAll(new RunTaskOperations(world, clusters, definitions, scheduler).operations());
        operations.addAll(new TagOperations(clusters, definitions).operations());
        return ServiceApi.json("ecs", "AmazonEC2ContainerServiceV20141113", List.copyOf(operations));
    }

    /** Where the secrets are that task definitions name, from now on; without it, there is none, and such tasks don't start. */
    public void secretsFrom(SecretValues values) {
        world.run(() -> launcher.secretsFrom(values));
    }

    /** What is kept of ECS across a restart: all but its tasks, which are started again. */
    public Kept<?> kept() {
        return new EcsKept(world, clusters, definitions, scheduler, forgetting);
    }

    /** The security groups of the task that has this address; none if there is no such task. */
    public List<String> securityGroups(String ip) {
        return clusters.all().stream()
                .flatMap(cluster -> cluster.tasks.values().stream())
                .filter(task -> task.ip.equals(ip) && task.lastStatus != Task.Status.STOPPED)
                .findFirst()
                .map(task -> Launch.securityGroups(task.spec.networkConfiguration()))
                .orElse(List.of());
    }

    @Override
    public Optional<ServiceInfo> service(String cluster, String service) {
        return clusters.find(cluster)
                .flatMap(found -> found.service(service))
                .filter(Service::isActive)
                .map(this::info);
    }

    @Override
    public Optional<String> refusal(String taskDefinitionArn, String containerName, int containerPort) {
        return definitions
                .find(taskDefinitionArn)
                .map(registered -> registered.isActive()
                        ? registered.definition().refusal(containerName, containerPort)
                        : Optional.of("The task definition " + taskDefinitionArn + " is INACTIVE."))
                .orElse(Optional.of("The task definition " + taskDefinitionArn + " does not exist."));
    }

    @Override
    public String createTaskSet(
            ServiceInfo service,
            String taskDefinitionArn,
            String targetGroupArn,
            String containerName,
            int containerPort,
            String externalId) {
        Service owner = clusters.find(service.clusterName())
                .flatMap(cluster -> cluster.service(service.serviceName()))
                .orElseThrow(() -> new IllegalArgumentException("no service " + service.serviceArn()));
        TaskDefinition definition = definitions
                .find(taskDefinitionArn)
                .orElseThrow(() -> new IllegalArgumentException("no task definition " + taskDefinitionArn))
                .definition();
        TaskSet set = new TaskSet(
                owner,
                world.ids().taskSet(),
                owner.revision.with(definition, LoadBalancer.of(targetGroupArn, containerName, containerPort)),
                externalId,
                TaskSet.Status.ACTIVE,
                world.now());
        owner.taskSets.add(set);
        world.log("ecs %s: task set %s created (%s, %s)", owner.name, set.id, definition.shortName(), set.role());
        scheduler.changed();
        return set.id;
    }

    @Override
    public void place(String taskSetId, Placement placement) {
        TaskSet set = require(taskSetId);
        set.revision = set.revision.placed(placement);
    }

    @Override
    public Optional<TaskSetInfo> taskSet(String taskSetId) {
        return find(taskSetId).map(this::info);
    }

    @Override
    public void makePrimary(String taskSetId) {
        TaskSet chosen = require(taskSetId);
        if (!chosen.service.isActive()) {
            throw new IllegalStateException("the service " + chosen.service.name + " is being deleted");
        }
        chosen.service.primary().filter(former -> former != chosen).ifPresent(former -> {
            former.status = TaskSet.Status.ACTIVE;
            former.replaced = true;
            former.updatedAt = world.now();
        });
        chosen.status = TaskSet.Status.PRIMARY;
        chosen.replaced = false;
        chosen.updatedAt = world.now();
        world.log("ecs %s: task set %s is PRIMARY (%s)", chosen.service.name, chosen.id, chosen.definition.shortName());
        scheduler.changed();
    }

    @Override
    public void drain(String taskSetId) {
        TaskSet set = require(taskSetId);
        set.status = TaskSet.Status.DRAINING;
        set.scale = 0;
        set.updatedAt = world.now();
        world.log("ecs %s: task set %s DRAINING (%s)", set.service.name, set.id, set.definition.shortName());
        scheduler.changed();
    }

    @Override
    public void onChange(Runnable listener) {
        scheduler.onChange(listener);
    }

    /** Starts nothing any more and kills what runs. */
    @Override
    public void close() {
        background.close();
        releaseExecutor.run();
        try {
            runtime.close();
        } finally {
            metadata.close();
        }
    }

    private Optional<TaskSet> find(String taskSetId) {
        return clusters.all().stream()
                .flatMap(cluster -> cluster.services.values().stream())
                .flatMap(service -> service.taskSet(taskSetId).stream())
                .findFirst();
    }

    private TaskSet require(String taskSetId) {
        return find(taskSetId).orElseThrow(() -> new IllegalArgumentException("no task set " + taskSetId));
    }

    private ServiceInfo info(Service service) {
        return new ServiceInfo(
                service.cluster.name,
                service.name,
                service.arn,
                service.controller.name(),
                service.desiredCount,
                service.newestFirst().stream().map(this::info).toList());
    }

    private TaskSetInfo info(TaskSet set) {
        return new TaskSetInfo(
                set.id,
                set.externalId,
                set.status.name(),
                set.definition.taskDefinitionArn(),
                set.targetGroupArn,
                set.containerName,
                set.containerPort,
                set.computedDesiredCount(),
                set.pendingCount(),
                set.runningCount(),
                scheduler.steady(set) && set.isWhole(),
                set.failedTasks,
                set.lastFailure);
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ecs-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
