package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener's socket: deals connections out to the loops. */
final class Acceptor implements Loop.Watched {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int AT_ONCE = 64;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final DataPlane plane;
    private final Endpoint endpoint;
    private final ServerSocketChannel channel;
    private final List<Loop> loops;
    private Loop own;
    private SelectionKey key;
    private long deadline = Long.MAX_VALUE;
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

    /** Begins to accept. */
    void register(Loop loop) throws IOException {
        key = loop.watch(channel, SelectionKey.OP_ACCEPT, this);
        own = loop;
    }

    @Override
    public void ready() {
        for (int i = 0; i < AT_ONCE; i++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (IOException e) {
                pause(e);
                return;
            }
            if (accepted == null) {
                return;
            }
            Loop loop = loops.get(turn++ % loops.size());
            loop.execute(() -> serve(loop, accepted));
        }
    }

    /** The process has too many files open, most likely: some may be closed in a moment. */
    private void pause(IOException failure) {
        LOG.warn("listener port {} cannot accept a connection: {}", endpoint.listenerPort(), failure.getMessage());
        key.interestOps(0);
        deadline = System.nanoTime() + PAUSE;
        own.due(deadline);
    }

    private void serve(Loop loop, SocketChannel accepted) {
        try {
            if (channel.isOpen()) {
                ClientSide.serve(loop, plane, endpoint, accepted);
            } else {
                accepted.close();
            }
        } catch (IOException | ClosedSelectorException e) {
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
        return deadline;
    }

    @Override
    public void expired() {
        deadline = Long.MAX_VALUE;
        key.interestOps(SelectionKey.OP_ACCEPT);
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
