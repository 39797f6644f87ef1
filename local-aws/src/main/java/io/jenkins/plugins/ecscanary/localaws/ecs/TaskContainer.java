package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.TaskOverride.ContainerOverride;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One container of a task. Guarded by the world's lock. */
final class TaskContainer {

    enum Health {
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    final ContainerDefinition definition;
    final Optional<ContainerOverride> override;

    /** Known to nobody but the container itself: the path of its metadata. */
    final String metadataId;

    /** What the task runtime started; null before. */
    TaskRuntime.Container running;

    Instant startedAt;
    Instant finishedAt;
    String imageDigest;
    Integer exitCode;
    boolean exited;
    String reason;
    Health health = Health.UNKNOWN;
    boolean listening;

    TaskContainer(ContainerDefinition definition, Optional<ContainerOverride> override, String metadataId) {
        this.definition = definition;
        this.override = override;
        this.metadataId = metadataId;
    }

    /** The task definition's or what takes its place; null or empty if the image's stands. */
    List<String> command() {
        return override.map(ContainerOverride::command).filter(Copies::given).orElse(definition.command());
    }

    /** What comes on top of the image's and the task definition's variables. */
    List<KeyValuePair> environmentOverride() {
        return override.map(ContainerOverride::environment).orElse(List.of());
    }

    int cpu() {
        return override.map(ContainerOverride::cpu).orElse(definition.cpu());
    }

    /** In MiB, or null if the task's whole memory is there for it. */
    Integer memory() {
        return override.map(ContainerOverride::memory).orElse(definition.memory());
    }

    String arn(Task task) {
        return task.arn.replaceFirst(":task/", ":container/") + "/" + definition.name();
    }

    /** As on Fargate the task's id and ten digits. */
    String runtimeId(Task task) {
        long number = Integer.toUnsignedLong(definition.name().hashCode());
        return task.id + String.format(Locale.ROOT, "-%010d", number);
    }

    boolean checked() {
        return definition.healthCheck() != null && definition.healthCheck().isCheck();
    }

    boolean alive() {
        return running != null && !exited;
    }

    String lastStatus(Task task) {
        if (exited || task.lastStatus == Task.Status.STOPPED) {
            return "STOPPED";
        }
        return running == null ? "PENDING" : "RUNNING";
    }
}
