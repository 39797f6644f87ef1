package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.ecs.ContainerDefinition.LogConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container as the task metadata endpoint (version 4) answers it, with the names of the developer guide's "Amazon ECS
 * task metadata v4 examples". Time stamps are RFC 3339 text.
 *
 * @param imageId the image's manifest digest (on Fargate its configuration's)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ContainerMetadata(
        @JsonProperty("DockerId") String dockerId,
        @JsonProperty("Name") String name,
        @JsonProperty("DockerName") String dockerName,
        @JsonProperty("Image") String image,
        @JsonProperty("ImageID") String imageId,
        @JsonProperty("Labels") Map<String, String> labels,
        @JsonProperty("DesiredStatus") String desiredStatus,
        @JsonProperty("KnownStatus") String knownStatus,
        @JsonProperty("ExitCode") Integer exitCode,
        @JsonProperty("Limits") Limits limits,
        @JsonProperty("CreatedAt") String createdAt,
        @JsonProperty("StartedAt") String startedAt,
        @JsonProperty("FinishedAt") String finishedAt,
        @JsonProperty("Type") String type,
        @JsonProperty("Health") Health health,
        @JsonProperty("LogDriver") String logDriver,
        @JsonProperty("LogOptions") Map<String, String> logOptions,
        @JsonProperty("ContainerARN") String containerArn,
        @JsonProperty("Networks") List<Network> networks) {

    private static final String LABEL = "com.amazonaws.ecs.";

    ContainerMetadata {
        labels = Copies.orNull(labels);
        logOptions = Copies.orNull(logOptions);
        networks = Copies.orEmpty(networks);
    }

    static ContainerMetadata of(Task task, TaskContainer container) {
        ContainerDefinition definition = container.definition;
        LogConfiguration logs = definition.logConfiguration();
        return new ContainerMetadata(
                container.runtimeId(task),
                definition.name(),
                definition.name(),
                definition.image(),
                container.imageDigest,
                labels(task, definition),
                task.desiredStatus(),
                knownStatus(container),
                container.exitCode,
                new Limits(container.cpu(), container.memory()),
                TaskMetadata.text(task.pullStoppedAt),
                TaskMetadata.text(container.startedAt),
                TaskMetadata.text(container.finishedAt),
                "NORMAL",
                container.checked() ? new Health(container.health.name()) : null,
                logs == null ? null : logs.logDriver(),
                logs == null ? null : logOptions(logs, task, definition),
                container.arn(task),
                List.of(Network.of(task)));
    }

    /** The container itself can only ask once it runs, even if that has not been noted yet. */
    private static String knownStatus(TaskContainer container) {
        if (container.exited) {
            return "STOPPED";
        }
        return container.imageDigest == null ? "NONE" : "RUNNING";
    }

    private static Map<String, String> labels(Task task, ContainerDefinition definition) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (definition.dockerLabels() != null) {
            labels.putAll(definition.dockerLabels());
        }
        labels.put(LABEL + "cluster", task.cluster.arn);
        labels.put(LABEL + "container-name", definition.name());
        labels.put(LABEL + "task-arn", task.arn);
        labels.put(LABEL + "task-definition-family", task.definition().family());
        labels.put(
                LABEL + "task-definition-version",
                Integer.toString(task.definition().revision()));
        return labels;
    }

    private static Map<String, String> logOptions(LogConfiguration logs, Task task, ContainerDefinition definition) {
        Map<String, String> options = new LinkedHashMap<>(logs.options());
        options.remove("awslogs-stream-prefix");
        options.put("awslogs-stream", TaskLauncher.logStream(logs, task, definition));
        return options;
    }

    /**
     * @param cpu in units of 1/1024 vCPU
     * @param memory in MiB, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Limits(@JsonProperty("CPU") Integer cpu, @JsonProperty("Memory") Integer memory) {}

    record Health(@JsonProperty("status") String status) {}

    /** The task's interface; its address is really the task's own. */
    record Network(
            @JsonProperty("NetworkMode") String networkMode,
            @JsonProperty("IPv4Addresses") List<String> ipv4Addresses,
            @JsonProperty("AttachmentIndex") Integer attachmentIndex,
            @JsonProperty("MACAddress") String macAddress,
            @JsonProperty("IPv4SubnetCIDRBlock") String ipv4SubnetCidrBlock) {
        Network {
            ipv4Addresses = List.copyOf(ipv4Addresses);
        }

        static Network of(Task task) {
            return new Network("awsvpc", List.of(task.ip), 0, task.network.macAddress(), "127.0.0.0/8");
        }
    }
}
