package io.jenkins.plugins.ecscanary.localaws.elb;

import java.time.Instant;
import java.util.List;

/** An application load balancer. Guarded by the world's lock. */
final class LoadBalancer {

    final String arn;
    final String name;
    /** The metric dimension, {@code app/<name>/<id>}. */
    final String dimension;

    final String scheme;
    final Instant created;
    List<String> subnets;
    List<String> securityGroups;
    LoadBalancerAttributes attributes = LoadBalancerAttributes.DEFAULT;
    boolean active;

    LoadBalancer(
            String arn,
            String name,
            String dimension,
            String scheme,
            List<String> subnets,
            List<String> securityGroups,
            Instant created) {
        this.arn = arn;
        this.name = name;
        this.dimension = dimension;
        this.scheme = scheme;
        this.subnets = subnets;
        this.securityGroups = securityGroups;
        this.created = created;
    }
}
