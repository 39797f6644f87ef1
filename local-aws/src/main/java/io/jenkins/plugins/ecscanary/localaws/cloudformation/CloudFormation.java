package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * CloudFormation: stacks of resources made from templates, by the other services' own operations, so that what they refuse
 * is refused here too. Types without a behaviour in local-aws (a VPC's parts, IAM) are kept with the stack.
 */
public final class CloudFormation {

    private final List<Operation<?, ?>> operations;
    private final Kept<?> kept;
    private final Stacks stacks = new Stacks();
    private final Journal journal;
    private final Furnishing furnishing;

    /** @param calls the operations of the services that resources are made with */
    public CloudFormation(World world, InProcessCalls calls) {
        ResourceTypes types = new ResourceTypes(world, calls);
        journal = new Journal(world);
        Preparation preparation = new Preparation(world, types);
        StackMachine machine = new StackMachine(world, types, stacks, journal);
        StackOperations changing = new StackOperations(world, types, stacks, preparation, machine);
        operations = Stream.of(
                        changing.operations(),
                        new StackQueries(stacks, machine).operations(),
                        new TemplateOperations(stacks, preparation).operations(),
                        new ChangeSetOperations(world, types, stacks, changing, preparation, machine, journal)
                                .operations())
                .<Operation<?, ?>>flatMap(List::stream)
                .toList();
        kept = new KeptCloudFormation(world, types, stacks, machine);
        furnishing = new Furnishing(stacks, changing, preparation, machine);
    }

    /** The operations on the wire: AWS Query, version 2010-05-15. */
    public ServiceApi api() {
        return ServiceApi.query(
                "cloudformation", "2010-05-15", "http://cloudformation.amazonaws.com/doc/2010-05-15/", operations);
    }

    /** What survives a restart; restored after the services that resources are made with. */
    public Kept<?> kept() {
        return kept;
    }

    /**
     * Begins to create a stack, if there is none of that name: what a kept AWS has is taken as it is. Called under the lock.
     *
     * @return whether it was not there
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError if the template or its parameters are refused
     */
    public boolean furnish(StackTemplate template) {
        return furnishing.create(template);
    }

    /** A stack's status, such as {@code CREATE_COMPLETE}; empty if there is none. Called under the lock. */
    public Optional<String> status(String stackName) {
        return stacks.find(stackName).map(stack -> stack.status.name());
    }

    /** The physical id of a stack's first resource of a type that is there. Called under the lock. */
    public Optional<String> resource(String stackName, String type) {
        return stacks.find(stackName).stream()
                .flatMap(stack -> stack.resources.values().stream())
                .filter(resource ->
                        resource.type().equals(type) && resource.status().isComplete())
                .map(StackResource::physicalId)
                .findFirst();
    }

    /**
     * Whether the security groups of the stacks let who has the ones connect to who has the others; groups that are in no stack
     * forbid nothing. Called under the lock.
     *
     * @param to asked for only where it matters
     */
    public boolean lets(List<String> from, Supplier<List<String>> to, int port) {
        return new SecurityGroups(stacks).let(from, to, port);
    }

    /** Called under the lock whenever a stack or a resource of one comes to another status. */
    public void onChange(Runnable listener) {
        journal.onChange(listener);
    }
}
