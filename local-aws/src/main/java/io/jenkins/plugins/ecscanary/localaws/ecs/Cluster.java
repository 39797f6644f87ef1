package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster with its services and tasks. Guarded by the world's lock. */
final class Cluster {

    final String name;
    final String arn;
    final JsonNode settings;
    final JsonNode configuration;
    final List<String> capacityProviders;
    final JsonNode defaultCapacityProviderStrategy;

    /** Deleted ones stay for a while, as INACTIVE. */
    final Map<String, Service> services = new LinkedHashMap<>();

    /** By id; a stopped task stays for an hour. */
    final Map<String, Task> tasks = new LinkedHashMap<>();

    List<Tag> tags;

    /** When it was deleted; null before. */
    Instant inactiveSince;

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
        this.settings = Copies.orNull(settings);
        this.configuration = Copies.orNull(configuration);
        this.capacityProviders = capacityProviders;
        this.defaultCapacityProviderStrategy = Copies.orNull(defaultCapacityProviderStrategy);
    }

    /** By name or ARN, deleted ones included. */
    Optional<Service> service(String nameOrArn) {
        return Optional.ofNullable(services.get(Arns.inCluster(nameOrArn, "service", arn)));
    }

    /** @throws AwsError ServiceNotFoundException */
    Service require(String nameOrArn) {
        return service(Members.required("service", nameOrArn))
                .orElseThrow(() -> new AwsError("ServiceNotFoundException", "Service not found."));
    }

    /** @throws AwsError ServiceNotFoundException, or ServiceNotActiveException if it has been deleted */
    Service requireActive(String nameOrArn) {
        Service service = require(nameOrArn);
        if (!service.isActive()) {
            throw new AwsError("ServiceNotActiveException", "Service was not ACTIVE.");
        }
        return service;
    }

    /** By id or ARN. */
    Optional<Task> task(String idOrArn) {
        return Optional.ofNullable(tasks.get(Arns.inCluster(idOrArn, "task", arn)));
    }

    boolean isActive() {
        return inactiveSince == null;
    }

    List<Service> activeServices() {
        return services.values().stream().filter(Service::isActive).toList();
    }

    /** Those that are to run: whether they do, or are still on their way. */
    int count(boolean running) {
        return (int) tasks.values().stream()
                .filter(task -> !task.stopping())
                .filter(task -> running == (task.lastStatus == Task.Status.RUNNING))
                .count();
    }
}
