package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.Members.Parameter;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.Stack.OnFailure;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * DescribeStacks, ListStacks, DescribeStackEvents, DescribeStackResources, DescribeStackResource, ListStackResources.
 */
final class StackQueries {

    private static final int PAGE = 100;

    private final Stacks stacks;
    private final StackMachine machine;

    StackQueries(Stacks stacks, StackMachine machine) {
        this.stacks = stacks;
        this.machine = machine;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("DescribeStacks", StackRequest.class, this::describe),
                Operation.of("ListStacks", ListStacksRequest.class, this::list),
                Operation.of("DescribeStackEvents", StackRequest.class, this::events),
                Operation.of("DescribeStackResources", DescribeStackResourcesRequest.class, this::resources),
                Operation.of("DescribeStackResource", DescribeStackResourceRequest.class, this::resource),
                Operation.of("ListStackResources", StackRequest.class, this::listResources));
    }

    private StacksAnswer describe(StackRequest in) {
        List<Stack> found = in.stackName == null || in.stackName.isEmpty()
                ? stacks.all().stream()
                        .filter(stack -> stack.status != Status.DELETE_COMPLETE)
                        .toList()
                : List.of(stacks.require(in.stackName));
        Page<Stack> page = page(found, in.nextToken);
        return new StacksAnswer(page.items().stream().map(this::shown).toList(), page.nextToken());
    }

    private static <T> Page<T> page(List<T> all, String token) {
        return Page.of(all, token, null, PAGE);
    }

    private StackShown shown(Stack stack) {
        Definition definition = stack.definition;
        return new StackShown(
                stack.id,
                stack.name,
                stack.changeSetId,
                definition == null ? null : machine.instance(stack).template().description(),
                definition == null
                        ? List.of()
                        : Parameter.list(Changes.shown(machine.instance(stack).template(), definition.parameters())),
                stack.created,
                stack.deleted,
                stack.updated,
                stack.status.name(),
                stack.reason,
                stack.onFailure == OnFailure.DO_NOTHING,
                List.of(),
                stack.timeoutInMinutes,
                definition == null ? List.of() : definition.capabilities(),
                stack.outputs.isEmpty() ? null : stack.outputs,
                definition == null ? null : definition.roleArn(),
                definition == null ? List.of() : Tag.list(definition.tags()),
                stack.protectedFromDeletion,
                new Drift("NOT_CHECKED"));
    }

    private StackSummaries list(ListStacksRequest in) {
        List<Stack> found = stacks.all().stream()
                .filter(stack -> in.stackStatusFilter == null
                        || in.stackStatusFilter.isEmpty()
                        || in.stackStatusFilter.contains(stack.status.name()))
                .toList();
        Page<Stack> page = page(found, in.nextToken);
        return new StackSummaries(
                page.items().stream()
                        .map(stack -> new StackSummary(
                                stack.id,
                                stack.name,
                                stack.definition == null
                                        ? null
                                        : machine.instance(stack).template().description(),
                                stack.created,
                                stack.updated,
                                stack.deleted,
                                stack.status.name(),
                                stack.reason,
                                new Drift("NOT_CHECKED")))
                        .toList(),
                page.nextToken());
    }

    private EventsAnswer events(StackRequest in) {
        Stack stack = requireForQuery(in.stackName);
        List<StackEvent> newest = new ArrayList<>(stack.events);
        Collections.reverse(newest);
        Page<StackEvent> page = page(newest, in.nextToken);
        return new EventsAnswer(page.items(), page.nextToken());
    }

    private Stack requireForQuery(String name) {
        if (name == null || name.isEmpty()) {
            throw Invalid.request("1 validation error detected: Value null at 'stackName' failed to satisfy constraint:"
                    + " Member must not be null");
        }
        return stacks.find(name).orElseThrow(() -> Invalid.request("Stack [" + name + "] does not exist"));
    }

    private ResourcesAnswer resources(DescribeStackResourcesRequest in) {
        Stack stack;
        if (in.stackName != null) {
            stack = stacks.require(in.stackName);
        } else {
            stack = stacks.all().stream()
                    .filter(each -> each.resources.values().stream()
                            .anyMatch(resource -> resource.physicalId() != null
                                    && resource.physicalId().equals(in.physicalResourceId)))
                    .findFirst()
                    .orElseThrow(() -> Invalid.request("Stack for " + in.physicalResourceId + " does not exist"));
        }
        return new ResourcesAnswer(stack.resources.values().stream()
                .filter(resource -> in.logicalResourceId == null || in.logicalResourceId.equals(resource.logicalId()))
                .map(resource -> new ResourceShown(
                        stack.name,
                        stack.id,
                        resource.logicalId(),
                        resource.physicalId(),
                        resource.type(),
                        resource.since(),
                        resource.status().name(),
                        resource.reason(),
                        new ResourceDrift("NOT_CHECKED")))
                .toList());
    }

    private ResourceAnswer resource(DescribeStackResourceRequest in) {
        Stack stack = stacks.require(in.stackName);
        StackResource resource = stack.resources.get(in.logicalResourceId);
        if (resource == null) {
            throw Invalid.request("Resource " + in.logicalResourceId + " does not exist for stack " + stack.name);
        }
        return new ResourceAnswer(new ResourceDetail(
                stack.name,
                stack.id,
                resource.logicalId(),
                resource.physicalId(),
                resource.type(),
                resource.since(),
                resource.status().name(),
                resource.reason(),
                new ResourceDrift("NOT_CHECKED")));
    }

    private ResourceSummaries listResources(StackRequest in) {
        Stack stack = requireForQuery(in.stackName);
        Page<StackResource> page = page(List.copyOf(stack.resources.values()), in.nextToken);
        return new ResourceSummaries(
                page.items().stream()
                        .map(resource -> new ResourceSummary(
                                resource.logicalId(),
                                resource.physicalId(),
                                resource.type(),
                                resource.since(),
                                resource.status().name(),
                                resource.reason(),
                                new ResourceDrift("NOT_CHECKED")))
                        .toList(),
                page.nextToken());
    }

    /** Of DescribeStacks, DescribeStackEvents and ListStackResources. */
    record StackRequest(String stackName, String nextToken) {}

    record ListStacksRequest(String nextToken, List<String> stackStatusFilter) {}

    record DescribeStackResourcesRequest(String stackName, String logicalResourceId, String physicalResourceId) {}

    record DescribeStackResourceRequest(String stackName, String logicalResourceId) {}

    record StacksAnswer(List<StackShown> stacks, String nextToken) {}

    record StackShown(
            String stackId,
            String stackName,
            String changeSetId,
            String description,
            List<Parameter> parameters,
            Instant creationTime,
            Instant deletionTime,
            Instant lastUpdatedTime,
            String stackStatus,
            String stackStatusReason,
            Boolean disableRollback,
            @JsonProperty("NotificationARNs") List<String> notificationArns,
            Integer timeoutInMinutes,
            List<String> capabilities,
            List<StackOutput> outputs,
            @JsonProperty("RoleARN") String roleArn,
            List<Tag> tags,
            Boolean enableTerminationProtection,
            Drift driftInformation) {}

    record StackSummaries(@JsonProperty("StackSummaries") List<StackSummary> summaries, String nextToken) {}

    record StackSummary(
            String stackId,
            String stackName,
            String templateDescription,
            Instant creationTime,
            Instant lastUpdatedTime,
            Instant deletionTime,
            String stackStatus,
            String stackStatusReason,
            Drift driftInformation) {}

    /** Drift is never looked for here. */
    record Drift(String stackDriftStatus) {}

    record ResourceDrift(String stackResourceDriftStatus) {}

    record EventsAnswer(List<StackEvent> stackEvents, String nextToken) {}

    record ResourcesAnswer(List<ResourceShown> stackResources) {}

    record ResourceShown(
            String stackName,
            String stackId,
            String logicalResourceId,
            String physicalResourceId,
            String resourceType,
            Instant timestamp,
            String resourceStatus,
            String resourceStatusReason,
            ResourceDrift driftInformation) {}

    record ResourceAnswer(ResourceDetail stackResourceDetail) {}

    record ResourceDetail(
            String stackName,
            String stackId,
            String logicalResourceId,
            String physicalResourceId,
            String resourceType,
            Instant lastUpdatedTimestamp,
            String resourceStatus,
            String resourceStatusReason,
            ResourceDrift driftInformation) {}

    record ResourceSummaries(List<ResourceSummary> stackResourceSummaries, String nextToken) {}

    record ResourceSummary(
            String logicalResourceId,
            String physicalResourceId,
            String resourceType,
            Instant lastUpdatedTimestamp,
            String resourceStatus,
            String resourceStatusReason,
            ResourceDrift driftInformation) {}
}
