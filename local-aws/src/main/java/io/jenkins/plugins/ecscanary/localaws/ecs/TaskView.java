package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** A task as the API answers it. */
record TaskView(
        List<Attachment> attachments,
        List<KeyValuePair> attributes,
        String availabilityZone,
        String capacityProviderName,
        String clusterArn,
        String connectivity,
        Instant connectivityAt,
        List<ContainerView> containers,
        String cpu,
        Instant createdAt,
        String desiredStatus,
        Boolean enableExecuteCommand,
        Instant executionStoppedAt,
        String group,
        String healthStatus,
        String lastStatus,
        String launchType,
        String memory,
        TaskOverride overrides,
        String platformVersion,
        String platformFamily,
        Instant pullStartedAt,
        Instant pullStoppedAt,
        Instant startedAt,
        String startedBy,
        String stopCode,
        Instant stoppedAt,
        String stoppedReason,
        Instant stoppingAt,
        List<Tag> tags,
        String taskArn,
        String taskDefinitionArn,
        Long version) {

    TaskView {
        attachments = List.copyOf(attachments);
        attributes = List.copyOf(attributes);
        containers = List.copyOf(containers);
        tags = List.copyOf(tags);
    }

    /** @param tagged with its tags, which are left out unless asked for */
    static TaskView of(Task task, boolean tagged) {
        TaskDefinition definition = task.definition();
        TaskSpec spec = task.spec;
        boolean running = task.startedAt != null;
        return new TaskView(
                List.of(Attachment.of(task)),
                List.of(new KeyValuePair("ecs.cpu-architecture", "x86_64")),
                Zone.of(task),
                spec.capacityProvider(),
                task.cluster.arn,
                running ? "CONNECTED" : null,
                running ? task.startedAt : null,
                task.containers.stream()
                        .map(container -> ContainerView.of(task, container))
                        .toList(),
                spec.cpu(),
                task.createdAt,
                task.desiredStatus(),
                spec.enableExecuteCommand(),
                task.executionStoppedAt,
                spec.group(),
                task.health().name(),
                task.lastStatus.name(),
                Launch.FARGATE,
                spec.memory(),
                spec.overrides().answered(definition),
                Launch.PLATFORM_VERSION,
                "Linux",
                task.pullStartedAt,
                task.pullStoppedAt,
                task.startedAt,
                spec.startedBy(),
                task.stopCode,
                task.stoppedAt,
                task.stoppedReason,
                task.stoppingAt,
                tagged ? task.tags : List.of(),
                task.arn,
                definition.taskDefinitionArn(),
                task.version);
    }

    /** The task's elastic network interface; its address is really the task's own. */
    record Attachment(String id, String type, String status, List<KeyValuePair> details) {
        Attachment {
            details = List.copyOf(details);
        }

        static Attachment of(Task task) {
            String status =
                    switch (task.lastStatus) {
                        case PROVISIONING -> "PRECREATED";
                        case STOPPED -> "DELETED";
                        default -> "ATTACHED";
                    };
            return new Attachment(
                    task.network.attachmentId(),
                    "ElasticNetworkInterface",
                    status,
                    List.of(
                            new KeyValuePair("subnetId", task.network.subnetId()),
                            new KeyValuePair("networkInterfaceId", task.network.interfaceId()),
                            new KeyValuePair("macAddress", task.network.macAddress()),
                            new KeyValuePair("privateIPv4Address", task.ip)));
        }
    }

    record ContainerView(
            String containerArn,
            String taskArn,
            String name,
            String image,
            String imageDigest,
            String runtimeId,
            String lastStatus,
            Integer exitCode,
            String reason,
            List<JsonNode> networkBindings,
            List<Interface> networkInterfaces,
            String healthStatus,
            String cpu,
            String memory) {
        ContainerView {
            networkBindings = List.copyOf(networkBindings);
            networkInterfaces = List.copyOf(networkInterfaces);
        }

        static ContainerView of(Task task, TaskContainer container) {
            ContainerDefinition definition = container.definition;
            Integer memory = container.memory();
            return new ContainerView(
                    container.arn(task),
                    task.arn,
                    definition.name(),
                    definition.image(),
                    container.imageDigest,
                    container.running == null ? null : container.runtimeId(task),
                    container.lastStatus(task),
                    container.exitCode,
                    container.reason,
                    List.of(),
                    List.of(new Interface(task.network.attachmentId(), task.ip)),
                    container.health.name(),
                    Integer.toString(container.cpu()),
                    memory == null ? null : memory.toString());
        }

        record Interface(String attachmentId, String privateIpv4Address) {}
    }
}
