package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an HTTP request to an operation and back. */
final class WireHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(WireHandler.class);

    /** Room for a layer part of a pushed image (20 MiB, a third more in base64). */
    static final int MAX_BODY = 32 * 1024 * 1024;

    private final World world;
    private final Catalog catalog;
    private final Authenticator authenticator;
    private final Invoker invoker;
    private final Consumer<WireCall> calls;
    private final List<WireProtocol> protocols = List.of(new CborProtocol(), new JsonProtocol(), new QueryProtocol());

    WireHandler(World world, Catalog catalog, Authenticator authenticator, Consumer<WireCall> calls) {
        this.calls = calls;
        this.world = world;
        this.catalog = catalog;
        this.authenticator = authenticator;
        this.invoker = new Invoker(world);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        String requestId = UUID.randomUUID().toString();
        WireAnswer answer = answer(request, requestId);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put("x-amzn-RequestId", requestId);
        // In simulated time as every other stamp, or clients would correct their clocks by the difference.
        response.getHeaders()
                .put(HttpHeader.DATE, DateGenerator.formatDate(world.now().toEpochMilli()));
        answer.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    private WireAnswer answer(Request http, String requestId) throws IOException {
        WireRequest head = request(http, new byte[0]);
        Optional<String> refusal = LoopbackGuard.refusal(head);
        if (refusal.isPresent()) {
            return plain(403, refusal.get());
        }
        if (!"POST".equals(head.method())) {
            return plain(405, "AWS's wire protocols POST; this was " + head.method());
        }
        if (!ContentEncoding.isSupported(head)) {
            return plain(415, "local-aws does not support Content-Encoding other than gzip");
        }
        byte[] body = body(http);
        if (body.length > MAX_BODY) {
            return plain(413, "the request is larger than " + MAX_BODY + " bytes");
        }
        WireRequest sent = request(http, body);
        WireRequest request;
        try {
            request = ContentEncoding.decoded(sent, MAX_BODY);
        } catch (IOException e) {
            return plain(400, "the body is not gzip as Content-Encoding says: " + e.getMessage());
        }
        if (request.body().length > MAX_BODY) {
            return plain(413, "the request is larger than " + MAX_BODY + " bytes when decompressed");
        }
        return protocols.stream()
                .filter(protocol -> protocol.speaks(request))
                .findFirst()
                .map(protocol -> answer(protocol, sent, request, requestId))
                .orElseGet(() -> plain(
                        404, "neither AWS JSON (X-Amz-Target), nor AWS Query (a form), nor RPC v2 CBOR: no operation"));
    }

    /** @param sent as it was signed */
    private WireAnswer answer(WireProtocol protocol, WireRequest sent, WireRequest request, String requestId) {
        Optional<ServiceApi> api = Optional.empty();
        try {
            WireProtocol.Target target = protocol.target(request, catalog);
            api = Optional.of(target.api());
            SigV4 caller = authenticator.authenticate(sent, target.api(), protocol);
            Operation<?, ?> operation = catalog.operation(target.api(), target.operation())
                    .orElseThrow(() -> protocol.unknownOperation("local-aws does not support operation "
                            + target.operation() + " of " + target.api().signingName()));
            CallContext context = new CallContext(caller.accessKeyId(), caller.region(), requestId);
            return answer(protocol, request, target, operation, context);
        } catch (AwsError e) {
            return protocol.error(request, api, e, requestId);
        } catch (RuntimeException e) {
            LOG.error("request {} failed", requestId, e);
            AwsError failure = new AwsError(
                    500, "InternalFailure", "local-aws failed; its log has the reason, request id " + requestId);
            return protocol.error(request, api, failure, requestId);
        }
    }

    private WireAnswer answer(
            WireProtocol protocol,
            WireRequest request,
            WireProtocol.Target target,
            Operation<?, ?> operation,
            CallContext context) {
        WireAnswer answer;
        try {
            Object output =
                    invoker.invoke(operation, protocol.input(request, target), protocol.mapper(target.api()), context);
            answer = protocol.answer(request, target, output, context.requestId());
        } catch (AwsError e) {
            answer = protocol.error(request, Optional.of(target.api()), e, context.requestId());
        }
        calls.accept(
                new WireCall(target.api().signingName(), operation.name(), context.accessKeyId(), answer.status()));
        return answer;
    }

    private static WireRequest request(Request http, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        for (HttpField field : http.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.getValue() == null ? "" : field.getValue());
        }
        return new WireRequest(
                http.getMethod(), http.getHttpURI().getPath(), http.getHttpURI().getQuery(), headers, body);
    }

    /** One byte more than allowed where there is more. */
    private static byte[] body(Request http) throws IOException {
        try (InputStream in = Content.Source.asInputStream(http)) {
            return in.readNBytes(MAX_BODY + 1);
        }
    }

    private static WireAnswer plain(int status, String sentence) {
        return new WireAnswer(
                status, "text/plain;charset=utf-8", Map.of(), (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
