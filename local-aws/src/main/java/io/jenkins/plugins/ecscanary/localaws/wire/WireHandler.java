package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes HTTP requests in and finds out which protocol they are written in. */
final class WireHandler extends Handler.Abstract {

    /** Room for a layer part of a pushed image (20 MiB, a third more in base64). */
    static final int MAX_BODY = 32 * 1024 * 1024;

    private final World world;
    private final Dispatcher dispatcher;
    private final Consumer<WireCall> calls;
    private final List<WireProtocol> protocols = List.of(new CborProtocol(), new JsonProtocol(), new QueryProtocol());

    WireHandler(World world, Dispatcher dispatcher, Consumer<WireCall> calls) {
        this.world = world;
        this.dispatcher = dispatcher;
        this.calls = calls;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        long began = System.nanoTime();
        String requestId = UUID.randomUUID().toString();
        new Answering(world, calls, began, requestId, request, response, callback).give(reply(request, requestId));
        return true;
    }

    private Reply reply(Request http, String requestId) throws IOException {
        WireRequest head = request(http, new byte[0]);
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
                .map(protocol -> dispatcher.reply(protocol, sent, request, requestId))
                .orElseGet(() -> plain(
                        404, "neither AWS JSON (X-Amz-Target), nor AWS Query (a form), nor RPC v2 CBOR: no operation"));
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

    private static Reply plain(int status, String sentence) {
        return Reply.of(new WireAnswer(
                status, "text/plain;charset=utf-8", Map.of(), (sentence + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
