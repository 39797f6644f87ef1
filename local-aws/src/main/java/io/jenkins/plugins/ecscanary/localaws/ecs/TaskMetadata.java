package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A task as the task metadata endpoint (version 4) answers it on Fargate. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskMetadata(
        @JsonProperty("Cluster") String cluster,
        @JsonProperty("TaskARN") String taskArn,
        @JsonProperty("Family") String family,
        @JsonProperty("Revision") String revision,
        @JsonProperty("DesiredStatus") String desiredStatus,
        @JsonProperty("KnownStatus") String knownStatus,
        @JsonProperty("Limits") Limits limits,
        @JsonProperty("PullStartedAt") String pullStartedAt,
        @JsonProperty("PullStoppedAt") String pullStoppedAt,
        @JsonProperty("AvailabilityZone") String availabilityZone,
        @JsonProperty("LaunchType") String launchType,
        @JsonProperty("TaskTags") Map<String, String> taskTags,
        @JsonProperty("Containers") List<ContainerMetadata> containers) {

    private static final double UNITS_OF_A_CPU = 1024;

    TaskMetadata {
        taskTags = Copies.orNull(taskTags);
        containers = List.copyOf(containers);
    }

    /** @param tagged with its tags, as {@code /taskWithTags} has it */
    static TaskMetadata of(Task task, boolean tagged) {
        return new TaskMetadata(
                task.cluster.arn,
                task.arn,
                task.definition().family(),
                Integer.toString(task.definition().revision()),
                task.desiredStatus(),
                task.lastStatus.compareTo(Task.Status.RUNNING) < 0 ? "PENDING" : task.lastStatus.name(),
                Limits.of(task.spec),
                text(task.pullStartedAt),
                text(task.pullStoppedAt),
                Zone.of(task),
                Launch.FARGATE,
                tagged ? tags(task) : null,
                task.containers.stream()
                        .map(container -> ContainerMetadata.of(task, container))
                        .toList());
    }

    /** RFC 3339, or null. */
    static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Map<String, String> tags(Task task) {
        Map<String, String> tags = new LinkedHashMap<>();
        task.tags.forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    /**
     * @param cpu in vCPU
     * @param memory in MiB
     */
    record Limits(@JsonProperty("CPU") Double cpu, @JsonProperty("Memory") Integer memory) {
        /** Null if the revision, having no {@code requiresCompatibilities}, has no size. */
        static Limits of(TaskSpec spec) {
            if (spec.cpu() == null || spec.memory() == null) {
                return null;
            }
            FargateSize size = FargateSize.of(spec.cpu(), spec.memory());
            return new Limits(size.cpu() / UNITS_OF_A_CPU, size.memory());
        }
    }
}
