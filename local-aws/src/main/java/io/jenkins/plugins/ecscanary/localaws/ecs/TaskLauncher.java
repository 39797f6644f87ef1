package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore;
import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import io.jenkins.plugins.ecscanary.localaws.ecs.ContainerDefinition.LogConfiguration;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.CannotStart;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.Container;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.ContainerSpec;
import io.jenkins.plugins.ecscanary.localaws.logs.LogSink;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Pulls a task's images, opens its log streams and starts its containers. */
final class TaskLauncher {

    private final World world;
    private final ImageStore images;
    private final LogSink logs;
    private final TaskRuntime runtime;
    private final HostContract contract;
    private final MetadataServer metadata;

    /** Guarded by the world's lock. */
    private SecretValues secrets = SecretValues.NONE;

    TaskLauncher(
            World world,
            ImageStore images,
            LogSink logs,
            TaskRuntime runtime,
            HostContract contract,
            MetadataServer metadata) {
        this.world = world;
        this.images = images;
        this.logs = logs;
        this.runtime = runtime;
        this.contract = contract;
        this.metadata = metadata;
    }

    /** Under the lock. */
    void secretsFrom(SecretValues values) {
        secrets = values;
    }

    /**
     * Under the lock.
     *
     * @throws CannotStart if a secret, an image or a log group is missing
     */
    List<Launch> prepare(Task task) throws CannotStart {
        List<Launch> launches = new ArrayList<>();
        Map<TaskContainer, Map<String, String>> secret = new LinkedHashMap<>();
        for (TaskContainer container : task.containers) {
            secret.put(container, secrets(container.definition));
        }
        for (TaskContainer container : task.containers) {
            RunnableImage image = pull(container.definition.image());
            container.imageDigest = image.digest();
            launches.add(new Launch(
                    spec(task, container, image, secret.get(container)), output(task, container.definition)));
        }
        return launches;
    }

    /**
     * Without the lock. All or nothing: if one cannot be started, those before it are killed.
     *
     * @throws CannotStart with the reason for {@code stoppedReason}
     */
    List<Container> start(List<Launch> launches) throws CannotStart {
        List<Container> started = new ArrayList<>();
        try {
            for (Launch launch : launches) {
                checkAddress(launch.spec);
                started.add(runtime.start(launch.spec, launch.output));
            }
        } catch (CannotStart | RuntimeException e) {
            started.forEach(container -> container.stop(Duration.ZERO));
            throw e;
        }
        return started;
    }

    private void checkAddress(ContainerSpec spec) throws CannotStart {
        Optional<String> obstacle = spec.port() == 0 ? Optional.empty() : contract.obstacle(spec.ip(), spec.port());
        if (obstacle.isPresent()) {
            throw new CannotStart("ResourceInitializationError: " + obstacle.get());
        }
    }

    /** AWS's reasons, as users have published them. */
    private Map<String, String> secrets(ContainerDefinition definition) throws CannotStart {
        Map<String, String> values = new LinkedHashMap<>();
        if (Copies.given(definition.secrets())) {
            for (JsonNode secret : definition.secrets()) {
                String from = secret.path("valueFrom").asText();
                Optional<String> value = secrets.of(from);
                if (value.isEmpty()) {
                    throw new CannotStart("ResourceInitializationError: unable to pull secrets or registry auth:"
                            + " execution resource retrieval failed: "
                            + (from.contains(":secretsmanager:")
                                    ? "unable to retrieve secret from asm: service call has been retried 1 time(s):"
                                            + " failed to fetch secret " + from + " from secrets manager:"
                                            + " ResourceNotFoundException: Secrets Manager can't find the specified secret."
                                    : "unable to retrieve secrets from ssm: service call has been retried 1 time(s):"
                                            + " invalid parameters: " + from));
                }
                values.put(secret.path("name").asText(), value.get());
            }
        }
        return values;
    }

    private RunnableImage pull(String image) throws CannotStart {
        return images.resolve(image)
                .orElseThrow(() -> new CannotStart(
                        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
                                + image + ": " + image + ": not found"));
    }

    private Consumer<String> output(Task task, ContainerDefinition definition) throws CannotStart {
        LogConfiguration configuration = definition.logConfiguration();
        if (configuration == null) {
            return line -> {};
        }
        String group = configuration.option("awslogs-group");
        String stream = logStream(configuration, task, definition);
        Optional<String> refusal =
                logs.open(group, stream, Boolean.parseBoolean(configuration.option("awslogs-create-group")));
        if (refusal.isPresent()) {
            throw new CannotStart("ResourceInitializationError: failed to validate logger args: create stream has been"
                    + " retried 1 times: failed to create Cloudwatch log stream: " + refusal.get() + " (log group "
                    + group + ") : exit status 1");
        }
        return line -> logs.put(group, stream, world.now(), line);
    }

    static String logStream(LogConfiguration configuration, Task task, ContainerDefinition definition) {
        return configuration.option("awslogs-stream-prefix") + "/" + definition.name() + "/" + task.id;
    }

    /** The image's variables, then the task definition's, then RunTask's; those that Fargate itself sets give way. */
    private ContainerSpec spec(
            Task task, TaskContainer container, RunnableImage image, Map<String, String> secretValues) {
        ContainerDefinition definition = container.definition;
        Map<String, String> environment = new LinkedHashMap<>(image.env());
        definition.environment().forEach(variable -> environment.put(variable.name(), variable.value()));
        environment.putAll(secretValues);
        container.environmentOverride().forEach(variable -> environment.put(variable.name(), variable.value()));
        environment.putIfAbsent("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
        environment.putIfAbsent("AWS_REGION", world.region());
        environment.putIfAbsent("AWS_DEFAULT_REGION", world.region());
        environment.put("ECS_CONTAINER_METADATA_URI_V4", metadata.uri(container));
        environment.put("HOST", task.ip);
        int port = definition.firstPort();
        if (port != 0) {
            environment.put("PORT", Integer.toString(port));
        }
        return new ContainerSpec(
                task.id, definition.name(), image, task.ip, port, environment, commandLine(container, image));
    }

    /** As Docker has it: another entry point drops the image's command, too; another command keeps the entry point. */
    private static List<String> commandLine(TaskContainer container, RunnableImage image) {
        ContainerDefinition definition = container.definition;
        boolean ownEntryPoint = Copies.given(definition.entryPoint());
        List<String> line = new ArrayList<>(ownEntryPoint ? definition.entryPoint() : image.entryPoint());
        if (Copies.given(container.command())) {
            line.addAll(container.command());
        } else if (!ownEntryPoint) {
            line.addAll(image.command());
        }
        return List.copyOf(line);
    }

    /** A container about to be started. */
    record Launch(ContainerSpec spec, Consumer<String> output) {}
}
