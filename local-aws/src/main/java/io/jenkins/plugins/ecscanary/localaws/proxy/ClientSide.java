package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.Head.Malformed;
import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.FixedResponse;
import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.Forward;
import io.jenkins.plugins.ecscanary.localaws.proxy.RouteAction.Redirect;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A client's connection: takes requests in, one after the other, and does with each what the first rule that matches says.
 */
final class ClientSide extends Peer {

    /** A snapshot's last backend may retire between reading the snapshot and entering; a newer one is published by then. */
    private static final int SNAPSHOTS = 3;

    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    private final DataPlane plane;
    private final Endpoint endpoint;
    private final InetSocketAddress address;
    private Exchange exchange;
    private boolean last;
    private boolean lingering;

    private ClientSide(
            Loop loop, DataPlane plane, Endpoint endpoint, SocketChannel channel, InetSocketAddress address) {
        super(loop, channel);
        this.plane = plane;
        this.endpoint = endpoint;
        this.address = address;
    }

    /** Serves a connection from now on. */
    static void serve(Loop loop, DataPlane plane, Endpoint endpoint, SocketChannel channel) throws IOException {
        InetSocketAddress address = (InetSocketAddress) channel.getRemoteAddress();
        ClientSide side = new ClientSide(loop, plane, endpoint, channel, address);
        side.register(SelectionKey.OP_READ);
        side.expireIn(plane.settings().idle(endpoint.route()).toNanos());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Loop loop() {
        return loop;
    }

    @Override
    public void ready() throws IOException {
        if (lingering) {
            discard();
        } else if (exchange != null) {
            exchange.clientReady();
        } else if (!flush()) {
            await(false, true);
        } else if (last) {
            linger();
        } else {
            boolean open = fill();
            next();
            if (!open && exchange == null && !isClosed() && !lingering) {
                close();
            }
        }
    }

    /** Takes the next request, if it is there; otherwise waits for it. */
    private void next() throws IOException {
        while (exchange == null && !last && out.position() == 0) {
            try {
                Head head = Head.read(in);
                if (head == null) {
                    if (in.remaining() == in.capacity()) {
                        grow(Head.LONGEST + BUFFER);
                    }
                    expireIn(plane.settings().idle(endpoint.route()).toNanos());
                    await(true, false);
                    return;
                }
                handle(head);
            } catch (Malformed e) {
                answer(GeneratedResponse.of(e.status()), false, false);
            }
        }
    }

    private void handle(Head head) throws IOException, Malformed {
        Asked asked = Asked.of(head, address);
        Framing body = Framing.ofRequest(head, asked.isHttp11());
        boolean keep = asked.keepsAlive() && body.isDone();
        boolean isHead = asked.method().equals("HEAD");
        Route route = endpoint.route();
        if (asked.method().equals("TRACE")) {
            answer(GeneratedResponse.METHOD_NOT_ALLOWED, isHead, keep);
            return;
        }
        if (asked.head().lists("Upgrade", "websocket")) {
            answer(GeneratedResponse.UPGRADE_UNSUPPORTED, isHead, keep);
            return;
        }
        for (int i = 0; i < SNAPSHOTS; i++) {
            RouteAction action = route.action(asked);
            if (!(action instanceof Forward forward)) {
                PlainResponse page = own(action, asked);
                route.meter().generated(page.status());
                answer(page, isHead, keep);
                return;
            }
            Optional<Choice> choice = Choice.of(forward, asked, plane.seal());
            if (choice.isPresent()) {
                choice.get().pool().meter().chosen();
                exchange = new Exchange(plane, this, asked, body, route, choice.get());
                exchange.start();
                return;
            }
            Route newer = endpoint.route();
            if (newer == route) {
                break;
            }
            route = newer;
        }
        answer(GeneratedResponse.UNAVAILABLE, isHead, keep);
    }

    /** Whether AWS counts a fixed response as a code of the load balancer's is not documented: here it does. */
    private PlainResponse own(RouteAction action, Asked asked) {
        return action instanceof Redirect redirect
                ? PlainResponse.redirect(
                        redirect,
                        redirect.location(asked, endpoint.route().options().scheme(), endpoint.port()))
                : PlainResponse.of((FixedResponse) action);
    }

    private void answer(GeneratedResponse generated, boolean isHead, boolean keep) throws IOException {
        endpoint.route().meter().generated(generated.status());
        answer(generated.page(), isHead, keep);
    }

    /** Answers by itself. */
    void answer(PlainResponse page, boolean isHead, boolean keep) throws IOException {
        put(page.bytes(isHead, keep ? null : "close"));
        done(keep);
    }

    /** The exchange is over and its answer is in the buffer. */
    void done(boolean keep) throws IOException {
        exchange = null;
        last = !keep;
        if (!flush()) {
            await(false, true);
        } else if (last) {
            linger();
        } else if (in.hasRemaining()) {
            loop.execute(this::resume); // not deeper and deeper for a client that sends many at once
        } else {
            expireIn(plane.settings().idle(endpoint.route()).toNanos());
            await(true, false);
        }
    }

    private void resume() {
        if (!isClosed() && exchange == null && !lingering) {
            try {
                next();
            } catch (IOException e) {
                close();
            }
        }
    }

    /** Says that nothing more comes, and lets the client read that before the connection is gone. */
    private void linger() throws IOException {
        lingering = true;
        channel.shutdownOutput();
        expireIn(LINGER);
        await(true, false);
    }

    private void discard() throws IOException {
        in.position(in.limit());
        if (!fill()) {
            close();
        }
    }

    @Override
    public void expired() {
        if (exchange != null) {
            exchange.expired();
        } else if (in.hasRemaining() && !lingering && out.position() == 0) {
            try {
                answer(GeneratedResponse.REQUEST_TIMEOUT, false, false);
            } catch (IOException e) {
                close();
            }
        } else {
            close();
        }
    }

    @Override
    protected void ended() {
        Exchange abandoned = exchange;
        exchange = null;
        if (abandoned != null) {
            abandoned.clientLeft();
        }
    }
}
