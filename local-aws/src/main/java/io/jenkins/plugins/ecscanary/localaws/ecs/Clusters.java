package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.Collection;
import java.util.LinkedHashMap;
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

    Collection<Cluster> all() {
        return clusters.values();
    }

    /** By name or ARN; null is the cluster {@code default}, as in AWS. */
    Optional<Cluster> find(String nameOrArn) {
        String name = nameOrArn == null ? "default" : nameOrArn;
        return Optional.ofNullable(
                clusters.get(name.startsWith(arnPrefix) ? name.substring(arnPrefix.length()) : name));
    }

    /** @throws AwsError ClusterNotFoundException */
    Cluster require(String nameOrArn) {
        return find(nameOrArn).orElseThrow(() -> new AwsError("ClusterNotFoundException", "Cluster not found."));
    }
}
