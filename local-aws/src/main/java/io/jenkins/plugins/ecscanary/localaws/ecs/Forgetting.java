package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes for good what has been deleted. AWS says that it "may remain discoverable for a period of time"; here that is
 * an hour of simulated time, as for a stopped task. Called holding the world's lock.
 */
final class Forgetting {

    private static final Duration KEPT = Duration.ofHours(1);

    private final World world;
    private final Clusters clusters;
    private final TaskDefinitions definitions;

    Forgetting(World world, Clusters clusters, TaskDefinitions definitions) {
        this.world = world;
        this.clusters = clusters;
        this.definitions = definitions;
    }

    /** A cluster that is INACTIVE. */
    void later(Cluster cluster) {
        world.after(left(cluster.inactiveSince), () -> clusters.remove(cluster));
    }

    /** A service that is INACTIVE. */
    void later(Service service) {
        world.after(left(service.inactiveSince), () -> service.cluster.services.remove(service.name, service));
    }

    /** A revision that is DELETE_IN_PROGRESS: as long as a task or a service uses it, it stays, as AWS documents. */
    void later(TaskDefinition definition) {
        world.after(left(definition.deleteRequestedAt()), () -> removeUnlessUsed(definition));
    }

    private void removeUnlessUsed(TaskDefinition definition) {
        if (clusters.use(definition)) {
            world.after(KEPT, () -> removeUnlessUsed(definition));
        } else {
            definitions.remove(definition);
            world.log("ecs task definition %s gone", definition.shortName());
        }
    }

    private Duration left(Instant since) {
        return since == null ? KEPT : KEPT.minus(Duration.between(since, world.now()));
    }
}
