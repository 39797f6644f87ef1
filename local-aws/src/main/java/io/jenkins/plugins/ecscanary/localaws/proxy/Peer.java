package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One end of a connection and what is buffered of it. Belongs to its loop's thread. */
abstract class Peer implements Loop.Watched {

    static final int BUFFER = 32 * 1024;

    protected final Loop loop;
    protected final SocketChannel channel;
    private SelectionKey key;
    /** From position to limit: read and not yet taken. */
    protected ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
    /** Up to position: to be written. */
    protected ByteBuffer out = ByteBuffer.allocate(BUFFER);

    private long deadline = Long.MAX_VALUE;
    private boolean closed;

    Peer(Loop loop, SocketChannel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    /** Begins to be served by the loop, waiting for these operations. */
    protected void register(int operations) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = loop.watch(channel, operations, this);
    }

    ByteBuffer in() {
        return in;
    }

    ByteBuffer out() {
        return out;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Reads what there is, as far as the buffer has room.
     *
     * @return false at the connection's end
     */
    protected boolean fill() throws IOException {
        if (in.position() > 0 || in.limit() < in.capacity()) {
            in.compact();
            int read = channel.read(in);
            in.flip();
            return read >= 0;
        }
        return true;
    }

    /** More room for a head that needs it. */
    protected void grow(int capacity) {
        in = ByteBuffer.allocate(capacity).put(in).flip();
    }

    /** Adds to what is to be written, however much it is. */
    void put(byte[] bytes) {
        if (out.remaining() < bytes.length) {
            out = ByteBuffer.allocate(out.position() + bytes.length + BUFFER).put(out.flip());
        }
        out.put(bytes);
    }

    /**
     * Writes what it can.
     *
     * @return whether everything is written
     */
    boolean flush() throws IOException {
        if (out.position() > 0) {
            out.flip();
            try {
                channel.write(out);
            } finally {
                out.compact();
            }
        }
        return out.position() == 0;
    }

    /** What it waits for. */
    void await(boolean reading, boolean writing) {
        int operations = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        if (key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    @Override
    public long deadline() {
        return deadline;
    }

    /** @param nanos from now; {@link Long#MAX_VALUE} for never */
    void expireIn(long nanos) {
        deadline = nanos == Long.MAX_VALUE ? nanos : System.nanoTime() + nanos;
        loop.due(deadline);
    }

    /** Ends the connection so that the other side can't take it for an orderly end. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // it is closed already, or was never connected: the other side knows
        }
        close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                channel.close(); // the key goes with it
            } catch (IOException e) {
                // nobody is left to be told
            }
            ended();
        }
    }

    /** The connection is closed. */
    protected abstract void ended();
}
