package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One registration of a target. A target that is registered again, even at the same address, is another backend with
 * connections of its own, so nothing is ever sent on a connection that belongs to a registration that has ended.
 *
 * <p>Counts the requests in flight; {@link #enter} and {@link #retire} are atomic towards each other, so that after
 * {@code retire} no request starts, whatever routing snapshot a request had read before.
 */
public final class Backend {

    /** The sign bit marks a retired backend, the other bits count requests in flight. */
    private static final int RETIRED = Integer.MIN_VALUE;

    private final String id = UUID.randomUUID().toString();
    private final String ip;
    private final int port;
    private final AtomicInteger state = new AtomicInteger();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile boolean cut;

    public Backend(String ip, int port) {
        this.ip = ip;
        this.port = port;
    }

    /** Names this registration, and no other one ever. */
    String id() {
        return id;
    }

    public String ip() {
        return ip;
    }

    public int port() {
        return port;
    }

    public int inFlight() {
        return state.get() & ~RETIRED;
    }

    /** Lets no further request in; completes when those in flight have ended. */
    public CompletionStage<Void> retire() {
        int before = state.getAndUpdate(now -> now | RETIRED);
        if ((before & ~RETIRED) == 0) {
            idle.complete(null);
        }
        return idle.copy();
    }

    /** From now on a failing connection is meant to fail: what was on it is not sent again. */
    void cut() {
        cut = true;
    }

    boolean isCut() {
        return cut;
    }

    /** Counts a request in; false if this backend is retired. Must be followed by {@link #leave}. */
    boolean enter() {
        int now = state.get();
        while (now >= 0) {
            int seen = state.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    void leave() {
        if (state.decrementAndGet() == RETIRED) {
            idle.complete(null);
        }
    }

    @Override
    public String toString() {
        return ip + ":" + port;
    }
}
