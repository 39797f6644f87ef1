package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.Members.Parameter;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CreateStack, UpdateStack, DeleteStack, ContinueUpdateRollback, UpdateTerminationProtection, SetStackPolicy, GetStackPolicy.
 */
final class StackOperations {

    private static final Set<Status> TO_BE_DELETED_FIRST =
            Set.of(Status.ROLLBACK_COMPLETE, Status.ROLLBACK_FAILED, Status.DELETE_FAILED);

    private final World world;
    private final ResourceTypes types;
    private final Stacks stacks;
    private final Preparation preparation;
    private final StackMachine machine;

    StackOperations(World world, ResourceTypes types, Stacks stacks, Preparation preparation, StackMachine machine) {
        this.world = world;
        this.types = types;
        this.stacks = stacks;
        this.preparation = preparation;
        this.machine = machine;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateStack", CreateStackRequest.class, this::create),
                Operation.of("UpdateStack", UpdateStackRequest.class, this::update),
                Operation.of("DeleteStack", DeleteStackRequest.class, this::delete),
                Operation.of("SetStackPolicy", SetStackPolicyRequest.class, this::setPolicy),
                Operation.of("GetStackPolicy", GetStackPolicyRequest.class, this::policy),
                Operation.of("ContinueUpdateRollback", ContinueUpdateRollbackRequest.class, this::continueRollback),
                Operation.of("UpdateTerminationProtection", UpdateTerminationProtectionRequest.class, this::protect));
    }

    /** One that is not among the stacks yet. */
    Stack fresh(String name) {
        stacks.find(name).ifPresent(there -> {
            throw new AwsError("AlreadyExistsException", "Stack [" + name + "] already exists");
        });
        return new Stack(
                world.arn("cloudformation", "stack/" + name + "/" + world.ids().uuid()), name, world.now());
    }

    private StackId create(CreateStackRequest in) {
        Members.refuse("RollbackConfiguration", in.rollbackConfiguration);
        Members.refuse("NotificationARNs", in.notificationArns);
        Members.refuse("ResourceTypes", in.resourceTypes);
        Members.refuse("RetainExceptOnCreate", in.retainExceptOnCreate);
        DeploymentConfig.check(in.deploymentConfig);
        StackPolicy.parse(in.stackPolicyBody);
        String name = Members.stackName(in.stackName);
        String template = Members.template(in.templateBody, in.templateUrl, null, null);
        Stack stack = fresh(name);
        stack.onFailure = Members.onFailure(in.onFailure, in.disableRollback);
        Preparation.Prepared prepared = preparation.of(
                stack,
                template,
                Members.given(in.parameters),
                Map.of(),
                Members.orEmpty(in.tags),
                Members.orEmpty(in.capabilities),
                in.roleArn);
        if (in.timeoutInMinutes != null && in.timeoutInMinutes < 1) {
            throw Invalid.request("TimeoutInMinutes must be at least 1");
        }
        stack.timeoutInMinutes = in.timeoutInMinutes;
        stack.protectedFromDeletion = Boolean.TRUE.equals(in.enableTerminationProtection);
        stack.clientRequestToken = in.clientRequestToken;
        stack.policy = in.stackPolicyBody;
        stacks.add(stack);
        machine.create(stack, prepared.definition(), prepared.instance());
        return new StackId(stack.id);
    }

    private StackId update(UpdateStackRequest in) {
        Members.refuse("RollbackConfiguration", in.rollbackConfiguration);
        Members.refuse("NotificationARNs", in.notificationArns);
        Members.refuse("ResourceTypes", in.resourceTypes);
        StackPolicy.parse(in.stackPolicyBody);
        StackPolicy.parse(in.stackPolicyDuringUpdateBody);
        Members.refuse("RetainExceptOnCreate", in.retainExceptOnCreate);
        DeploymentConfig.check(in.deploymentConfig);
        Stack stack = stacks.requireThere(in.stackName);
        requireUpdatable(stack);
        Definition present = stack.definition;
        Preparation.Prepared prepared = preparation.of(
                stack,
                Members.template(in.templateBody, in.templateUrl, in.usePreviousTemplate, present.template()),
                Members.given(in.parameters),
                present.parameters(),
                in.tags == null ? Tag.list(present.tags()) : in.tags,
                Members.orEmpty(in.capabilities),
                in.roleArn == null ? present.roleArn() : in.roleArn);
        List<ChangeSet.Change> changes = Changes.of(types, stack, prepared);
        if (Changes.none(changes, prepared.instance(), machine.instance(stack))) {
            throw Invalid.request("No updates are to be performed.");
        }
        stack.onFailure = Members.onFailure(null, in.disableRollback);
        stack.clientRequestToken = in.clientRequestToken;
        stack.policy = in.stackPolicyBody == null ? stack.policy : in.stackPolicyBody;
        stack.policyDuringUpdate = in.stackPolicyDuringUpdateBody;
        machine.update(stack, prepared.definition(), prepared.instance());
        return new StackId(stack.id);
    }

    /** @throws AwsError in CloudFormation's words */
    static void requireUpdatable(Stack stack) {
        if (!stack.status.isUpdatable()) {
            String advice = TO_BE_DELETED_FIRST.contains(stack.status) ? " It can only be deleted." : "";
            throw Invalid.request(
                    "Stack:" + stack.id + " is in " + stack.status + " state and can not be updated." + advice);
        }
    }

    /** One that is not there, or is on its way out, is deleted without complaint, as on AWS. */
    private Nothing delete(DeleteStackRequest in) {
        if (in.stackName == null) {
            throw Invalid.request("1 validation error detected: Value null at 'stackName' failed to satisfy constraint:"
                    + " Member must not be null");
        }
        Members.refuse(
                "DeletionMode", in.deletionMode == null || in.deletionMode.equals("STANDARD") ? null : in.deletionMode);
        DeploymentConfig.check(in.deploymentConfig);
        Stack stack = stacks.find(in.stackName).orElse(null);
        if (stack == null || stack.status == Status.DELETE_COMPLETE || stack.status == Status.DELETE_IN_PROGRESS) {
            return new Nothing();
        }
        if (stack.protectedFromDeletion) {
            throw Invalid.request(
                    "Stack [" + stack.name + "] cannot be deleted while TerminationProtection is enabled");
        }
        if (stack.status.isUnderWay() && stack.status != Status.CREATE_IN_PROGRESS) {
            throw Invalid.request("Stack [" + stack.id + "] cannot be deleted while in status " + stack.status);
        }
        List<String> retained = Members.orEmpty(in.retainResources);
        if (!retained.isEmpty() && stack.status != Status.DELETE_FAILED) {
            throw Invalid.request("Invalid operation on stack [" + stack.id
                    + "]. When you delete a stack, specify which resources to retain only when the stack is in the"
                    + " DELETE_FAILED state.");
        }
        stack.retained.addAll(retained);
        stack.clientRequestToken = in.clientRequestToken;
        machine.delete(stack);
        return new Nothing();
    }

    private Nothing continueRollback(ContinueUpdateRollbackRequest in) {
        Stack stack = stacks.requireThere(in.stackName);
        if (stack.status != Status.UPDATE_ROLLBACK_FAILED) {
            throw Invalid.request("Stack:" + stack.id + " is in " + stack.status
                    + " state and can not continue rollback. It must be in UPDATE_ROLLBACK_FAILED.");
        }
        List<String> skipped = Members.orEmpty(in.resourcesToSkip);
        for (String logicalId : skipped) {
            StackResource resource = stack.resources.get(logicalId);
            if (resource == null || !resource.status().isFailed()) {
                throw Invalid.request(
                        "ResourcesToSkip: [" + logicalId + "] is not a resource that failed to be rolled" + " back");
            }
        }
        stack.clientRequestToken = in.clientRequestToken;
        machine.continueRollback(stack, skipped);
        return new Nothing();
    }

    private StackId protect(UpdateTerminationProtectionRequest in) {
        Stack stack = stacks.requireThere(in.stackName);
        stack.protectedFromDeletion = Boolean.TRUE.equals(in.enableTerminationProtection);
        return new StackId(stack.id);
    }

    private Nothing setPolicy(SetStackPolicyRequest in) {
        Members.refuse("StackPolicyURL", in.stackPolicyUrl);
        Stack stack = stacks.requireThere(in.stackName);
        if (in.stackPolicyBody == null) {
            throw Invalid.request("StackPolicyBody must be specified");
        }
        StackPolicy.parse(in.stackPolicyBody);
        stack.policy = in.stackPolicyBody;
        return new Nothing();
    }

    private Policy policy(GetStackPolicyRequest in) {
        return new Policy(stacks.requireThere(in.stackName).policy);
    }

    record CreateStackRequest(
            String stackName,
            String templateBody,
            @JsonProperty("TemplateURL") String templateUrl,
            List<Parameter> parameters,
            Boolean disableRollback,
            JsonNode rollbackConfiguration,
            Integer timeoutInMinutes,
            @JsonProperty("NotificationARNs") List<String> notificationArns,
            List<String> capabilities,
            List<String> resourceTypes,
            @JsonProperty("RoleARN") String roleArn,
            String onFailure,
            String stackPolicyBody,
            List<Tag> tags,
            String clientRequestToken,
            Boolean enableTerminationProtection,
            Boolean retainExceptOnCreate,
            DeploymentConfig deploymentConfig) {}

    record UpdateStackRequest(
            String stackName,
            String templateBody,
            @JsonProperty("TemplateURL") String templateUrl,
            Boolean usePreviousTemplate,
            String stackPolicyDuringUpdateBody,
            List<Parameter> parameters,
            List<String> capabilities,
            List<String> resourceTypes,
            @JsonProperty("RoleARN") String roleArn,
            JsonNode rollbackConfiguration,
            String stackPolicyBody,
            @JsonProperty("NotificationARNs") List<String> notificationArns,
            List<Tag> tags,
            Boolean disableRollback,
            String clientRequestToken,
            Boolean retainExceptOnCreate,
            DeploymentConfig deploymentConfig) {}

    record DeleteStackRequest(
            String stackName,
            List<String> retainResources,
            @JsonProperty("RoleARN") String roleArn,
            String clientRequestToken,
            String deletionMode,
            DeploymentConfig deploymentConfig) {}

    record ContinueUpdateRollbackRequest(
            String stackName,
            @JsonProperty("RoleARN") String roleArn,
            List<String> resourcesToSkip,
            String clientRequestToken) {}

    record UpdateTerminationProtectionRequest(String stackName, Boolean enableTerminationProtection) {}

    record SetStackPolicyRequest(
            String stackName, String stackPolicyBody, @JsonProperty("StackPolicyURL") String stackPolicyUrl) {}

    record GetStackPolicyRequest(String stackName) {}

    record Policy(String stackPolicyBody) {}

    record StackId(String stackId) {}

    record Nothing() {}
}
