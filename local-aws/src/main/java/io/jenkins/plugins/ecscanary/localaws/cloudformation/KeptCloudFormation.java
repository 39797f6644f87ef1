package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.KeptCloudFormation.State;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.Stack.OnFailure;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Stacks across restarts, the deleted ones too; what was under way goes on. */
final class KeptCloudFormation implements Kept<State> {

    private final World world;
    private final ResourceTypes types;
    private final Stacks stacks;
    private final StackMachine machine;

    KeptCloudFormation(World world, ResourceTypes types, Stacks stacks, StackMachine machine) {
        this.world = world;
        this.types = types;
        this.stacks = stacks;
        this.machine = machine;
    }

    @Override
    public String name() {
        return "cloudformation";
    }

    @Override
    public Class<State> type() {
        return State.class;
    }

    @Override
    public State snapshot() {
        List<Stack> oldestFirst = new ArrayList<>(stacks.all());
        Collections.reverse(oldestFirst);
        return new State(oldestFirst.stream().map(KeptStack::of).toList());
    }

    @Override
    public void restore(State kept) {
        for (KeptStack each : kept.stacks()) {
            Stack stack = each.stack();
            for (List<StackResource> resources : List.of(each.resources, each.leftovers, each.before)) {
                resources.forEach(resource -> types.require(resource.type()));
            }
            stacks.add(stack);
            machine.resume(stack);
        }
        world.log("cloudformation: %d stacks restored", kept.stacks().size());
    }

    record State(List<KeptStack> stacks) {
        State {
            stacks = List.copyOf(stacks);
        }
    }

    record KeptStack(
            String id,
            String name,
            Instant created,
            Instant updated,
            Instant deleted,
            Status status,
            String reason,
            Definition definition,
            Definition former,
            OnFailure onFailure,
            boolean protectedFromDeletion,
            Integer timeoutInMinutes,
            String clientRequestToken,
            String policy,
            String policyDuringUpdate,
            String changeSetId,
            int operation,
            List<StackResource> resources,
            List<StackResource> leftovers,
            List<StackResource> before,
            List<String> retained,
            List<StackEvent> events,
            List<StackOutput> outputs,
            List<ChangeSet> changeSets) {

        KeptStack {
            resources = List.copyOf(resources);
            leftovers = List.copyOf(leftovers);
            before = List.copyOf(before);
            retained = List.copyOf(retained);
            events = List.copyOf(events);
            outputs = List.copyOf(outputs);
            changeSets = List.copyOf(changeSets);
        }

        static KeptStack of(Stack stack) {
            return new KeptStack(
                    stack.id,
                    stack.name,
                    stack.created,
                    stack.updated,
                    stack.deleted,
                    stack.status,
                    stack.reason,
                    stack.definition,
                    stack.former,
                    stack.onFailure,
                    stack.protectedFromDeletion,
                    stack.timeoutInMinutes,
                    stack.clientRequestToken,
                    stack.policy,
                    stack.policyDuringUpdate,
                    stack.changeSetId,
                    stack.operation,
                    List.copyOf(stack.resources.values()),
                    List.copyOf(stack.leftovers.values()),
                    List.copyOf(stack.before.values()),
                    List.copyOf(stack.retained),
                    stack.events,
                    stack.outputs,
                    List.copyOf(stack.changeSets.values()));
        }

        private Stack stack() {
            Stack stack = new Stack(id, name, created);
            stack.updated = updated;
            stack.deleted = deleted;
            stack.status = status;
            stack.reason = reason;
            stack.definition = definition;
            stack.former = former;
            stack.onFailure = onFailure;
            stack.protectedFromDeletion = protectedFromDeletion;
            stack.timeoutInMinutes = timeoutInMinutes;
            stack.clientRequestToken = clientRequestToken;
            stack.policy = policy;
            stack.policyDuringUpdate = policyDuringUpdate;
            stack.changeSetId = changeSetId;
            stack.operation = operation;
            resources.forEach(resource -> stack.resources.put(resource.logicalId(), resource));
            leftovers.forEach(resource -> stack.leftovers.put(resource.physicalId(), resource));
            before.forEach(resource -> stack.before.put(resource.logicalId(), resource));
            stack.retained.addAll(retained);
            stack.events.addAll(events);
            stack.outputs = outputs;
            changeSets.forEach(set -> stack.changeSets.put(set.name(), set));
            return stack;
        }
    }
}
