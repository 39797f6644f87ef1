package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.faults.Call;
import io.jenkins.plugins.ecscanary.localaws.faults.Fault;
import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import io.jenkins.plugins.ecscanary.localaws.faults.Interference;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request in a known protocol to its operation and back: who calls, what is called, then what is to go wrong with
 * it. Faults come after the signature, as AWS throttles accounts and not strangers.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final World world;
    private final Catalog catalog;
    private final Authenticator authenticator;
    private final Invoker invoker;
    private final Faults faults;

    Dispatcher(World world, Catalog catalog, Authenticator authenticator, Faults faults) {
        this.world = world;
        this.catalog = catalog;
        this.authenticator = authenticator;
        this.invoker = new Invoker(world);
        this.faults = faults;
    }

    /** @param sent as it was signed: {@code request} before its Content-Encoding was undone */
    Reply reply(WireProtocol protocol, WireRequest sent, WireRequest request, String requestId) {
        Optional<ServiceApi> api = Optional.empty();
        try {
            WireProtocol.Target target = protocol.target(request, catalog);
            api = Optional.of(target.api());
            SigV4 caller = authenticator.authenticate(sent, target.api(), protocol);
            Operation<?, ?> operation = catalog.operation(target.api(), target.operation())
                    .orElseThrow(() -> protocol.unknownOperation("local-aws does not support operation "
                            + target.operation() + " of " + target.api().signingName()));
            CallContext context = new CallContext(caller.accessKeyId(), caller.region(), requestId);
            return reply(protocol, request, target, operation, context);
        } catch (AwsError e) {
            return Reply.of(protocol.error(request, api, e, requestId));
        } catch (RuntimeException e) {
            return Reply.of(protocol.error(request, api, failure(e, requestId), requestId));
        }
    }

    private Reply reply(
            WireProtocol protocol,
            WireRequest request,
            WireProtocol.Target target,
            Operation<?, ?> operation,
            CallContext context) {
        Instant at = world.now();
        String service = target.api().signingName();
        Call call = new Call(service, operation.name(), ByteBuffer.wrap(request.body()));
        Interference wrong = faults.on(call);
        Outcome real = null;
        if (!wrong.insteadOfRunning()) {
            real = run(protocol, request, target, operation, context);
            faults.remember(call, real);
        }
        Outcome shown = shown(wrong, real, protocol);
        WireAnswer answer = shown == null ? null : shown.write(protocol, request, target, context);
        return new Reply(
                answer,
                wrong.delay(),
                new WireCall(
                        service,
                        operation.name(),
                        context.accessKeyId(),
                        answer == null ? 0 : answer.status(),
                        shown == null || shown.error == null ? null : shown.error.code(),
                        wrong.kind(),
                        at,
                        Duration.ZERO));
    }

    private Outcome run(
            WireProtocol protocol,
            WireRequest request,
            WireProtocol.Target target,
            Operation<?, ?> operation,
            CallContext context) {
        try {
            return new Outcome(
                    invoker.invoke(operation, protocol.input(request, target), protocol.mapper(target.api()), context),
                    null);
        } catch (AwsError e) {
            return new Outcome(null, e);
        } catch (RuntimeException e) {
            return new Outcome(null, failure(e, context.requestId()));
        }
    }

    /** What the client gets to see; null for nothing at all. */
    private static Outcome shown(Interference wrong, Outcome real, WireProtocol protocol) {
        if (wrong.fault() instanceof Fault.Throttle) {
            return new Outcome(null, protocol.throttled());
        } else if (wrong.fault() instanceof Fault.Failure failure) {
            return new Outcome(
                    null,
                    failure.status() == 503
                            ? new AwsError(503, "ServiceUnavailable", "Service is unable to handle request.")
                            : new AwsError(500, "InternalFailure", "An internal failure occurred."));
        } else if (wrong.fault() instanceof Fault.Stale) {
            return (Outcome) wrong.earlier();
        }
        return wrong.fault() instanceof Fault.Reset ? null : real;
    }

    private static AwsError failure(RuntimeException e, String requestId) {
        LOG.error("request {} failed", requestId, e);
        return new AwsError(
                500, "InternalFailure", "local-aws failed; its log has the reason, request id " + requestId);
    }

    /** An operation's output or its error. */
    private record Outcome(Object output, AwsError error) {
        WireAnswer write(WireProtocol protocol, WireRequest request, WireProtocol.Target target, CallContext context) {
            return error == null
                    ? protocol.answer(request, target, output, context.requestId())
                    : protocol.error(request, Optional.of(target.api()), error, context.requestId());
        }
    }
}
