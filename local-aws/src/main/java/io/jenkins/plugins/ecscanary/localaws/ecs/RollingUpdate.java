package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A rolling update: how many tasks each deployment of a service is to have right now, and what has become of the newest.
 *
 * <p>New tasks are started as far as {@code maximumPercent} leaves room beside those of former deployments that still run
 * or are on their way out. A former deployment's task goes when a healthy new one stands for it, or, where there is no
 * room for new ones, as far as {@code minimumHealthyPercent} allows; one that is not healthy goes at once. AWS says what
 * its scheduler may do within the two limits, not what it does first: that it prefers to start before it stops is an
 * assumption. Called holding the world's lock.
 */
final class RollingUpdate {

    private final World world;

    /** A running task that passes every check there is. */
    private final Predicate<Task> healthy;

    RollingUpdate(World world, Predicate<Task> healthy) {
        this.world = world;
        this.healthy = healthy;
    }

    /** Makes {@code revision} the service's newest deployment. */
    TaskSet start(Service service, ServiceRevision revision) {
        service.primary().ifPresent(this::supersede);
        TaskSet set = new TaskSet(service, world.ids().taskSet(), revision, null, TaskSet.Status.PRIMARY, world.now());
        set.deployment = new Deployment(set.id);
        service.taskSets.add(set);
        service.steadyTold = false;
        world.log("ecs %s: deployment %s started (%s)", service.name, set.id, set.definition.shortName());
        return set;
    }

    /** Looks at the newest deployment and says how many tasks each one is to have. */
    void plan(Service service) {
        judge(service);
        TaskSet primary = service.primary().orElse(null);
        if (primary == null) {
            return;
        }
        List<TaskSet> former =
                service.taskSets.stream().filter(set -> set != primary).toList();
        if (service.status != Service.Status.ACTIVE) {
            service.taskSets.forEach(set -> set.deployment.wanted = 0);
        } else if (primary.deployment.state == Deployment.State.FAILED) {
            freeze(service, primary);
        } else if (former.isEmpty()) {
            primary.deployment.wanted = service.desiredCount;
        } else {
            replace(service, primary, former);
        }
    }

    /** A failed deployment starts nothing more, and those before it stay as they are. */
    private static void freeze(Service service, TaskSet failed) {
        failed.deployment.wanted = failed.wanted().size();
        service.taskSets.forEach(set -> set.deployment.wanted = Math.min(service.desiredCount, set.deployment.wanted));
    }

    private void replace(Service service, TaskSet primary, List<TaskSet> former) {
        int desired = service.desiredCount;
        DeploymentLimits limits = service.limits();
        int occupied = former.stream().mapToInt(set -> set.tasks.size()).sum();
        int staying = former.stream().mapToInt(set -> set.wanted().size()).sum();
        primary.deployment.wanted = Math.min(
                desired, Math.max(limits.atMost() - occupied, primary.wanted().size()));

        int healthyNew = healthy(primary);
        int healthyOld = former.stream().mapToInt(this::healthy).sum();
        int replaced = Math.max(0, healthyNew + healthyOld - desired);
        int missing = desired - primary.deployment.wanted - (occupied - staying);
        int room = Math.max(0, Math.min(missing, healthyNew + healthyOld - limits.atLeast() - replaced));
        int surplus = Math.min(healthyOld, replaced + room);
        boolean stuck = missing > 0
                && surplus == 0
                && healthyOld == staying
                && healthyNew == primary.wanted().size();
        tellIfStuck(service, primary, stuck);

        // Those that never completed go first.
        List<TaskSet> order = former.stream()
                .sorted(Comparator.comparing(set -> set.deployment.state == Deployment.State.COMPLETED))
                .toList();
        for (TaskSet set : order) {
            int kept = healthy(set);
            int stopped = Math.min(kept, surplus);
            set.deployment.wanted = kept - stopped;
            surplus -= stopped;
        }
    }

    private void tellIfStuck(Service service, TaskSet primary, boolean stuck) {
        if (stuck && !primary.deployment.stuckTold) {
            service.events.add("(service " + service.name
                    + ") was unable to stop or start tasks during a deployment because of the service deployment"
                    + " configuration. Update the minimumHealthyPercent or maximumPercent value and try again.");
        }
        primary.deployment.stuckTold = stuck;
    }

    private void judge(Service service) {
        TaskSet primary = service.primary().orElse(null);
        if (primary == null || !primary.deployment.inProgress() || service.status != Service.Status.ACTIVE) {
            return;
        }
        int failures = service.limits().failures();
        if (failures > 0 && primary.deployment.failedTasks >= failures) {
            fail(service, primary);
        } else if (service.taskSets.size() == 1
                && primary.deployment.wanted == service.desiredCount
                && primary.wanted().size() == service.desiredCount
                && healthy(primary) == service.desiredCount) {
            complete(service, primary);
        }
    }

    private void complete(Service service, TaskSet set) {
        set.deployment.state = Deployment.State.COMPLETED;
        set.deployment.reason = "ECS deployment " + set.id + " completed.";
        set.updatedAt = world.now();
        service.lastCompleted = set;
        service.events.add("(service " + service.name + ") (deployment " + set.id + ") deployment completed.");
        world.log("ecs %s: deployment %s COMPLETED (%s)", service.name, set.id, set.definition.shortName());
    }

    private void fail(Service service, TaskSet set) {
        set.deployment.state = Deployment.State.FAILED;
        set.deployment.reason = "ECS deployment circuit breaker: tasks failed to start.";
        set.updatedAt = world.now();
        service.events.add(
                "(service " + service.name + ") (deployment " + set.id + ") deployment failed: tasks failed to start.");
        world.log(
                "ecs %s: deployment %s FAILED after %d failed tasks (%s)",
                service.name, set.id, set.deployment.failedTasks, set.definition.shortName());
        if (service.limits().rollback() && service.lastCompleted != null && service.lastCompleted != set) {
            rollBack(service, service.lastCompleted);
        }
    }

    /**
     * The last completed deployment is the newest again: the very one if it still has tasks, else a new one of its
     * revision. (AWS does not document which; it documents the reason and the event.)
     */
    private void rollBack(Service service, TaskSet completed) {
        TaskSet target = completed;
        if (service.taskSets.contains(completed)) {
            service.primary().ifPresent(this::supersede);
            completed.status = TaskSet.Status.PRIMARY;
            completed.updatedAt = world.now();
            completed.deployment.state = Deployment.State.IN_PROGRESS;
            completed.deployment.failedTasks = 0;
        } else {
            target = start(service, completed.revision);
        }
        service.lastCompleted = target;
        service.revision = target.revision;
        target.deployment.reason = "ECS deployment circuit breaker: rolling back to deploymentId " + target.id + ".";
        service.events.add("(service " + service.name + ") rolling back to deployment " + target.id + ".");
        world.log("ecs %s: rolling back to deployment %s (%s)", service.name, target.id, target.definition.shortName());
    }

    private void supersede(TaskSet former) {
        former.status = TaskSet.Status.ACTIVE;
        former.updatedAt = world.now();
    }

    private int healthy(TaskSet set) {
        return (int) set.wanted().stream().filter(healthy).count();
    }
}
