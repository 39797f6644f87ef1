package io.jenkins.plugins.ecscanary.localaws.wire;

/**
 * One AWS operation: a record in, a record out. The wire protocol (JSON, Query, CBOR) is not its business: names are the
 * record components' (Jackson annotations where AWS's differ), {@link java.time.Instant} is written in the protocol's own
 * way, a null component is left out. A member in the request that the input record does not have is refused by name.
 *
 * @param name as in AWS's API reference, such as {@code DescribeServices}
 * @param input a record
 * @param handler called holding the world's lock; throws {@link AwsError}
 */
public record Operation<I, O>(String name, Class<I> input, Handler<I, O> handler) {

    /** Answers one call. */
    @FunctionalInterface
    public interface Handler<I, O> {
        O handle(I input, CallContext context);
    }

    /** For operations that do not care who calls. */
    public static <I, O> Operation<I, O> of(String name, Class<I> input, java.util.function.Function<I, O> handler) {
        return new Operation<>(name, input, (in, context) -> handler.apply(in));
    }
}
