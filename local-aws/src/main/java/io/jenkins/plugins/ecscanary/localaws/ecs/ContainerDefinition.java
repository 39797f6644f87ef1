package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/**
 * One container of a task definition. It has every member AWS's has, so that templates register and come back as they
 * were; members without a behaviour here stay plain JSON. {@link TaskDefinitionRules} refuses those that cannot be ignored.
 *
 * <p>The defaults filled in are those AWS's answer to RegisterTaskDefinition shows.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ContainerDefinition(
        String name,
        String image,
        JsonNode repositoryCredentials,
        Integer cpu,
        Integer memory,
        Integer memoryReservation,
        List<String> links,
        List<PortMapping> portMappings,
        Boolean essential,
        JsonNode restartPolicy,
        List<String> entryPoint,
        List<String> command,
        List<KeyValuePair> environment,
        JsonNode environmentFiles,
        JsonNode mountPoints,
        JsonNode volumesFrom,
        JsonNode linuxParameters,
        JsonNode secrets,
        JsonNode dependsOn,
        Integer startTimeout,
        Integer stopTimeout,
        String versionConsistency,
        String hostname,
        String user,
        String workingDirectory,
        Boolean disableNetworking,
        Boolean privileged,
        Boolean readonlyRootFilesystem,
        List<String> dnsServers,
        List<String> dnsSearchDomains,
        JsonNode extraHosts,
        List<String> dockerSecurityOptions,
        Boolean interactive,
        Boolean pseudoTerminal,
        Map<String, String> dockerLabels,
        JsonNode ulimits,
        LogConfiguration logConfiguration,
        HealthCheck healthCheck,
        JsonNode systemControls,
        JsonNode resourceRequirements,
        JsonNode firelensConfiguration,
        List<String> credentialSpecs) {

    /** Fargate's default when {@code stopTimeout} is missing, in seconds. */
    static final int DEFAULT_STOP_TIMEOUT = 30;

    ContainerDefinition {
        cpu = cpu == null ? Integer.valueOf(0) : cpu;
        links = Copies.orNull(links);
        portMappings = Copies.orEmpty(portMappings);
        essential = essential == null ? Boolean.TRUE : essential;
        entryPoint = Copies.orNull(entryPoint);
        command = Copies.orNull(command);
        environment = Copies.orEmpty(environment);
        mountPoints = orEmptyArray(mountPoints);
        volumesFrom = orEmptyArray(volumesFrom);
        systemControls = orEmptyArray(systemControls);
        dnsServers = Copies.orNull(dnsServers);
        dnsSearchDomains = Copies.orNull(dnsSearchDomains);
        dockerSecurityOptions = Copies.orNull(dockerSecurityOptions);
        dockerLabels = Copies.orNull(dockerLabels);
        credentialSpecs = Copies.orNull(credentialSpecs);
    }

    boolean hasPort(int port) {
        return portMappings.stream()
                .anyMatch(mapping -> mapping.containerPort() != null && mapping.containerPort() == port);
    }

    /** The port for PORT: the first one mapped, or 0 if the container serves none. */
    int firstPort() {
        return portMappings.isEmpty() ? 0 : portMappings.get(0).containerPort();
    }

    int stopTimeoutSeconds() {
        return stopTimeout == null ? DEFAULT_STOP_TIMEOUT : stopTimeout;
    }

    private static JsonNode orEmptyArray(JsonNode node) {
        return node == null || node.isNull() ? JsonNodeFactory.instance.arrayNode() : node;
    }

    /** In awsvpc mode the host port is the container port. */
    record PortMapping(
            Integer containerPort,
            Integer hostPort,
            String protocol,
            String name,
            String appProtocol,
            String containerPortRange) {
        PortMapping {
            hostPort = hostPort == null ? containerPort : hostPort;
            protocol = protocol == null ? "tcp" : protocol;
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogConfiguration(String logDriver, Map<String, String> options, JsonNode secretOptions) {
        LogConfiguration {
            options = Copies.orNull(options);
        }

        String option(String name) {
            return options == null ? null : options.get(name);
        }
    }

    /** Seconds; the defaults are AWS's. */
    record HealthCheck(List<String> command, Integer interval, Integer timeout, Integer retries, Integer startPeriod) {
        HealthCheck {
            command = Copies.orEmpty(command);
            interval = interval == null ? Integer.valueOf(30) : interval;
            timeout = timeout == null ? Integer.valueOf(5) : timeout;
            retries = retries == null ? Integer.valueOf(3) : retries;
        }

        boolean isCheck() {
            return !command.isEmpty() && !"NONE".equals(command.get(0));
        }

        int startPeriodSeconds() {
            return startPeriod == null ? 0 : startPeriod;
        }
    }
}
