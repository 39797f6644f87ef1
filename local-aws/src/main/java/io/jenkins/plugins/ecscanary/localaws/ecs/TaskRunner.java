package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.Task.NetworkInterface;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.world.World;

/** Starts and stops tasks, for the service scheduler and for RunTask alike. Called holding the world's lock. */
final class TaskRunner {

    private final World world;
    private final LoopbackAddresses addresses;
    private final TaskLifecycle lifecycle;
    private final TaskShutdown shutdown;

    TaskRunner(
            World world,
            Timings timings,
            LoadBalancing loadBalancing,
            Background background,
            LoopbackAddresses addresses,
            TaskLauncher launcher,
            HostContract contract,
            TaskListener listener) {
        this.world = world;
        this.addresses = addresses;
        this.shutdown = new TaskShutdown(world, timings, background, loadBalancing, addresses, listener);
        this.lifecycle =
                new TaskLifecycle(world, timings, background, loadBalancing, launcher, shutdown, contract, listener);
    }

    /** @param set null for a task on its own */
    Task create(Cluster cluster, TaskSet set, TaskSpec spec) {
        Task task = new Task(
                cluster, set, spec, world.ids(), addresses.allocate(), networkInterface(spec.subnet()), world.now());
        cluster.tasks.put(task.id, task);
        if (set != null) {
            set.tasks.add(task);
        }
        return task;
    }

    void begin(Task task) {
        lifecycle.begin(task);
    }

    /** Because it is no longer wanted. */
    void stop(Task task, String stopCode, String reason) {
        shutdown.stop(task, stopCode, reason);
    }

    /** Because something is wrong with it. */
    void fail(Task task, String stopCode, String reason) {
        shutdown.fail(task, stopCode, reason);
    }

    private NetworkInterface networkInterface(String subnet) {
        String hex = world.ids().task();
        return new NetworkInterface(
                world.ids().uuid(),
                "eni-0" + hex.substring(0, 16),
                "0a:" + hex.substring(16, 26).replaceAll("(..)(?!$)", "$1:"),
                subnet);
    }
}
