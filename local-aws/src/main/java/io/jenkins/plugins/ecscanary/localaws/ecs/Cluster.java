package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster with its services and tasks. Guarded by the world's lock. */
final class Cluster {

    final String name;
    final String arn;
    final List<Tag> tags;
    final JsonNode settings;
    final JsonNode configuration;
    final List<String> capacityProviders;
    final JsonNode defaultCapacityProviderStrategy;
    final Map<String, Service> services = new LinkedHashMap<>();

    /** By id; a stopped task stays for an hour. */
    final Map<String, Task> tasks = new LinkedHashMap<>();

    Cluster(
            String name,
            String arn,
            List<Tag> tags,
            JsonNode settings,
            JsonNode configuration,
            List<String> capacityProviders,
            JsonNode defaultCapacityProviderStrategy) {
        this.name = name;
        this.arn = arn;
        this.tags = tags;
        this.settings = settings;
        this.configuration = configuration;
        this.capacityProviders = capacityProviders;
        this.defaultCapacityProviderStrategy = defaultCapacityProviderStrategy;
    }

    /** By name or ARN. */
    Optional<Service> service(String nameOrArn) {
        return Optional.ofNullable(services.get(Arns.inCluster(nameOrArn, "service", arn)));
    }

    /** By id or ARN. */
    Optional<Task> task(String idOrArn) {
        return Optional.ofNullable(tasks.get(Arns.inCluster(idOrArn, "task", arn)));
    }
}
