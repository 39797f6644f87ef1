package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ContainerDefinition.HealthCheck;
import io.jenkins.plugins.ecscanary.localaws.ecs.ContainerDefinition.LogConfiguration;
import io.jenkins.plugins.ecscanary.localaws.ecs.ContainerDefinition.PortMapping;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinition.Volume;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a task definition must look like: AWS's own rules, in AWS's words, and then what would run differently here
 * than on Fargate, refused by name. Members that only describe a container's inside (user, ulimits, Linux parameters,
 * read-only root file system …) are kept and answered, but a plain process does not have them.
 */
final class TaskDefinitionRules {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");

    private TaskDefinitionRules() {}

    static void check(
            String family,
            String networkMode,
            List<String> requiresCompatibilities,
            String executionRoleArn,
            List<ContainerDefinition> containers,
            List<Volume> volumes) {
        if (family == null || family.isEmpty()) {
            throw client("Family should not be null or empty.");
        }
        if (!NAME.matcher(family).matches()) {
            throw client("Invalid family '" + family + "': letters, digits, hyphens and underscores, at most 255.");
        }
        if (containers.isEmpty()) {
            throw client("Container list cannot be empty.");
        }
        checkCompatibility(networkMode, requiresCompatibilities);
        Set<String> names = new HashSet<>();
        for (ContainerDefinition container : containers) {
            checkContainer(container, executionRoleArn);
            if (!names.add(container.name())) {
                throw client("Container names must be unique: '" + container.name() + "' is there twice.");
            }
        }
        if (containers.stream().noneMatch(ContainerDefinition::essential)) {
            throw client("At least one container must be essential.");
        }
        volumes.forEach(TaskDefinitionRules::checkVolume);
    }

    private static void checkCompatibility(String networkMode, List<String> requires) {
        if (requires.stream().anyMatch(launchType -> !"FARGATE".equals(launchType))) {
            throw AwsError.unsupported("requiresCompatibilities " + requires + "; only FARGATE");
        }
        if (!"awsvpc".equals(networkMode)) {
            if (!requires.isEmpty()) {
                throw client("Fargate only supports network mode 'awsvpc'.");
            }
            throw AwsError.unsupported(
                    "networkMode " + (networkMode == null ? "bridge (the default)" : networkMode) + "; only awsvpc");
        }
    }

    private static void checkContainer(ContainerDefinition container, String executionRoleArn) {
        if (container.name() == null || container.name().isEmpty()) {
            throw client("Container.name should not be null or empty.");
        }
        if (!NAME.matcher(container.name()).matches()) {
            throw client("Invalid container name '" + container.name()
                    + "': letters, digits, hyphens and underscores, at most 255.");
        }
        if (container.image() == null || container.image().isEmpty()) {
            throw client("Container.image should not be null or empty.");
        }
        if (executionRoleArn == null && container.image().contains(".dkr.ecr.")) {
            throw client("Fargate requires task definition to have execution role ARN to support ECR images.");
        }
        container.portMappings().forEach(mapping -> checkPort(container, mapping));
        checkLogs(container);
        checkSecrets(container, executionRoleArn);
        checkHealthCheck(container);
        if (container.stopTimeout() != null && (container.stopTimeout() < 2 || container.stopTimeout() > 120)) {
            throw client("Invalid value for stopTimeout: " + container.stopTimeout()
                    + ". On Fargate it is 2 to 120 seconds. (container " + container.name() + ")");
        }
        checkSupported(container);
    }

    private static void checkPort(ContainerDefinition container, PortMapping mapping) {
        if (mapping.containerPortRange() != null) {
            throw unsupported(container, "portMappings.containerPortRange");
        }
        Integer port = mapping.containerPort();
        if (port == null || port < 1 || port > 65535) {
            throw client("Invalid container port " + port + " in container " + container.name() + ".");
        }
        if (!mapping.hostPort().equals(port)) {
            throw client("When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
        }
        if (!"tcp".equals(mapping.protocol())) {
            throw unsupported(container, "portMappings.protocol " + mapping.protocol());
        }
    }

    private static void checkLogs(ContainerDefinition container) {
        LogConfiguration logs = container.logConfiguration();
        if (logs == null) {
            return;
        }
        if (!"awslogs".equals(logs.logDriver())) {
            throw unsupported(container, "logConfiguration.logDriver " + logs.logDriver() + "; only awslogs");
        }
        for (String needed : List.of("awslogs-group", "awslogs-region", "awslogs-stream-prefix")) {
            if (logs.option(needed) == null) {
                throw client("Log driver awslogs requires options: awslogs-group, awslogs-region and, on Fargate, "
                        + "awslogs-stream-prefix. Container " + container.name() + " lacks " + needed + ".");
            }
        }
    }

    private static void checkSecrets(ContainerDefinition container, String executionRoleArn) {
        if (!Copies.given(container.secrets())) {
            return;
        }
        if (executionRoleArn == null) {
            throw client("When you are specifying container secrets, you must also specify a value for"
                    + " 'executionRoleArn'.");
        }
        Set<String> names = new HashSet<>();
        container.environment().forEach(variable -> names.add(variable.name()));
        for (JsonNode secret : container.secrets()) {
            String name = secret.path("name").asText();
            if (name.isEmpty() || secret.path("valueFrom").asText().isEmpty()) {
                throw client("A secret needs a name and a valueFrom. (container " + container.name() + ")");
            }
            if (!names.add(name)) {
                throw client("The secret name must be unique and not shared with any new or existing environment"
                        + " variables set on the container, such as '" + name + "'.");
            }
        }
    }

    private static void checkHealthCheck(ContainerDefinition container) {
        HealthCheck check = container.healthCheck();
        if (check == null || !check.isCheck()) {
            return;
        }
        String form = check.command().get(0);
        if ("CMD-SHELL".equals(form)) {
            throw unsupported(
                    container,
                    "healthCheck.command CMD-SHELL: a task has no shell of its own here; use CMD with a command such as"
                            + " [\"CMD\", \"java\", \"-cp\", \"app.jar\", \"HealthCheck\"]");
        }
        if (!"CMD".equals(form) || check.command().size() < 2) {
            throw client("Invalid health check command in container " + container.name()
                    + ": it must start with CMD or CMD-SHELL and name a command.");
        }
        range(container, "healthCheck.interval", check.interval(), 5, 300);
        range(container, "healthCheck.timeout", check.timeout(), 2, 120);
        range(container, "healthCheck.retries", check.retries(), 1, 10);
        range(container, "healthCheck.startPeriod", check.startPeriodSeconds(), 0, 300);
    }

    private static void range(ContainerDefinition container, String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw client("Invalid value for " + what + ": " + value + ". It must be between " + min + " and " + max
                    + ". (container " + container.name() + ")");
        }
    }

    private static void checkSupported(ContainerDefinition container) {
        refuse(container, "links", Copies.given(container.links()));
        refuse(container, "environmentFiles", Copies.given(container.environmentFiles()));
        refuse(container, "repositoryCredentials", Copies.given(container.repositoryCredentials()));
        refuse(container, "volumesFrom", Copies.given(container.volumesFrom()));
        refuse(container, "dependsOn", Copies.given(container.dependsOn()));
        refuse(container, "extraHosts", Copies.given(container.extraHosts()));
        refuse(container, "resourceRequirements (GPU)", Copies.given(container.resourceRequirements()));
        refuse(container, "firelensConfiguration", Copies.given(container.firelensConfiguration()));
        refuse(container, "disableNetworking", Boolean.TRUE.equals(container.disableNetworking()));
        JsonNode restart = container.restartPolicy();
        refuse(
                container,
                "restartPolicy",
                restart != null && restart.path("enabled").asBoolean());
        LogConfiguration logs = container.logConfiguration();
        refuse(container, "logConfiguration.secretOptions", logs != null && Copies.given(logs.secretOptions()));
    }

    private static void checkVolume(Volume volume) {
        String name = "volume " + volume.name() + ": ";
        refuse(name + "efsVolumeConfiguration", Copies.given(volume.efsVolumeConfiguration()));
        refuse(name + "s3filesVolumeConfiguration", Copies.given(volume.s3filesVolumeConfiguration()));
        refuse(name + "dockerVolumeConfiguration", Copies.given(volume.dockerVolumeConfiguration()));
        refuse(
                name + "fsxWindowsFileServerVolumeConfiguration",
                Copies.given(volume.fsxWindowsFileServerVolumeConfiguration()));
        refuse(name + "host.sourcePath", volume.host() != null && volume.host().sourcePath() != null);
        refuse(name + "configuredAtLaunch", Boolean.TRUE.equals(volume.configuredAtLaunch()));
    }

    private static void refuse(ContainerDefinition container, String what, boolean given) {
        refuse("container " + container.name() + ": " + what, given);
    }

    private static void refuse(String what, boolean given) {
        if (given) {
            throw AwsError.unsupported(what);
        }
    }

    private static AwsError unsupported(ContainerDefinition container, String what) {
        return AwsError.unsupported("container " + container.name() + ": " + what);
    }

    private static AwsError client(String message) {
        return new AwsError("ClientException", message);
    }
}
