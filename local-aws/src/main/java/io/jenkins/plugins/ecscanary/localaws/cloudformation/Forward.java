package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceHandler.Progress;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceType;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Wanted;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceDeclaration;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.TemplateInstance;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a stack's resources to what its template says, each after those it needs: creates, updates with all properties of
 * a resource of which one has changed, or puts another in its place. Where an update is rolled back, the same with what was
 * before; a resource that was replaced is simply the stack's again.
 */
final class Forward {

    /** As long as CloudFormation waits for a service to become steady. */
    private static final Duration LONGEST = Duration.ofHours(3);

    private final World world;
    private final ResourceTypes types;
    private final Journal journal;

    Forward(World world, ResourceTypes types, Journal journal) {
        this.world = world;
        this.types = types;
        this.journal = journal;
    }

    /** How far it has come. */
    enum Outcome {
        UNDER_WAY,
        DONE,
        FAILED
    }

    /** Looks at what is under way and begins what can be begun. */
    Outcome step(Stack stack, TemplateInstance target) {
        for (StackResource resource : List.copyOf(stack.resources.values())) {
            if (resource.status().isUnderWay()) {
                look(stack, resource);
            }
        }
        if (!hasFailed(stack)) {
            for (ResourceDeclaration declared : target.resources()) {
                if (isOpen(stack, declared) && isReady(stack, target, declared)) {
                    begin(stack, target, declared);
                }
            }
        }
        if (hasFailed(stack)) {
            cancel(stack);
            return Outcome.FAILED;
        }
        boolean settled = target.resources().stream().allMatch(declared -> isSettled(stack, declared.logicalId()));
        return settled ? Outcome.DONE : Outcome.UNDER_WAY;
    }

    private static boolean hasFailed(Stack stack) {
        return !failed(stack).isEmpty();
    }

    /** The logical ids of what failed in this operation. */
    static List<String> failed(Stack stack) {
        return stack.resources.values().stream()
                .filter(resource -> resource.operation() == stack.operation
                        && resource.status().isFailed())
                .map(StackResource::logicalId)
                .toList();
    }

    private static boolean isOpen(Stack stack, ResourceDeclaration declared) {
        StackResource present = stack.resources.get(declared.logicalId());
        return present == null || present.operation() != stack.operation;
    }

    private static boolean isReady(Stack stack, TemplateInstance target, ResourceDeclaration declared) {
        return target.dependencies(declared.logicalId()).stream().allMatch(needed -> isSettled(stack, needed));
    }

    private static boolean isSettled(Stack stack, String logicalId) {
        StackResource present = stack.resources.get(logicalId);
        return present != null
                && present.operation() == stack.operation
                && present.status().isComplete();
    }

    private void look(Stack stack, StackResource resource) {
        Progress progress;
        try {
            progress = types.require(resource.type()).handler().progress(resource.existing());
        } catch (AwsError e) {
            progress = Progress.failed(e.getMessage());
        }
        boolean creating = resource.status() == Status.CREATE_IN_PROGRESS;
        if (progress.failure() != null) {
            fail(stack, resource, "Resource handler returned message: \"" + progress.failure() + "\"");
        } else if (progress.done()) {
            put(stack, resource.as(creating ? Status.CREATE_COMPLETE : Status.UPDATE_COMPLETE, null, world.now()));
        } else if (resource.since().plus(LONGEST).isBefore(world.now())) {
            fail(
                    stack,
                    resource,
                    "Resource handler returned message: \"Exceeded attempts to wait\" (RequestToken: "
                            + world.ids().uuid() + ", HandlerErrorCode: NotStabilized)");
        }
    }

    private void fail(Stack stack, StackResource resource, String reason) {
        boolean creating = resource.status() == Status.CREATE_IN_PROGRESS;
        put(stack, resource.as(creating ? Status.CREATE_FAILED : Status.UPDATE_FAILED, reason, world.now()));
    }

    private void put(Stack stack, StackResource resource) {
        stack.resources.put(resource.logicalId(), resource);
        journal.resource(stack, resource);
    }

    /** What is under way when something else has failed is not waited for. */
    private void cancel(Stack stack) {
        for (StackResource resource : List.copyOf(stack.resources.values())) {
            if (resource.status().isUnderWay()) {
                boolean creating = resource.status() == Status.CREATE_IN_PROGRESS;
                fail(stack, resource, creating ? "Resource creation cancelled" : "Resource update cancelled");
            }
        }
    }

    private void begin(Stack stack, TemplateInstance target, ResourceDeclaration declared) {
        StackResource present = stack.resources.get(declared.logicalId());
        if (stack.status == Status.UPDATE_ROLLBACK_IN_PROGRESS) {
            takeBack(stack, present);
            return;
        }
        ResourceType type = types.require(declared.type());
        ObjectNode wanted;
        try {
            wanted = Properties.of(stack, target, type, declared.logicalId());
        } catch (AwsError e) {
            refused(stack, target, declared, present, e.getMessage());
            return;
        }
        if (present == null || present.physicalId() == null) {
            create(stack, target, declared, wanted, Status.CREATE_IN_PROGRESS, null);
        } else if (present.properties().equals(wanted)) {
            StackResource passed = declaredAs(stack, target, declared, present);
            // One that was created before something else failed, and is now gone on with.
            stack.resources.put(
                    declared.logicalId(),
                    passed.status().isComplete() ? passed : passed.as(Status.UPDATE_COMPLETE, null, world.now()));
        } else {
            boolean replaces = type.replaces(present.properties(), wanted);
            Optional<String> denied =
                    denial(stack, replaces ? StackPolicy.Action.REPLACE : StackPolicy.Action.MODIFY, present);
            if (denied.isPresent()) {
                refused(stack, target, declared, present, denied.get());
            } else if (replaces) {
                replace(stack, target, declared, present, wanted);
            } else {
                stack.before.putIfAbsent(declared.logicalId(), present);
                update(stack, declaredAs(stack, target, declared, present), wanted);
            }
        }
    }

    private static StackResource declaredAs(
            Stack stack, TemplateInstance target, ResourceDeclaration declared, StackResource present) {
        return present.declared(
                target.dependencies(declared.logicalId()),
                declared.deletionPolicy(),
                declared.updateReplacePolicy(),
                stack.operation);
    }

    private void refused(
            Stack stack, TemplateInstance target, ResourceDeclaration declared, StackResource present, String why) {
        if (present == null) {
            put(
                    stack,
                    begun(stack, target, declared, JsonNodeFactory.instance.objectNode())
                            .as(Status.CREATE_FAILED, why, world.now()));
        } else {
            // Nothing has been done to it: not among what is to be taken back.
            put(stack, declaredAs(stack, target, declared, present).as(Status.UPDATE_FAILED, why, world.now()));
        }
    }

    private static Optional<String> denial(Stack stack, StackPolicy.Action action, StackResource present) {
        return StackPolicy.parse(stack.policyDuringUpdate == null ? stack.policy : stack.policyDuringUpdate)
                .denial(action, present);
    }

    /** What an update's end leaves without a place in the template, and must not be deleted, has failed. */
    boolean mayDiscard(Stack stack, TemplateInstance target) {
        boolean may = true;
        for (StackResource gone : withoutPlace(stack, target)) {
            Optional<String> denied = denial(stack, StackPolicy.Action.DELETE, gone);
            if (denied.isPresent()) {
                put(stack, gone.passed(stack.operation).as(Status.UPDATE_FAILED, denied.get(), world.now()));
                may = false;
            }
        }
        return may;
    }

    private StackResource begun(
            Stack stack, TemplateInstance target, ResourceDeclaration declared, ObjectNode properties) {
        return new StackResource(
                declared.logicalId(),
                declared.type(),
                null,
                Status.CREATE_IN_PROGRESS,
                null,
                world.now(),
                properties,
                Map.of(),
                target.dependencies(declared.logicalId()),
                declared.deletionPolicy(),
                declared.updateReplacePolicy(),
                stack.operation,
                0);
    }

    /** @param status that it is in, and is said to fail in, meanwhile: of an update where it takes another's place */
    private void create(
            Stack stack,
            TemplateInstance target,
            ResourceDeclaration declared,
            ObjectNode wanted,
            Status status,
            String reason) {
        StackResource begun = begun(stack, target, declared, wanted).as(status, reason, world.now());
        put(stack, begun);
        ResourceType type = types.require(declared.type());
        try {
            StackResource known =
                    begun.known(type.handler().create(new Wanted(stack.name, declared.logicalId(), wanted)), wanted);
            put(stack, known.as(status, "Resource creation Initiated", world.now()));
        } catch (AwsError e) {
            fail(stack, begun, journal.told(e, type.handler().service()));
        }
    }

    private void replace(
            Stack stack,
            TemplateInstance target,
            ResourceDeclaration declared,
            StackResource present,
            ObjectNode wanted) {
        ResourceType type = types.require(declared.type());
        if (type.keepsName(present.properties(), wanted)) {
            refused(
                    stack,
                    target,
                    declared,
                    present,
                    "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename "
                            + wanted.path(type.nameProperty()).asText() + " and update the stack again.");
            return;
        }
        stack.before.putIfAbsent(declared.logicalId(), present);
        stack.leftovers.put(present.physicalId(), present);
        create(
                stack,
                target,
                declared,
                wanted,
                Status.UPDATE_IN_PROGRESS,
                "Requested update requires the creation of a new physical resource; hence creating one.");
    }

    private void update(Stack stack, StackResource present, ObjectNode wanted) {
        StackResource begun = present.as(Status.UPDATE_IN_PROGRESS, null, world.now());
        put(stack, begun);
        ResourceType type = types.require(present.type());
        try {
            stack.resources.put(
                    present.logicalId(),
                    begun.known(
                            type.handler()
                                    .update(present.existing(), new Wanted(stack.name, present.logicalId(), wanted)),
                            wanted));
        } catch (AwsError e) {
            fail(stack, begun, journal.told(e, type.handler().service()));
        }
    }

    private void takeBack(Stack stack, StackResource present) {
        StackResource old = stack.before.get(present.logicalId());
        if (old == null) {
            StackResource passed = present.passed(stack.operation);
            if (passed.status().isFailed()) {
                put(stack, passed.as(Status.UPDATE_COMPLETE, null, world.now()));
            } else {
                stack.resources.put(present.logicalId(), passed);
            }
            return;
        }
        boolean replaced = !old.physicalId().equals(present.physicalId());
        if (replaced) {
            stack.leftovers.remove(old.physicalId());
            if (present.physicalId() != null) {
                stack.leftovers.put(present.physicalId(), present);
            }
        }
        boolean untouched = present.status() == Status.UPDATE_FAILED
                && present.properties().equals(old.properties())
                && types.require(present.type()).handler().updatesAtOnce();
        if (replaced || untouched) {
            put(stack, old.passed(stack.operation).as(Status.UPDATE_COMPLETE, null, world.now()));
        } else {
            update(
                    stack,
                    present.declared(old.dependsOn(), old.deletionPolicy(), old.updateReplacePolicy(), stack.operation),
                    old.properties());
        }
    }

    /** What an update's end leaves without a place in the template. */
    static List<StackResource> withoutPlace(Stack stack, TemplateInstance target) {
        List<StackResource> gone = new ArrayList<>();
        for (StackResource resource : stack.resources.values()) {
            if (!target.has(resource.logicalId())) {
                gone.add(resource);
            }
        }
        return gone;
    }
}
