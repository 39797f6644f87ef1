package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All clusters of the account and region. Guarded by the world's lock. */
final class Clusters {

    private final String arnPrefix;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    Clusters(World world) {
        arnPrefix = world.arn("ecs", "cluster/");
    }

    String arn(String name) {
        return arnPrefix + name;
    }

    void add(Cluster cluster) {
        clusters.put(cluster.name, cluster);
    }

    /** Forgets a deleted cluster, unless another one of that name has come. */
    void remove(Cluster cluster) {
        clusters.remove(cluster.name, cluster);
    }

    Collection<Cluster> all() {
        return List.copyOf(clusters.values());
    }

    /** By name or ARN, deleted ones included; null is the cluster {@code default}, as in AWS. */
    Optional<Cluster> find(String nameOrArn) {
        String name = nameOrArn == null ? "default" : nameOrArn;
        return Optional.ofNullable(
                clusters.get(name.startsWith(arnPrefix) ? name.substring(arnPrefix.length()) : name));
    }

    /** @throws AwsError ClusterNotFoundException, for one that has been deleted too */
    Cluster require(String nameOrArn) {
        Cluster cluster =
                find(nameOrArn).orElseThrow(() -> new AwsError("ClusterNotFoundException", "Cluster not found."));
        if (!cluster.isActive()) {
            throw new AwsError("ClusterNotFoundException", "The referenced cluster was inactive.");
        }
        return cluster;
    }

    /** Whether a task or a service is of that revision. */
    boolean use(TaskDefinition definition) {
        String arn = definition.taskDefinitionArn();
        return all().stream()
                .anyMatch(cluster -> cluster.tasks.values().stream()
                                .anyMatch(task -> task.lastStatus != Task.Status.STOPPED
                                        && task.definition().taskDefinitionArn().equals(arn))
                        || cluster.services.values().stream()
                                .flatMap(Service::revisions)
                                .anyMatch(revision -> revision.definition()
                                        .taskDefinitionArn()
                                        .equals(arn)));
    }
}
