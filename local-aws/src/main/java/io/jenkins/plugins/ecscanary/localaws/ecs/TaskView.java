package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A task as the API answers it. */
record TaskView(
        List<Attachment> attachments,
        List<KeyValuePair> attributes,
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

    static TaskView of(Task task) {
        TaskDefinition definition = task.set.definition;
        Service service = task.set.service;
        boolean running = task.startedAt != null;
        return new TaskView(
                List.of(Attachment.of(task)),
                List.of(new KeyValuePair("ecs.cpu-architecture", "x86_64")),
                service.cluster.arn,
                running ? "CONNECTED" : null,
                running ? task.startedAt : null,
                task.containers.stream()
                        .map(container -> ContainerView.of(task, container))
                        .toList(),
                definition.cpu(),
                task.createdAt,
                task.stopping() ? "STOPPED" : "RUNNING",
                service.enableExecuteCommand,
                task.executionStoppedAt,
                "service:" + service.name,
                task.health().name(),
                task.lastStatus.name(),
                "FARGATE",
                definition.memory(),
                "1.4.0",
                "Linux",
                task.pullStartedAt,
                task.pullStoppedAt,
                task.startedAt,
                task.set.id,
                task.stopCode,
                task.stoppedAt,
                task.stoppedReason,
                task.stoppingAt,
                List.of(),
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
            Integer memory = definition.memory();
            return new ContainerView(
                    task.arn.replaceFirst(":task/", ":container/") + "/" + definition.name(),
                    task.arn,
                    definition.name(),
                    definition.image(),
                    container.imageDigest,
                    container.running == null ? null : task.id + "-" + hash(definition.name()),
                    container.lastStatus(task),
                    container.exitCode,
                    container.reason,
                    List.of(),
                    List.of(new Interface(task.network.attachmentId(), task.ip)),
                    container.health.name(),
                    Integer.toString(definition.cpu()),
                    memory == null ? null : memory.toString());
        }

        private static String hash(String name) {
            return String.format(Locale.ROOT, "%010d", Integer.toUnsignedLong(name.hashCode()));
        }

        record Interface(String attachmentId, String privateIpv4Address) {}
    }
}
