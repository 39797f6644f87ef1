package io.jenkins.plugins.ecscanary.localaws.ecs;

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
    private final TaskDefinitions definitions;
    private final Forgetting forgetting;
    private final LoadBalancing loadBalancing;
    private final Background background;
    private final List<Runnable> listeners = new ArrayList<>();
    private final TaskRunner tasks;
    private final RollingUpdate rollingUpdate;
    private boolean due;

    ServiceScheduler(
            World world,
            Timings timings,
            Clusters clusters,
            TaskDefinitions definitions,
            Forgetting forgetting,
            LoadBalancing loadBalancing,
            Background background,
            LoopbackAddresses addresses,
            TaskLauncher launcher,
            HostContract contract) {
        this.world = world;
        this.timings = timings;
        this.clusters = clusters;
        this.definitions = definitions;
        this.forgetting = forgetting;
        this.loadBalancing = loadBalancing;
        this.background = background;
        this.tasks = new TaskRunner(world, timings, loadBalancing, background, addresses, launcher, contract, this);
        this.rollingUpdate = new RollingUpdate(world, this::healthy);
        loadBalancing.onHealthChange(target -> changed());
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    TaskRunner tasks() {
        return tasks;
    }

    RollingUpdate rollingUpdate() {
        return rollingUpdate;
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
        if (set == null) {
            return; // nobody replaces a task on its own
        }
        if (set.deployment != null && !task.everHealthy) {
            set.deployment.failedTasks++;
        }
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
            for (Service service : List.copyOf(cluster.services.values())) {
                pass(service);
            }
        }
        List.copyOf(listeners).forEach(Runnable::run);
    }

    private void pass(Service service) {
        for (TaskSet set : service.taskSets) {
            set.wanted().forEach(this::judge);
        }
        if (service.controller == Service.Controller.ECS) {
            rollingUpdate.plan(service);
        }
        for (TaskSet set : List.copyOf(service.taskSets)) {
            settle(set);
            updateStability(set);
        }
        if (service.isActive()) {
            tellSteady(service);
        } else if (service.status == Service.Status.DRAINING && service.taskSets.isEmpty()) {
            service.status = Service.Status.INACTIVE;
            world.log("ecs %s: service INACTIVE", service.name);
            service.inactiveSince = world.now();
            forgetting.later(service);
        }
    }

    /** Stops a task whose health checks say it is broken. */
    private void judge(Task task) {
        if (task.lastStatus != Task.Status.RUNNING) {
            return;
        }
        TaskSet set = task.set;
        if (healthy(task) && !task.everHealthy) {
            task.everHealthy = true;
            if (set.deployment != null && set.service.limits().reset()) {
                set.deployment.failedTasks = 0;
            }
        }
        if (task.health() == TaskContainer.Health.UNHEALTHY) {
            set.service.events.add(
                    "(service " + set.service.name + ") (task " + task.id + ") failed container health checks.");
            tasks.fail(task, "ServiceSchedulerInitiated", "Task failed container health checks");
        } else if (task.graceOver && "unhealthy".equals(targetHealth(task))) {
            String group = "(target-group " + set.targetGroupArn + ")";
            String why = loadBalancing
                    .healthDescription(set.targetGroupArn, task.target())
                    .orElse("Health checks failed");
            set.service.events.add("(service " + set.service.name + ") (port " + set.containerPort
                    + ") is unhealthy in " + group + " due to (reason " + why + ")");
            String hint =
                    task.everListened() ? "" : ": " + HostContract.nothingListens(task.ip, task.set.containerPort);
            tasks.fail(task, "ServiceSchedulerInitiated", "Task failed ELB health checks in " + group + hint);
        }
    }

    private void settle(TaskSet set) {
        int missing = set.computedDesiredCount() - set.wanted().size();
        if (missing > 0 && !set.backingOff) {
            start(set, missing);
        } else if (missing < 0) {
            scaleIn(set, -missing);
        }
        if (leaves(set) && set.tasks.isEmpty()) {
            set.service.taskSets.remove(set);
            world.log("ecs %s: %s gone (%s)", set.service.name, set.kindAndId(), set.definition.shortName());
            changed();
        }
    }

    /** Whether it is on its way out, and gone with its last task. */
    private static boolean leaves(TaskSet set) {
        return set.deployment == null
                ? set.status == TaskSet.Status.DRAINING
                : set.status != TaskSet.Status.PRIMARY || !set.service.isActive();
    }

    private void start(TaskSet set, int count) {
        List<Task> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(tasks.create(set.service.cluster, set, TaskSpec.of(set, tagsOf(set))));
        }
        set.service.events.add(set.eventName() + " has started " + count + " tasks: " + list(started) + ".");
        started.forEach(tasks::begin);
        changed();
    }

    private List<Tag> tagsOf(TaskSet set) {
        return set.service.tagsOfTasks(definitions.tags(set.definition));
    }

    /** Those that do not run yet first, then those that are not healthy, then the newest. */
    private void scaleIn(TaskSet set, int count) {
        List<Task> surplus = set.wanted().stream()
                .sorted(Comparator.comparing((Task task) -> task.lastStatus == Task.Status.RUNNING)
                        .thenComparing(this::healthy)
                        .thenComparing(task -> task.createdAt, Comparator.reverseOrder()))
                .limit(count)
                .toList();
        long serving = surplus.stream().filter(task -> task.registered).count();
        if (serving > 0) {
            set.service.events.add(set.eventName() + " has begun draining connections on " + serving + " tasks.");
        }
        set.service.events.add(
                set.eventName() + " has stopped " + surplus.size() + " running tasks: " + list(surplus) + ".");
        surplus.forEach(task -> tasks.stop(
                task, "ServiceSchedulerInitiated", "Scaling activity initiated by (deployment " + set.id + ")"));
    }

    private void updateStability(TaskSet set) {
        boolean steady = steady(set);
        if (steady != set.steady) {
            set.steady = steady;
            set.steadySince = world.now();
            set.updatedAt = world.now();
            world.log(
                    "ecs %s: %s %s: %d of %d running (%s, %s)",
                    set.service.name,
                    set.kindAndId(),
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
        return wanted.size() == set.computedDesiredCount() && wanted.stream().allMatch(this::healthy);
    }

    private boolean healthy(Task task) {
        return task.lastStatus == Task.Status.RUNNING
                && (!task.checked() || task.health() == TaskContainer.Health.HEALTHY)
                && (!task.balanced() || "healthy".equals(targetHealth(task)));
    }

    private String targetHealth(Task task) {
        return task.registered
                ? loadBalancing.health(task.set.targetGroupArn, task.target()).orElse("unregistered")
                : "unregistered";
    }

    private void tellSteady(Service service) {
        boolean steady =
                service.taskSets.stream().allMatch(set -> steady(set) && (set.deployment == null || settled(set)));
        if (steady && !service.steadyTold) {
            service.events.add("(service " + service.name + ") has reached a steady state.");
        }
        service.steadyTold = steady;
    }

    /** A deployment that has completed, and no task of it is still on its way out. */
    private static boolean settled(TaskSet set) {
        return set.deployment.state == Deployment.State.COMPLETED
                && set.tasks.size() == set.wanted().size();
    }

    private static String list(List<Task> tasks) {
        return tasks.stream().map(task -> "(task " + task.id + ")").collect(Collectors.joining(" "));
    }
}
