package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A listener's socket: deals connections out to the loops. */
final class Acceptor implements Loop.Watched {

    private static final int AT_ONCE = 64;

    private final DataPlane plane;
    private final Endpoint endpoint;
    private final ServerSocketChannel channel;
    private final List<Loop> loops;
    private int turn;

    Acceptor(DataPlane plane, Endpoint endpoint, ServerSocketChannel channel, List<Loop> loops) {
        this.plane = plane;
        this.endpoint = endpoint;
        this.channel = channel;
        this.loops = loops;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void ready() throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                return;
            }
            Loop loop = loops.get(turn++ % loops.size());
            loop.execute(() -> serve(loop, accepted));
        }
    }

    private void serve(Loop loop, SocketChannel accepted) {
        try {
            if (channel.isOpen()) {
                new ClientSide(loop, plane, endpoint, accepted);
            } else {
                accepted.close();
            }
        } catch (IOException e) {
            closeQuietly(accepted);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the client has gone before it was served
        }
    }

    @Override
    public long deadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public void expired() {
        // it has no deadline
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing the socket of listener port " + endpoint.port(), e);
        }
    }
}
