package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection to a target. */
final class TargetSide extends Peer {

    private final TargetPool pool;
    private final Backend backend;
    private boolean connected;
    private boolean used;
    /** What has it; null while it waits for a request. */
    private Exchange exchange;

    private TargetSide(Loop loop, TargetPool pool, Backend backend, SocketChannel channel) {
        super(loop, channel);
        this.pool = pool;
        this.backend = backend;
    }

    static TargetSide open(Loop loop, TargetPool pool, Backend backend) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            TargetSide side = new TargetSide(loop, pool, backend, channel);
            side.register(SelectionKey.OP_CONNECT);
            return side;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Backend backend() {
        return backend;
    }

    /** Whether it has carried a request before this one. */
    boolean isReused() {
        return used;
    }

    /** Becomes the exchange's; connects first if it has to. */
    void serve(Exchange next) throws IOException {
        exchange = next;
        if (connected) {
            expireIn(Long.MAX_VALUE);
            next.connected();
        } else {
            expireIn(pool.settings().connect().toNanos());
            if (channel.connect(new InetSocketAddress(backend.ip(), backend.port()))) {
                isUp();
            }
        }
    }

    private void isUp() throws IOException {
        connected = true;
        expireIn(Long.MAX_VALUE);
        exchange.connected();
    }

    /** Waits for a request. */
    void rest(long nanos) {
        exchange = null;
        used = true;
        expireIn(nanos);
        await(true, false);
    }

    @Override
    public void ready() throws IOException {
        if (exchange == null) {
            fill();
            close(); // it has closed, or says something without being asked
            return;
        }
        try {
            if (!connected) {
                if (channel.finishConnect()) {
                    isUp();
                }
                return;
            }
            exchange.targetReady();
        } catch (IOException e) {
            exchange.targetFailed(false);
        }
    }

    @Override
    public void expired() {
        if (exchange == null) {
            close();
        } else {
            exchange.targetFailed(true); // it could not be reached in time
        }
    }

    /** The backend is gone for good. */
    void cut() {
        if (exchange == null) {
            close();
        } else {
            exchange.targetFailed(false);
        }
    }

    @Override
    protected void ended() {
        pool.forget(this);
    }
}
