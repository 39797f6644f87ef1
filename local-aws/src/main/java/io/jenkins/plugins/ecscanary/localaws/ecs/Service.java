package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.CreateServiceRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A service with its task sets; where the controller is ECS, they are its deployments. Guarded by the world's lock. */
final class Service {

    enum Status {
        ACTIVE,
        /** Deleted, and some of its tasks are still there. */
        DRAINING,
        INACTIVE
    }

    /** Who decides on its task sets. */
    enum Controller {
        ECS,
        CODE_DEPLOY
    }

    final Cluster cluster;
    final String name;
    final String arn;
    final Controller controller;
    final Instant createdAt;
    final ServiceEvents events;

    /** Oldest first. */
    final List<TaskSet> taskSets = new ArrayList<>();

    Status status = Status.ACTIVE;

    /** Since when its status is INACTIVE, or null. */
    Instant inactiveSince;

    /** What its next task set or deployment will be, in everything but a CodeDeploy deployment's own. */
    ServiceRevision revision;

    List<Tag> tags;
    int desiredCount;

    /** In seconds; 0 without a load balancer. */
    int healthCheckGracePeriodSeconds;

    JsonNode deploymentConfiguration;

    /** Kept and answered; or null. Nobody asks for names here. */
    JsonNode serviceRegistries;

    Boolean enableECSManagedTags;
    Boolean enableExecuteCommand;
    String propagateTags;

    /** Whether the present steady state has been told in an event. */
    boolean steadyTold;

    /** The deployment that last completed, to which a failed one is rolled back; null before the first. */
    TaskSet lastCompleted;

    Service(
            Cluster cluster,
            String name,
            Controller controller,
            ServiceRevision revision,
            Instant createdAt,
            ServiceEvents events) {
        this.cluster = cluster;
        this.name = name;
        this.arn = Arns.of("service", cluster.arn, name);
        this.controller = controller;
        this.revision = revision;
        this.createdAt = createdAt;
        this.events = events;
    }

    /** As created by CreateService, before its first task set. */
    static Service of(
            Cluster cluster,
            CreateServiceRequest request,
            ServiceRevision revision,
            Instant now,
            ServiceEvents events) {
        Service service = new Service(cluster, request.serviceName(), request.controller(), revision, now, events);
        service.desiredCount = request.desiredCount() == null ? 0 : request.desiredCount();
        service.healthCheckGracePeriodSeconds =
                request.healthCheckGracePeriodSeconds() == null ? 0 : request.healthCheckGracePeriodSeconds();
        service.deploymentConfiguration = ServiceView.deploymentConfiguration(request.deploymentConfiguration());
        service.serviceRegistries = Copies.given(request.serviceRegistries()) ? request.serviceRegistries() : null;
        service.enableECSManagedTags = Boolean.TRUE.equals(request.enableECSManagedTags());
        service.enableExecuteCommand = Boolean.TRUE.equals(request.enableExecuteCommand());
        service.propagateTags = request.propagateTags() == null ? "NONE" : request.propagateTags();
        service.tags = request.tags();
        return service;
    }

    boolean isActive() {
        return status == Status.ACTIVE;
    }

    DeploymentLimits limits() {
        return DeploymentLimits.of(deploymentConfiguration, desiredCount);
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

    /** All that it is of, or may be of again. */
    Stream<ServiceRevision> revisions() {
        return Stream.concat(
                Stream.of(revision),
                Stream.concat(taskSets.stream(), Stream.ofNullable(lastCompleted))
                        .map(set -> set.revision));
    }

    List<TaskSet> newestFirst() {
        List<TaskSet> sets = new ArrayList<>(taskSets);
        Collections.reverse(sets);
        return sets;
    }

    /** What tags its tasks get: its own or the task definition's if asked for, and AWS's own if those are. */
    List<Tag> tagsOfTasks(List<Tag> tagsOfDefinition) {
        List<Tag> given = new ArrayList<>();
        if (Boolean.TRUE.equals(enableECSManagedTags)) {
            given.add(new Tag("aws:ecs:clusterName", cluster.name));
            given.add(new Tag("aws:ecs:serviceName", name));
        }
        switch (propagateTags) {
            case "SERVICE" -> given.addAll(tags);
            case "TASK_DEFINITION" -> given.addAll(tagsOfDefinition);
            default -> {} // NONE
        }
        return given;
    }
}
