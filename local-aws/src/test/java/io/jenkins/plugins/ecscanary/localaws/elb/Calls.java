package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.CallContext;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.World;

/** Calls a service's operations by name, as the wire does once it has read a request. */
public record Calls(World world, ServiceApi api) {

    private static final CallContext CONTEXT = new CallContext("AKIATEST", "eu-central-1", "request-1");

    /** Does {@code operation}, holding the world's lock. */
    public <O> O call(String operation, Record input, Class<O> output) {
        Operation<?, ?> found = api.operations().stream()
                .filter(candidate -> candidate.name().equals(operation))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + operation));
        return output.cast(world.call(() -> handle(found, input)));
    }

    private static <I> Object handle(Operation<I, ?> operation, Record input) {
        return operation.handler().handle(operation.input().cast(input), CONTEXT);
    }
}
