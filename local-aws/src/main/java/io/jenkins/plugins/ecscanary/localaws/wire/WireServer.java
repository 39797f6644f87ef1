package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** All services of a local AWS behind one port of 127.0.0.1. */
public final class WireServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Server server;
    private final URI endpoint;

    private WireServer(Server server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * @param port 0 lets the system pick
     * @throws IOException if the port can't be had
     */
    public static WireServer start(World world, int port, AccessKeys keys, List<ServiceApi> services, WireHooks hooks)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(32, 4);
        threads.setName("wire");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        server.addConnector(connector);
        Dispatcher dispatcher =
                new Dispatcher(world, new Catalog(services), new Authenticator(keys, world.region()), hooks.faults());
        server.setHandler(new LoopbackGuard(
                new Handler.Sequence(hooks.local().get(), new WireHandler(world, dispatcher, hooks.calls()))));
        try {
            server.start();
        } catch (Exception e) {
            stop(server, e);
            throw new IOException("can't listen on " + LOOPBACK + ":" + port + ": " + e.getMessage(), e);
        }
        return new WireServer(server, URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort()));
    }

    /** What goes into AWS_ENDPOINT_URL. */
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the wire server does not stop", e);
        }
    }

    private static void stop(Server server, Exception cause) {
        try {
            server.stop();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }
}
