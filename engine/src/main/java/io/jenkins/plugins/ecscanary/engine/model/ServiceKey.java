package io.jenkins.plugins.ecscanary.engine.model;

import java.util.Objects;

/**
 * One ECS service. Records, history and locks are kept per key.
 *
 * @param account twelve digits
 * @param region such as {@code eu-central-1}
 * @param cluster the cluster's name, not its ARN
 * @param service the service's name, not its ARN
 */
public record ServiceKey(String account, String region, String cluster, String service) {
    public ServiceKey {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(service, "service");
    }

    /** For people: {@code shop/web in eu-central-1 (123456789012)}. */
    @Override
    public String toString() {
        return cluster + "/" + service + " in " + region + " (" + account + ")";
    }
}
