package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a task is started with, by a service or by RunTask.
 *
 * @param group {@code service:<name>}, or {@code family:<family>} unless RunTask was told another one
 * @param startedBy the task set's or deployment's id, or what RunTask was told, or null
 * @param networkConfiguration with the subnet the task is told to be in
 * @param launchType {@code FARGATE}, or null where a capacity provider is asked for
 * @param capacityProvider {@code FARGATE}, {@code FARGATE_SPOT} or null
 * @param referenceId what RunTask was told, or null; only answered
 */
record TaskSpec(
        TaskDefinition definition,
        String group,
        String startedBy,
        TaskOverride overrides,
        JsonNode networkConfiguration,
        String launchType,
        String capacityProvider,
        List<Tag> tags,
        boolean enableExecuteCommand,
        String referenceId) {

    TaskSpec {
        tags = List.copyOf(tags);
    }

    /** A task of a service. */
    static TaskSpec of(TaskSet set, List<Tag> tags) {
        Service service = set.service;
        return new TaskSpec(
                set.definition,
                "service:" + service.name,
                set.id,
                TaskOverride.orNone(null),
                set.revision.networkConfiguration(),
                set.revision.launchType(),
                set.nextCapacityProvider(),
                tags,
                Boolean.TRUE.equals(service.enableExecuteCommand),
                null);
    }

    /** Of the whole task, in units of 1/1024 vCPU. */
    String cpu() {
        return overrides.cpu() == null ? definition.cpu() : overrides.cpu();
    }

    /** Of the whole task, in MiB. */
    String memory() {
        return overrides.memory() == null ? definition.memory() : overrides.memory();
    }

    String subnet() {
        return Launch.firstSubnet(networkConfiguration);
    }
}
