package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The load balancers' data plane: real HTTP/1.1 on loopback. It knows sockets, snapshots and meters; it does not know the
 * control plane and never takes its lock.
 */
public final class DataPlane implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int LOOPS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private final ProxySettings settings;
    private final CookieSeal seal;
    private final HttpHealthProbe probe = new HttpHealthProbe();
    private final List<Loop> loops;

    /** Starts the threads; sockets are opened by {@link #open}. */
    public DataPlane(ProxySettings settings) {
        this.settings = settings;
        this.seal = new CookieSeal(InstantSource.system()); // clients keep cookies by the wall clock
        this.loops = IntStream.range(0, LOOPS)
                .mapToObj(number -> new Loop("elb-" + number, settings))
                .toList();
    }

    /**
     * Opens a listener's socket on 127.0.0.1.
     *
     * @param port to bind, 0 for one the system picks
     * @param listenerPort as configured, told to targets
     * @throws IOException if the port can't be bound
     */
    public Endpoint open(int port, int listenerPort, Route route) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress("127.0.0.1", port), BACKLOG);
            int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            Endpoint endpoint = new Endpoint(bound, listenerPort, route, this::close);
            Acceptor acceptor = new Acceptor(this, endpoint, channel, loops);
            loops.get(0).call(() -> register(acceptor));
            return endpoint;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void register(Acceptor acceptor) {
        try {
            acceptor.register(loops.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException("a listener's socket", e);
        }
    }

    private void close(Endpoint endpoint) {
        for (Loop loop : loops) {
            loop.call(
                    () -> loop.close(watched -> watched instanceof Acceptor acceptor && acceptor.endpoint() == endpoint
                            || watched instanceof ClientSide client && client.endpoint() == endpoint));
        }
    }

    /** Closes every connection to a backend, cutting what may still be in flight. */
    public void forget(Backend backend) {
        backend.cut();
        for (Loop loop : loops) {
            loop.execute(() -> loop.targets().cut(backend));
        }
    }

    public HealthProbe probe() {
        return probe;
    }

    ProxySettings settings() {
        return settings;
    }

    CookieSeal seal() {
        return seal;
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
        probe.close();
    }
}
