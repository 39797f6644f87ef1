package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.Forward.Outcome;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.Stack.OnFailure;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Pseudo;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ResourceDeclaration.Retention;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Template;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.TemplateInstance;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Carries stacks from status to status. All it knows is in the stack, so that it goes on where it was after a restart. It
 * looks every few seconds of simulated time; AWS takes longer for most resources.
 */
final class StackMachine {

    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(2);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final World world;
    private final Stacks stacks;
    private final Journal journal;
    private final Forward forward;
    private final Removal removal;

    StackMachine(World world, ResourceTypes types, Stacks stacks, Journal journal) {
        this.world = world;
        this.stacks = stacks;
        this.journal = journal;
        this.forward = new Forward(world, types, journal);
        this.removal = new Removal(world, types, journal);
    }

    /** Begins to create a stack's resources. */
    void create(Stack stack, Definition definition, TemplateInstance instance) {
        stack.definition = definition;
        stack.instance = instance;
        stack.operation++;
        journal.stack(stack, Status.CREATE_IN_PROGRESS, "User Initiated");
        later(stack);
    }

    /** Begins to bring a stack to another definition. */
    void update(Stack stack, Definition definition, TemplateInstance instance) {
        boolean stable = stack.status != Status.CREATE_FAILED && stack.status != Status.UPDATE_FAILED;
        stack.former = stable ? stack.definition : null;
        stack.definition = definition;
        stack.instance = instance;
        stack.before.clear();
        stack.operation++;
        stack.updated = world.now();
        journal.stack(stack, Status.UPDATE_IN_PROGRESS, "User Initiated");
        later(stack);
    }

    /** Begins to delete a stack. */
    void delete(Stack stack) {
        stack.resources.replaceAll((id, resource) -> forgiven(resource));
        stack.leftovers.replaceAll((id, resource) -> forgiven(resource));
        journal.stack(stack, Status.DELETE_IN_PROGRESS, "User Initiated");
        later(stack);
    }

    /** What could not be deleted is tried again. */
    private static StackResource forgiven(StackResource resource) {
        return resource.status() == Status.DELETE_FAILED
                ? resource.as(Status.UPDATE_COMPLETE, null, resource.since())
                : resource;
    }

    /**
     * Goes on with a roll-back that failed.
     *
     * @param skipped resources that are taken for rolled back, whatever they are
     */
    void continueRollback(Stack stack, List<String> skipped) {
        stack.operation++;
        for (String logicalId : skipped) {
            StackResource resource = stack.resources.get(logicalId);
            stack.before.remove(logicalId);
            stack.resources.put(
                    logicalId,
                    resource.passed(stack.operation)
                            .as(Status.UPDATE_COMPLETE, "Resource update skipped", world.now()));
        }
        journal.stack(stack, Status.UPDATE_ROLLBACK_IN_PROGRESS, "User Initiated");
        later(stack);
    }

    /** Goes on after a restart. */
    void resume(Stack stack) {
        if (stack.status.isUnderWay()) {
            later(stack);
        }
    }

    private void later(Stack stack) {
        if (stack.looked) {
            return; // a deletion that comes while something goes on is taken up at the next look
        }
        stack.looked = true;
        world.after(world.ids().between(SHORTEST_LOOK, LONGEST_LOOK), () -> {
            stack.looked = false;
            advance(stack);
            if (stack.status.isUnderWay()) {
                later(stack);
            }
        });
    }

    private void advance(Stack stack) {
        switch (stack.status) {
            case CREATE_IN_PROGRESS -> creating(stack);
            case ROLLBACK_IN_PROGRESS ->
                ended(
                        stack,
                        removal.step(stack, stack.resources, resource -> resource.deletionPolicy() == Retention.RETAIN),
                        Status.ROLLBACK_COMPLETE,
                        Status.ROLLBACK_FAILED);
            case UPDATE_IN_PROGRESS -> updating(stack);
            case UPDATE_ROLLBACK_IN_PROGRESS -> rollingBack(stack);
            case UPDATE_COMPLETE_CLEANUP_IN_PROGRESS -> cleaning(stack, Status.UPDATE_COMPLETE);
            case UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS -> cleaning(stack, Status.UPDATE_ROLLBACK_COMPLETE);
            case DELETE_IN_PROGRESS -> deleting(stack);
            default -> throw new IllegalStateException(stack.name + " is " + stack.status + ": nothing goes on");
        }
    }

    /** A stack's definition put to work; it was checked when it was given. */
    TemplateInstance instance(Stack stack) {
        if (stack.instance == null) {
            stack.instance = TemplateInstance.of(
                    Template.parse(stack.definition.template()),
                    stack.definition.parameters(),
                    new Pseudo(world.account(), world.region(), stack.name, stack.id));
        }
        return stack.instance;
    }

    private void creating(Stack stack) {
        Outcome outcome = forward.step(stack, instance(stack));
        if (outcome == Outcome.DONE && told(stack)) {
            journal.stack(stack, Status.CREATE_COMPLETE, null);
        } else if (outcome == Outcome.FAILED) {
            creationFailed(stack, "The following resource(s) failed to create: " + Forward.failed(stack) + ". ");
        } else if (outcome == Outcome.UNDER_WAY && isTooLate(stack)) {
            creationFailed(stack, "Stack creation time exceeded the specified timeout. ");
        }
    }

    private boolean isTooLate(Stack stack) {
        Instant now = world.now();
        return stack.timeoutInMinutes != null
                && stack.created
                        .plus(Duration.ofMinutes(stack.timeoutInMinutes))
                        .isBefore(now);
    }

    private void creationFailed(Stack stack, String why) {
        switch (stack.onFailure) {
            case DO_NOTHING -> journal.stack(stack, Status.CREATE_FAILED, why.strip());
            case DELETE -> journal.stack(stack, Status.DELETE_IN_PROGRESS, why + "Delete requested by user.");
            default -> journal.stack(stack, Status.ROLLBACK_IN_PROGRESS, why + "Rollback requested by user.");
        }
    }

    /** Whether the outputs can be told; if not, it has failed. */
    private boolean told(Stack stack) {
        TemplateInstance instance = instance(stack);
        List<StackOutput> outputs = new ArrayList<>();
        try {
            for (Template.OutputDeclaration output : instance.outputs()) {
                String value = instance.output(output, Properties.values(stack)).asText();
                outputs.add(new StackOutput(output.key(), value, output.description()));
            }
        } catch (AwsError e) {
            if (stack.status == Status.CREATE_IN_PROGRESS) {
                creationFailed(stack, e.getMessage() + " ");
            } else {
                updateFailed(stack, e.getMessage() + " ");
            }
            return false;
        }
        stack.outputs = List.copyOf(outputs);
        return true;
    }

    private void updating(Stack stack) {
        Outcome outcome = forward.step(stack, instance(stack));
        if (outcome == Outcome.DONE && !forward.mayDiscard(stack, instance(stack))) {
            outcome = Outcome.FAILED;
        }
        if (outcome == Outcome.DONE && told(stack)) {
            discard(stack);
            journal.stack(stack, Status.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, null);
        } else if (outcome == Outcome.FAILED) {
            updateFailed(stack, "The following resource(s) failed to update: " + Forward.failed(stack) + ". ");
        }
    }

    private void updateFailed(Stack stack, String why) {
        if (stack.onFailure == OnFailure.DO_NOTHING || stack.former == null) {
            journal.stack(stack, Status.UPDATE_FAILED, why.strip());
            return;
        }
        stack.definition = stack.former;
        stack.instance = null;
        stack.operation++;
        journal.stack(stack, Status.UPDATE_ROLLBACK_IN_PROGRESS, why);
    }

    private void rollingBack(Stack stack) {
        Outcome outcome = forward.step(stack, instance(stack));
        if (outcome == Outcome.DONE) {
            discard(stack);
            journal.stack(stack, Status.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, null);
        } else if (outcome == Outcome.FAILED) {
            journal.stack(
                    stack,
                    Status.UPDATE_ROLLBACK_FAILED,
                    "The following resource(s) failed to update: " + Forward.failed(stack) + ". ");
        }
    }

    private void discard(Stack stack) {
        for (StackResource gone : Forward.withoutPlace(stack, instance(stack))) {
            stack.resources.remove(gone.logicalId());
            if (gone.physicalId() != null) {
                stack.leftovers.put(gone.physicalId(), gone);
            }
        }
    }

    /** What can't be deleted is left to itself: as on AWS, the update is complete for all that. */
    private void cleaning(Stack stack, Status next) {
        boolean forGood = next == Status.UPDATE_COMPLETE;
        Predicate<StackResource> retained = resource -> {
            boolean replaced = stack.resources.containsKey(resource.logicalId());
            Retention policy = replaced ? resource.updateReplacePolicy() : resource.deletionPolicy();
            return forGood ? policy != Retention.DELETE : !replaced && policy == Retention.RETAIN;
        };
        if (removal.step(stack, stack.leftovers, retained) != Outcome.UNDER_WAY) {
            stack.leftovers.clear();
            stack.before.clear();
            stack.former = null;
            stack.policyDuringUpdate = null;
            journal.stack(stack, next, null);
        }
    }

    private void deleting(Stack stack) {
        Predicate<StackResource> retained = resource ->
                resource.deletionPolicy() != Retention.DELETE || stack.retained.contains(resource.logicalId());
        Outcome outcome = removal.step(stack, stack.resources, retained);
        if (outcome == Outcome.DONE) {
            outcome = removal.step(stack, stack.leftovers, retained);
        }
        if (outcome == Outcome.DONE) {
            stack.deleted = world.now();
            stacks.forget();
        }
        ended(stack, outcome, Status.DELETE_COMPLETE, Status.DELETE_FAILED);
    }

    private void ended(Stack stack, Outcome outcome, Status done, Status failed) {
        if (outcome == Outcome.DONE) {
            journal.stack(stack, done, null);
        } else if (outcome == Outcome.FAILED) {
            List<String> left = stack.resources.values().stream()
                    .filter(resource -> resource.status() == Status.DELETE_FAILED)
                    .map(StackResource::logicalId)
                    .toList();
            journal.stack(stack, failed, "The following resource(s) failed to delete: " + left + ". ");
        }
    }
}
