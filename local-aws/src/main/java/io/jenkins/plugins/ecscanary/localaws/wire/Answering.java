package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request's answer on its way out: at once, later, or never. No thread waits with it. */
record Answering(
        World world,
        Consumer<WireCall> calls,
        long began,
        String requestId,
        Request request,
        Response response,
        Callback callback) {

    void give(Reply reply) {
        if (reply.delay().isZero()) {
            now(reply);
            return;
        }
        // Waiting on purpose is not idleness.
        request.addIdleTimeoutListener(timeout -> false);
        request.getComponents()
                .getScheduler()
                .schedule(
                        () -> request.getComponents().getExecutor().execute(() -> now(reply)),
                        reply.delay().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void now(Reply reply) {
        if (reply.call() != null) {
            calls.accept(reply.call().took(Duration.ofNanos(System.nanoTime() - began)));
        }
        if (reply.answer() == null) {
            reset();
        } else {
            write(reply.answer());
        }
    }

    private void write(WireAnswer answer) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put("x-amzn-RequestId", requestId);
        // In simulated time as every other stamp, or clients would correct their clocks by the difference.
        response.getHeaders()
                .put(HttpHeader.DATE, DateGenerator.formatDate(world.now().toEpochMilli()));
        answer.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    /** With RST instead of FIN, as when a peer or something on the way to it goes down. */
    private void reset() {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        if (connection.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // The client was faster: there is no connection left to reset.
                callback.failed(e);
                return;
            }
        }
        connection.close();
        callback.failed(new EofException("closed on purpose, by a fault that is switched on"));
    }
}
