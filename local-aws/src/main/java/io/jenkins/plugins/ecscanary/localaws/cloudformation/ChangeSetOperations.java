package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.Members.Parameter;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackOperations.Nothing;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Pseudo;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Template;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.TemplateInstance;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CreateChangeSet, DescribeChangeSet, ListChangeSets, ExecuteChangeSet, DeleteChangeSet. A change set is made at once; on AWS
 * it takes some seconds.
 */
final class ChangeSetOperations {

    private static final String NO_CHANGES =
            "The submitted information didn't contain changes. Submit different information to create a change set.";

    private final World world;
    private final ResourceTypes types;
    private final Stacks stacks;
    private final StackOperations operations;
    private final Preparation preparation;
    private final StackMachine machine;
    private final Journal journal;

    ChangeSetOperations(
            World world,
            ResourceTypes types,
            Stacks stacks,
            StackOperations operations,
            Preparation preparation,
            StackMachine machine,
            Journal journal) {
        this.world = world;
        this.types = types;
        this.stacks = stacks;
        this.operations = operations;
        this.preparation = preparation;
        this.machine = machine;
        this.journal = journal;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateChangeSet", CreateChangeSetRequest.class, this::create),
                Operation.of("DescribeChangeSet", ChangeSetRequest.class, this::describe),
                Operation.of("ListChangeSets", ListChangeSetsRequest.class, this::list),
                Operation.of("ExecuteChangeSet", ExecuteChangeSetRequest.class, this::execute),
                Operation.of("DeleteChangeSet", DeleteChangeSetRequest.class, this::delete));
    }

    private Created create(CreateChangeSetRequest in) {
        Members.refuse("RollbackConfiguration", in.rollbackConfiguration);
        Members.refuse("NotificationARNs", in.notificationArns);
        Members.refuse("ResourceTypes", in.resourceTypes);
        Members.refuse("ResourcesToImport", in.resourcesToImport);
        Members.refuse("ImportExistingResources", in.importExistingResources);
        DeploymentConfig.check(in.deploymentConfig);
        String name = Members.matching(in.changeSetName, "changeSetName");
        String type = in.changeSetType == null ? "UPDATE" : in.changeSetType;
        Stack stack = stack(in.stackName, type);
        if (stack.changeSets.containsKey(name)) {
            throw new AwsError(
                    "AlreadyExistsException", "ChangeSet " + name + " already exists for stack " + stack.name);
        }
        Definition present = stack.definition;
        Preparation.Prepared prepared = preparation.of(
                stack,
                Members.template(
                        in.templateBody,
                        in.templateUrl,
                        in.usePreviousTemplate,
                        present == null ? null : present.template()),
                Members.given(in.parameters),
                present == null ? Map.of() : present.parameters(),
                in.tags == null ? Tag.list(present == null ? Map.of() : present.tags()) : in.tags,
                Members.orEmpty(in.capabilities),
                in.roleArn == null && present != null ? present.roleArn() : in.roleArn);
        List<ChangeSet.Change> changes = Changes.of(types, stack, prepared);
        boolean none = present != null && Changes.none(changes, prepared.instance(), machine.instance(stack));
        ChangeSet made = new ChangeSet(
                world.arn(
                        "cloudformation",
                        "changeSet/" + name + "/" + world.ids().uuid()),
                name,
                in.description,
                type,
                prepared.definition(),
                Members.onFailure(in.onStackFailure, null),
                world.now(),
                none ? "FAILED" : "CREATE_COMPLETE",
                none ? NO_CHANGES : null,
                none ? "UNAVAILABLE" : "AVAILABLE",
                changes);
        if (stacks.find(stack.id).isEmpty()) {
            stacks.add(stack);
            journal.stack(stack, Status.REVIEW_IN_PROGRESS, "User Initiated");
        }
        stack.changeSets.put(name, made);
        return new Created(made.id(), stack.id);
    }

    private Stack stack(String nameOrId, String type) {
        Optional<Stack> known = stacks.find(nameOrId);
        boolean review =
                known.filter(stack -> stack.status == Status.REVIEW_IN_PROGRESS).isPresent();
        switch (type) {
            case "CREATE" -> {
                return review ? known.get() : operations.fresh(Members.stackName(nameOrId));
            }
            case "UPDATE" -> {
                if (review) {
                    throw Invalid.request(
                            "Stack:" + known.get().id + " is in REVIEW_IN_PROGRESS state and can not be updated.");
                }
                Stack stack = known.filter(each -> each.status != Status.DELETE_COMPLETE)
                        .orElseThrow(() -> Invalid.request("Stack [" + nameOrId + "] does not exist"));
                StackOperations.requireUpdatable(stack);
                return stack;
            }
            default -> throw AwsError.unsupported("ChangeSetType " + type + "; only CREATE and UPDATE");
        }
    }

    /** @throws AwsError ChangeSetNotFound */
    static ChangeSet require(Stack stack, String nameOrId) {
        return stack.changeSets.values().stream()
                .filter(set -> set.name().equals(nameOrId) || set.id().equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> missing(nameOrId));
    }

    private static AwsError missing(String nameOrId) {
        return new AwsError(404, "ChangeSetNotFound", "ChangeSet [" + nameOrId + "] does not exist");
    }

    private Stack stackOf(String changeSet, String stackName) {
        if (stackName != null) {
            return stacks.requireThere(stackName);
        }
        return stacks.all().stream()
                .filter(stack -> stack.changeSets.values().stream()
                        .anyMatch(set -> set.id().equals(changeSet)))
                .findFirst()
                .orElseThrow(() -> missing(changeSet));
    }

    private Described describe(ChangeSetRequest in) {
        Stack stack = stackOf(in.changeSetName, in.stackName);
        ChangeSet set = require(stack, in.changeSetName);
        Template template = Template.parse(set.definition().template());
        return new Described(
                set.name(),
                set.id(),
                stack.id,
                stack.name,
                set.description(),
                Parameter.list(Changes.shown(template, set.definition().parameters())),
                set.created(),
                set.executionStatus(),
                set.status(),
                set.statusReason(),
                set.definition().capabilities(),
                Tag.list(set.definition().tags()),
                set.changes(),
                false);
    }

    private Summaries list(ListChangeSetsRequest in) {
        Stack stack = stacks.requireThere(in.stackName);
        return new Summaries(stack.changeSets.values().stream()
                .map(set -> new Summary(
                        stack.id,
                        stack.name,
                        set.id(),
                        set.name(),
                        set.executionStatus(),
                        set.status(),
                        set.statusReason(),
                        set.created(),
                        set.description()))
                .toList());
    }

    private Nothing execute(ExecuteChangeSetRequest in) {
        Members.refuse("RetainExceptOnCreate", in.retainExceptOnCreate);
        Stack stack = stackOf(in.changeSetName, in.stackName);
        ChangeSet set = require(stack, in.changeSetName);
        if (!set.isAvailable()) {
            throw new AwsError(
                    "InvalidChangeSetStatus",
                    "ChangeSet [" + set.id() + "] cannot be executed in its current status of [" + set.status() + "]");
        }
        boolean creating = stack.status == Status.REVIEW_IN_PROGRESS;
        if (!creating) {
            StackOperations.requireUpdatable(stack);
        }
        stack.onFailure = in.disableRollback == null ? set.onFailure() : Members.onFailure(null, in.disableRollback);
        stack.clientRequestToken = in.clientRequestToken;
        stack.changeSetId = set.id();
        // What other change sets say is not so any more; on AWS they are deleted with the execution.
        stack.changeSets.clear();
        TemplateInstance instance = TemplateInstance.of(
                Template.parse(set.definition().template()),
                set.definition().parameters(),
                new Pseudo(world.account(), world.region(), stack.name, stack.id));
        stack.changeSets.put(set.name(), set.as(set.status(), set.statusReason(), "EXECUTE_COMPLETE"));
        if (creating) {
            machine.create(stack, set.definition(), instance);
        } else {
            machine.update(stack, set.definition(), instance);
        }
        return new Nothing();
    }

    private Nothing delete(DeleteChangeSetRequest in) {
        Stack stack = stackOf(in.changeSetName, in.stackName);
        ChangeSet set = require(stack, in.changeSetName);
        stack.changeSets.remove(set.name());
        return new Nothing();
    }

    record CreateChangeSetRequest(
            String stackName,
            String templateBody,
            @JsonProperty("TemplateURL") String templateUrl,
            Boolean usePreviousTemplate,
            List<Parameter> parameters,
            List<String> capabilities,
            List<String> resourceTypes,
            @JsonProperty("RoleARN") String roleArn,
            JsonNode rollbackConfiguration,
            @JsonProperty("NotificationARNs") List<String> notificationArns,
            List<Tag> tags,
            String changeSetName,
            String clientToken,
            String description,
            String changeSetType,
            JsonNode resourcesToImport,
            // Either is the same: a nested stack is no type that is known here.
            Boolean includeNestedStacks,
            String onStackFailure,
            Boolean importExistingResources,
            DeploymentConfig deploymentConfig) {}

    record Created(String id, String stackId) {}

    /** @param nextToken not needed: there is one page */
    record ChangeSetRequest(String changeSetName, String stackName, String nextToken, Boolean includePropertyValues) {}

    record Described(
            String changeSetName,
            String changeSetId,
            String stackId,
            String stackName,
            String description,
            List<Parameter> parameters,
            Instant creationTime,
            String executionStatus,
            String status,
            String statusReason,
            List<String> capabilities,
            List<Tag> tags,
            List<ChangeSet.Change> changes,
            Boolean includeNestedStacks) {}

    record ListChangeSetsRequest(String stackName, String nextToken) {}

    record Summaries(@JsonProperty("Summaries") List<Summary> sets) {}

    record Summary(
            String stackId,
            String stackName,
            String changeSetId,
            String changeSetName,
            String executionStatus,
            String status,
            String statusReason,
            Instant creationTime,
            String description) {}

    record ExecuteChangeSetRequest(
            String changeSetName,
            String stackName,
            String clientRequestToken,
            Boolean disableRollback,
            Boolean retainExceptOnCreate) {}

    record DeleteChangeSetRequest(String changeSetName, String stackName) {}
}
