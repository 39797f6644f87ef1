package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.CreateServiceRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A service whose task sets CodeDeploy manages. Guarded by the world's lock. */
final class Service {

    final Cluster cluster;
    final String name;
    final String arn;
    final Instant createdAt;
    final ServiceEvents events;

    /** What it was created with: launch type, network configuration, tags … */
    final CreateServiceRequest settings;

    /** Oldest first. */
    final List<TaskSet> taskSets = new ArrayList<>();

    int desiredCount;
    int healthCheckGracePeriodSeconds;
    JsonNode deploymentConfiguration;
    Boolean enableECSManagedTags;
    Boolean enableExecuteCommand;
    String propagateTags;

    /** Whether the present steady state has been told in an event. */
    boolean steadyTold;

    Service(Cluster cluster, CreateServiceRequest settings, Instant createdAt, ServiceEvents events) {
        this.cluster = cluster;
        this.name = settings.serviceName();
        this.arn = Arns.of("service", cluster.arn, name);
        this.settings = settings;
        this.createdAt = createdAt;
        this.events = events;
    }

    Optional<TaskSet> primary() {
        return taskSets.stream()
                .filter(set -> set.status == TaskSet.Status.PRIMARY)
                .findFirst();
    }

    Optional<TaskSet> taskSet(String idOrArn) {
        return taskSets.stream()
                .filter(set -> set.id.equals(idOrArn) || set.arn.equals(idOrArn))
                .findFirst();
    }

    List<TaskSet> newestFirst() {
        List<TaskSet> sets = new ArrayList<>(taskSets);
        Collections.reverse(sets);
        return sets;
    }
}
