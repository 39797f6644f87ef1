package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** RunTask, StopTask: tasks that belong to no service and are not replaced. */
final class RunTaskOperations {

    /** AWS's own limit. */
    private static final int MOST = 10;

    private static final int LONGEST_REFERENCE = 1024;
    private static final Pattern STARTED_BY = Pattern.compile("[a-zA-Z0-9_/-]{1,128}");
    private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9_:.-]{1,255}");

    private final World world;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final ServiceScheduler scheduler;
    private final ClientTokens tokens;

    RunTaskOperations(World world, Clusters clusters, TaskDefinitions definitions, ServiceScheduler scheduler) {
        this.world = world;
        this.clusters = clusters;
        this.definitions = definitions;
        this.scheduler = scheduler;
        this.tokens = new ClientTokens(world);
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("RunTask", RunTaskRequest.class, this::run),
                Operation.of("StopTask", StopTaskRequest.class, this::stop));
    }

    RunTaskResponse run(RunTaskRequest request) {
        Cluster cluster = clusters.require(request.cluster);
        TaskSpec spec = spec(request, cluster);
        List<Task> tasks = tokens.former(request.clientToken, request);
        if (tasks == null) {
            tasks = start(cluster, spec, request.count);
            tokens.remember(request.clientToken, request, tasks);
        }
        return new RunTaskResponse(
                tasks.stream().map(task -> TaskView.of(task, true)).toList(), List.of());
    }

    private List<Task> start(Cluster cluster, TaskSpec spec, int count) {
        List<Task> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(scheduler.tasks().create(cluster, null, spec));
        }
        started.forEach(scheduler.tasks()::begin);
        scheduler.changed();
        return started;
    }

    private TaskSpec spec(RunTaskRequest request, Cluster cluster) {
        TaskDefinition definition = definitions.require(Members.required("taskDefinition", request.taskDefinition));
        if (request.count < 1 || request.count > MOST) {
            throw Members.invalid("count must be between 1 and " + MOST + ", not " + request.count + ".");
        }
        Launch launch = Launch.of(request.launchType, request.capacityProviderStrategy, cluster);
        Launch.checkNetwork(request.networkConfiguration);
        Launch.checkPlatform(request.platformVersion);
        Members.matches(
                "startedBy",
                request.startedBy,
                STARTED_BY,
                "letters, digits, hyphens, underscores and slashes, at most 128");
        Members.matches("group", request.group, GROUP, "letters, digits and _ : . -, at most 255");
        if (request.group != null && request.group.startsWith("service:")) {
            throw Members.invalid("Invalid group '" + request.group + "': service: is for the tasks of services.");
        }
        if (request.referenceId != null && request.referenceId.length() > LONGEST_REFERENCE) {
            throw Members.invalid("referenceId must have at most " + LONGEST_REFERENCE + " characters.");
        }
        checkUnused(request);
        TaskOverride overrides = TaskOverride.orNone(request.overrides);
        overrides.check(definition);
        return new TaskSpec(
                definition,
                request.group == null ? "family:" + definition.family() : request.group,
                request.startedBy,
                overrides,
                request.networkConfiguration,
                launch.launchType(),
                launch.capacityProvider(),
                tags(request, cluster, definition),
                Boolean.TRUE.equals(request.enableExecuteCommand),
                request.referenceId);
    }

    private static void checkUnused(RunTaskRequest request) {
        if (Copies.given(request.placementConstraints)) {
            throw AwsError.unsupported("placementConstraints");
        }
        if (Copies.given(request.placementStrategy)) {
            throw AwsError.unsupported("placementStrategy");
        }
        if (Copies.given(request.volumeConfigurations)) {
            throw AwsError.unsupported("volumeConfigurations");
        }
    }

    private List<Tag> tags(RunTaskRequest request, Cluster cluster, TaskDefinition definition) {
        Tag.check(request.tags);
        List<Tag> tags = new ArrayList<>();
        if (Boolean.TRUE.equals(request.enableECSManagedTags)) {
            tags.add(new Tag("aws:ecs:clusterName", cluster.name));
        }
        String propagate = request.propagateTags == null ? "NONE" : request.propagateTags;
        switch (propagate) {
            case "NONE" -> {}
            case "TASK_DEFINITION" -> tags.addAll(definitions.tags(definition));
            default ->
                throw Members.invalid(
                        "Invalid propagateTags '" + propagate + "' for RunTask: TASK_DEFINITION or NONE.");
        }
        return Tag.merged(tags, request.tags);
    }

    /** A task of a service is stopped as well, and then replaced; one that has stopped is answered as it is. */
    StopTaskResponse stop(StopTaskRequest request) {
        Cluster cluster = clusters.require(request.cluster);
        Task task = cluster.task(Members.required("task", request.task))
                .orElseThrow(() -> Members.invalid("The referenced task was not found."));
        scheduler.tasks().stop(task, "UserInitiated", request.reason == null ? "Task stopped by user" : request.reason);
        scheduler.changed();
        return new StopTaskResponse(TaskView.of(task, false));
    }

    /** @param count 1 unless given */
    record RunTaskRequest(
            JsonNode capacityProviderStrategy,
            String cluster,
            Integer count,
            Boolean enableECSManagedTags,
            Boolean enableExecuteCommand,
            String group,
            String launchType,
            JsonNode networkConfiguration,
            TaskOverride overrides,
            JsonNode placementConstraints,
            JsonNode placementStrategy,
            String platformVersion,
            String propagateTags,
            String referenceId,
            String startedBy,
            List<Tag> tags,
            String taskDefinition,
            String clientToken,
            JsonNode volumeConfigurations) {
        RunTaskRequest {
            count = count == null ? Integer.valueOf(1) : count;
            tags = Copies.orEmpty(tags);
        }
    }

    record RunTaskResponse(List<TaskView> tasks, List<Failure> failures) {
        RunTaskResponse {
            tasks = List.copyOf(tasks);
            failures = List.copyOf(failures);
        }
    }

    record StopTaskRequest(String cluster, String task, String reason) {}

    record StopTaskResponse(TaskView task) {}
}
