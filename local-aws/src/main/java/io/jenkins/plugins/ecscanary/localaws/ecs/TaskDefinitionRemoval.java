package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinition.Status;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinitionOperations.TaskDefinitionResponse;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinitions.Registered;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * DeregisterTaskDefinition, DeleteTaskDefinitions. A deleted revision is DELETE_IN_PROGRESS until {@link Forgetting} has
 * removed it.
 */
final class TaskDefinitionRemoval {

    private static final int MOST = 10;

    private final World world;
    private final TaskDefinitions definitions;
    private final Forgetting forgetting;

    TaskDefinitionRemoval(World world, TaskDefinitions definitions, Forgetting forgetting) {
        this.world = world;
        this.definitions = definitions;
        this.forgetting = forgetting;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("DeregisterTaskDefinition", DeregisterTaskDefinitionRequest.class, this::deregister),
                Operation.of("DeleteTaskDefinitions", DeleteTaskDefinitionsRequest.class, this::delete));
    }

    /** Takes {@code family:revision} or an ARN only: the newest revision is not meant by a family's name here. */
    TaskDefinitionResponse deregister(DeregisterTaskDefinitionRequest request) {
        String name = Members.required("taskDefinition", request.taskDefinition);
        Registered registered = definitions
                .find(revision(name))
                .orElseThrow(() -> new AwsError("ClientException", "The specified task definition does not exist."));
        if (!registered.isActive()) {
            return new TaskDefinitionResponse(registered.definition(), null);
        }
        TaskDefinition inactive = registered.definition().as(Status.INACTIVE, world.now(), null);
        definitions.replace(inactive, registered.tags());
        world.log("ecs task definition %s INACTIVE", inactive.shortName());
        return new TaskDefinitionResponse(inactive, null);
    }

    DeleteTaskDefinitionsResponse delete(DeleteTaskDefinitionsRequest request) {
        if (request.taskDefinitions.isEmpty() || request.taskDefinitions.size() > MOST) {
            throw Members.invalid("taskDefinitions must have 1 to " + MOST + " elements, not "
                    + request.taskDefinitions.size() + ".");
        }
        request.taskDefinitions.forEach(TaskDefinitionRemoval::revision);
        List<TaskDefinition> deleted = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : request.taskDefinitions) {
            Registered registered = definitions.find(name).orElse(null);
            if (registered == null) {
                failures.add(new Failure(name, "The specified task definition does not exist.", null));
            } else if (registered.isActive()) {
                failures.add(new Failure(
                        registered.definition().taskDefinitionArn(),
                        "The specified task definition is still in ACTIVE status. Please deregister the target and try"
                                + " again.",
                        null));
            } else {
                deleted.add(delete(registered));
            }
        }
        return new DeleteTaskDefinitionsResponse(deleted, failures);
    }

    private TaskDefinition delete(Registered registered) {
        TaskDefinition before = registered.definition();
        if (Status.DELETE_IN_PROGRESS.name().equals(before.status())) {
            return before;
        }
        TaskDefinition deleted = before.as(Status.DELETE_IN_PROGRESS, before.deregisteredAt(), world.now());
        definitions.replace(deleted, registered.tags());
        world.log("ecs task definition %s DELETE_IN_PROGRESS", deleted.shortName());
        forgetting.later(deleted);
        return deleted;
    }

    private static String revision(String name) {
        if (!name.matches(".*:[0-9]+")) {
            throw Members.invalid("Revision is missing: this takes family:revision or an ARN, not '" + name + "'.");
        }
        return name;
    }

    record DeregisterTaskDefinitionRequest(String taskDefinition) {}

    record DeleteTaskDefinitionsRequest(List<String> taskDefinitions) {
        DeleteTaskDefinitionsRequest {
            taskDefinitions = Copies.orEmpty(taskDefinitions);
        }
    }

    record DeleteTaskDefinitionsResponse(List<TaskDefinition> taskDefinitions, List<Failure> failures) {
        DeleteTaskDefinitionsResponse {
            taskDefinitions = List.copyOf(taskDefinitions);
            failures = List.copyOf(failures);
        }
    }
}
