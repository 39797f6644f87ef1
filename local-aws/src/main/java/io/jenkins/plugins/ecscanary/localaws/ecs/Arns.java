package io.jenkins.plugins.ecscanary.localaws.ecs;

/** ECS takes names and ARNs alike. */
final class Arns {

    private Arns() {}

    /**
     * @param kind {@code service} or {@code task}
     * @return the name: the text itself, or what follows {@code <kind>/<cluster>/} if it is an ARN of this cluster;
     *     another ARN comes back whole and so matches nothing
     */
    static String inCluster(String nameOrArn, String kind, String clusterArn) {
        String prefix = clusterArn.replaceFirst(":cluster/", ":" + kind + "/") + "/";
        return nameOrArn != null && nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn;
    }

    /** A resource of a cluster: {@code …:<kind>/<cluster>/<name>}. */
    static String of(String kind, String clusterArn, String name) {
        return clusterArn.replaceFirst(":cluster/", ":" + kind + "/") + "/" + name;
    }
}
