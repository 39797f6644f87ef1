package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.Task.NetworkInterface;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * ECS's service scheduler: keeps every task set at its computed desired count, replaces tasks that failed, tells when a
 * service is steady. Whatever changes asks for a pass; a pass then runs on its own, never inside the change, so nobody is
 * called back in the middle of their work.
 */
final class ServiceScheduler implements TaskListener {

    private final World world;
    private final Timings timings;
    private final Clusters clusters;
    private final LoadBalancing loadBalancing;
    private final Background background;
    private final LoopbackAddresses addresses;
    private final List<Runnable> listeners = new ArrayList<>();
    private final TaskLifecycle lifecycle;
    private final TaskShutdown shutdown;
    private boolean due;

    ServiceScheduler(
            World world,
            Timings timings,
            Clusters clusters,
            LoadBalancing loadBalancing,
            Background background,
            LoopbackAddresses addresses,
            TaskLauncher launcher,
            HostContract contract) {
        this.world = world;
        this.timings = timings;
        this.clusters = clusters;
        this.loadBalancing = loadBalancing;
        this.background = background;
        this.addresses = addresses;
        this.shutdown = new TaskShutdown(world, timings, background, loadBalancing, addresses, this);
        this.lifecycle =
                new TaskLifecycle(world, timings, background, loadBalancing, launcher, shutdown, contract, this);
        loadBalancing.onHealthChange(target -> changed());
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void changed() {
        if (!due) {
            due = true;
            world.after(Duration.ZERO, () -> background.report(this::pass));
        }
    }

    @Override
    public void failed(Task task) {
        TaskSet set = task.set;
        set.failedTasks++;
        set.lastFailure = task.stoppedReason;
        set.failuresInARow++;
        if (set.failuresInARow == 3) {
            set.service.events.add("(service " + set.service.name
                    + ") is unable to consistently start tasks successfully. For more information, see the"
                    + " Troubleshooting section of the Amazon ECS Developer Guide.");
        }
        if (set.failuresInARow > 1 && !set.backingOff) {
            set.backingOff = true;
            world.after(backoff(set.failuresInARow), timings.restartFloor(), () -> {
                set.backingOff = false;
                changed();
            });
        }
    }

    private Duration backoff(int failuresInARow) {
        Duration wait = timings.restartBackoff().multipliedBy(1L << Math.min(failuresInARow - 2, 20));
        return wait.compareTo(timings.restartBackoffLimit()) > 0 ? timings.restartBackoffLimit() : wait;
    }

    private void pass() {
        due = false;
        for (Cluster cluster : clusters.all()) {
            for (Service service : cluster.services.values()) {
                for (TaskSet set : List.copyOf(service.taskSets)) {
                    set.wanted().forEach(this::judge);
                    settle(set);
                    updateStability(set);
                }
                tellSteady(service);
            }
        }
        List.copyOf(listeners).forEach(Runnable::run);
    }

    /** Stops a task whose health checks say it is broken. */
    private void judge(Task task) {
        if (task.lastStatus != Task.Status.RUNNING) {
            return;
        }
        TaskSet set = task.set;
        if (task.health() == TaskContainer.Health.UNHEALTHY) {
            set.service.events.add(
                    "(service " + set.service.name + ") (task " + task.id + ") failed container health checks.");
            shutdown.fail(task, "ServiceSchedulerInitiated", "Task failed container health checks");
        } else if (task.graceOver && "unhealthy".equals(targetHealth(task))) {
            String group = "(target-group " + set.targetGroupArn + ")";
            set.service.events.add("(service " + set.service.name + ") (port " + set.containerPort
                    + ") is unhealthy in " + group + " due to (reason Health checks failed)");
            String hint =
                    task.everListened() ? "" : ": " + HostContract.nothingListens(task.ip, task.set.containerPort);
            shutdown.fail(task, "ServiceSchedulerInitiated", "Task failed ELB health checks in " + group + hint);
        }
    }

    private void settle(TaskSet set) {
        int missing = set.computedDesiredCount() - set.wanted().size();
        if (missing > 0 && !set.backingOff) {
            start(set, missing);
        } else if (missing < 0) {
            scaleIn(set, -missing);
        }
        if (set.status == TaskSet.Status.DRAINING && set.tasks.isEmpty()) {
            set.service.taskSets.remove(set);
            world.log("ecs %s: task set %s gone (%s)", set.service.name, set.id, set.definition.shortName());
            changed();
        }
    }

    private void start(TaskSet set, int count) {
        List<Task> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Task task = new Task(set, world.ids().task(), addresses.allocate(), networkInterface(set), world.now());
            set.tasks.add(task);
            set.service.cluster.tasks.put(task.id, task);
            started.add(task);
        }
        set.service.events.add(set.eventName() + " has started " + count + " tasks: " + list(started) + ".");
        started.forEach(lifecycle::begin);
        changed();
    }

    private NetworkInterface networkInterface(TaskSet set) {
        String hex = world.ids().task();
        return new NetworkInterface(
                world.ids().uuid(),
                "eni-0" + hex.substring(0, 16),
                "0a:" + hex.substring(16, 26).replaceAll("(..)(?!$)", "$1:"),
                ServiceRules.firstSubnet(set.service.settings.networkConfiguration()));
    }

    /** Those that do not run yet first, then the newest. */
    private void scaleIn(TaskSet set, int count) {
        List<Task> surplus = set.wanted().stream()
                .sorted(Comparator.comparing((Task task) -> task.lastStatus == Task.Status.RUNNING)
                        .thenComparing(task -> task.createdAt, Comparator.reverseOrder()))
                .limit(count)
                .toList();
        long serving = surplus.stream().filter(task -> task.registered).count();
        if (serving > 0) {
            set.service.events.add(set.eventName() + " has begun draining connections on " + serving + " tasks.");
        }
        set.service.events.add(
                set.eventName() + " has stopped " + surplus.size() + " running tasks: " + list(surplus) + ".");
        surplus.forEach(task -> shutdown.stop(task, "Scaling activity initiated by (deployment " + set.id + ")"));
    }

    private void updateStability(TaskSet set) {
        boolean steady = steady(set);
        if (steady != set.steady) {
            set.steady = steady;
            set.steadySince = world.now();
            set.updatedAt = world.now();
            world.log(
                    "ecs %s: task set %s %s: %d of %d running (%s, %s)",
                    set.service.name,
                    set.id,
                    steady ? "STEADY_STATE" : "STABILIZING",
                    set.runningCount(),
                    set.computedDesiredCount(),
                    set.definition.shortName(),
                    set.role());
        }
        if (steady) {
            set.failuresInARow = 0;
        }
    }

    /** As the API reference defines STEADY_STATE: running = desired, none pending, all healthy by every check there is. */
    boolean steady(TaskSet set) {
        List<Task> wanted = set.wanted();
        return wanted.size() == set.computedDesiredCount()
                && wanted.stream()
                        .allMatch(task -> task.lastStatus == Task.Status.RUNNING
                                && (!task.checked() || task.health() == TaskContainer.Health.HEALTHY)
                                && (set.targetGroupArn == null || "healthy".equals(targetHealth(task))));
    }

    private String targetHealth(Task task) {
        return task.registered
                ? loadBalancing.health(task.set.targetGroupArn, task.target()).orElse("unregistered")
                : "unregistered";
    }

    private void tellSteady(Service service) {
        boolean steady = service.taskSets.stream().allMatch(this::steady);
        if (steady && !service.steadyTold) {
            service.events.add("(service " + service.name + ") has reached a steady state.");
        }
        service.steadyTold = steady;
    }

    private static String list(List<Task> tasks) {
        return tasks.stream().map(task -> "(task " + task.id + ")").collect(Collectors.joining(" "));
    }
}
